import { describe, expect, it } from 'vitest';
import type { CapturedImage, CaptureOutcome } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { type ComparedTakes, compareTakes } from '../../src/judge/compare-takes.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';

const size = { width: 320, height: 200 };
const black: Colour = [0, 0, 0];
const heading: Block = { x: 20, y: 20, width: 120, height: 20, colour: black };
const block = (x: number, y: number, width: number, height: number, colour = black): Block => ({ x, y, width, height, colour });

const image = (...blocks: Block[]): CapturedImage => ({
  bytes: drawPng(size.width, size.height, [heading, ...blocks]),
  format: 'png',
  size,
});
const taken = (picture: CapturedImage): CaptureOutcome => ({
  status: 'captured',
  image: picture,
  attempts: 1,
  durationMs: 10,
  timeline: [],
});
const skipped: CaptureOutcome = {
  status: 'skipped',
  failure: { code: 'capture_limit' },
  attempts: 0,
  durationMs: 0,
  timeline: [],
};

interface Told extends ComparedTakes {
  readonly asked: number;
}

async function compare(
  baseline: CapturedImage,
  first: CapturedImage,
  more: readonly CaptureOutcome[],
  retakes = more.length,
): Promise<Told> {
  let asked = 0;
  const compared = await compareTakes(makeCapture('page'), baseline.bytes, first, {
    comparer: createInProcessComparer(),
    retakes,
    takeAgain: async () => {
      asked += 1;
      return more[asked - 1] ?? skipped;
    },
  });
  return { ...compared, asked };
}

const statusOf = ({ result }: ComparedTakes): string => (result.kind === 'compared' ? result.status : result.kind);

describe('taking a differing capture again', () => {
  it('does not when nothing differs', async () => {
    const told = await compare(image(), image(), [taken(image())]);
    expect([statusOf(told), told.asked, told.unstable]).toEqual(['unchanged', 0, []]);
  });

  it('calls a difference that does not come back noise, and says so', async () => {
    const told = await compare(image(), image(block(200, 150, 40, 20)), [taken(image())]);
    expect([statusOf(told), told.asked]).toEqual(['unchanged', 1]);
    expect(told.findings).toEqual([{ kind: 'not-repeated', diffPixels: 800 }]);
    expect(told.unstable).toEqual([{ x: 200, y: 150, width: 40, height: 20, diffPixels: 800 }]);
  });

  it('counts a difference that comes back', async () => {
    const changed = image(block(200, 150, 40, 20));
    const told = await compare(image(), changed, [taken(changed)]);
    expect([statusOf(told), told.unstable, told.findings]).toEqual(['changed', [], []]);
  });

  it('leaves out what differs between two takes', async () => {
    const told = await compare(image(block(200, 150, 20, 12, [255, 0, 0])), image(block(200, 150, 20, 12, [0, 128, 0])), [
      taken(image(block(200, 150, 20, 12, [0, 0, 255]))),
    ]);
    expect(statusOf(told)).toBe('unchanged');
    expect(told.result).toMatchObject({ comparison: { diffPixels: 0, maskedPixels: 384 } });
    expect(told.findings).toEqual([{ kind: 'left-out', places: 1, share: 384 / (320 * 200) }]);
  });

  it('still sees a change beside what is unstable', async () => {
    const ad = (colour: Colour): Block => block(200, 150, 20, 12, colour);
    const word = block(40, 100, 30, 10);
    const told = await compare(image(ad([255, 0, 0])), image(ad([0, 128, 0]), word), [taken(image(ad([0, 0, 255]), word))]);
    expect(statusOf(told)).toBe('changed');
    expect(told.result).toMatchObject({ comparison: { diffPixels: 300, maskedPixels: 384 } });
  });

  it('counts everything when more than 5% would be left out', async () => {
    const half = (colour: Colour): CapturedImage => image(block(0, 100, 320, 100, colour));
    const told = await compare(half([255, 0, 0]), half([0, 128, 0]), [taken(half([0, 0, 255]))]);
    expect(statusOf(told)).toBe('changed');
    expect(told.result).toMatchObject({ comparison: { diffPixels: 32_000, maskedPixels: 0 } });
    expect(told.findings).toMatchObject([{ kind: 'too-unstable', allowedShare: 0.05 }]);
  });

  it('keeps the difference when there is no other picture to be had', async () => {
    const changed = image(block(200, 150, 40, 20));
    const told = await compare(image(), changed, [skipped], 3);
    expect([statusOf(told), told.asked, told.image]).toEqual(['changed', 1, changed]);
    expect(told.findings).toEqual([{ kind: 'not-retaken', code: 'capture_limit' }]);
  });

  it('goes on as often as it may, and stops when it knows', async () => {
    const changed = image(block(200, 150, 40, 20));
    const twice = await compare(image(), changed, [taken(changed), taken(image()), taken(changed)]);
    expect([statusOf(twice), twice.asked]).toEqual(['unchanged', 2]);
    expect(await compare(image(), changed, [taken(image())], 0)).toMatchObject({ asked: 0, result: { status: 'changed' } });
  });
});
