import { describe, expect, it } from 'vitest';
import type { Rect } from '../../src/basics/geometry.ts';
import { defined } from '../../src/basics/record.ts';
import type { CapturedImage, CaptureOutcome } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { onlyPicture } from '../../src/judge/accepted-pictures.ts';
import { type ComparedTakes, compareTakes } from '../../src/judge/compare-takes.ts';
import { RetakeSample } from '../../src/judge/retake-sample.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';
import { taken } from './support/taken.ts';

const size = { width: 320, height: 200 };
const black: Colour = [0, 0, 0];
const heading: Block = { x: 20, y: 20, width: 120, height: 20, colour: black };
const block = (x: number, y: number, width: number, height: number, colour = black): Block => ({ x, y, width, height, colour });

const image = (...blocks: Block[]): CapturedImage => ({
  bytes: drawPng(size.width, size.height, [heading, ...blocks]),
  format: 'png',
  size,
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

interface Setup {
  readonly retakes?: number;
  readonly noise?: readonly Rect[];
  readonly sample?: RetakeSample;
  readonly forBaseline?: number;
}

/** Compares with the takes that come one after the other. */
async function compare(
  baseline: CapturedImage,
  first: CapturedImage,
  more: readonly CaptureOutcome[],
  { retakes = more.length, noise, sample, forBaseline }: Setup = {},
): Promise<Told> {
  let asked = 0;
  const ports = {
    comparer: createInProcessComparer(),
    retakes,
    baselineTakes: forBaseline ?? 1,
    ...defined({ sample }),
    takeAgain: async () => {
      asked += 1;
      return more[asked - 1] ?? skipped;
    },
  };
  const known = { png: baseline.bytes, ...defined({ noise }) };
  const compared = await compareTakes(makeCapture('page'), onlyPicture(known), first, ports, forBaseline !== undefined);
  return { ...compared, asked };
}

const statusOf = ({ result }: ComparedTakes): string => (result.kind === 'compared' ? result.status : result.kind);
const kindsOf = ({ findings }: ComparedTakes): string[] => findings.map(({ kind }) => kind);

const red: Colour = [255, 0, 0];
const green: Colour = [0, 128, 0];
const blue: Colour = [0, 0, 255];
const yellow: Colour = [200, 200, 0];
/** A place that shows something else at each visit. */
const advert = (colour: Colour): Block => block(200, 150, 20, 12, colour);
const advertPlace = { x: 200, y: 150, width: 20, height: 12 };
const word = block(40, 100, 30, 10);

describe('taking a differing capture again', () => {
  it('does not when nothing differs', async () => {
    const told = await compare(image(), image(), [taken(image())]);
    expect([statusOf(told), told.asked, told.unstable, told.different]).toEqual(['unchanged', 0, [], []]);
  });

  it('calls a difference that does not come back noise, says so and keeps both takes', async () => {
    const odd = image(block(200, 150, 40, 20));
    const usual = image();
    const told = await compare(image(), odd, [taken(usual)]);
    expect([statusOf(told), told.asked]).toEqual(['unchanged', 1]);
    expect(told.findings).toEqual([{ kind: 'not-repeated', diffPixels: 800 }]);
    expect(told.unstable).toEqual([{ x: 200, y: 150, width: 40, height: 20, diffPixels: 800 }]);
    expect(told.different).toEqual([odd, usual]);
  });

  it('counts a difference that comes back, and asks no more', async () => {
    const changed = image(word);
    const told = await compare(image(), changed, [taken(changed), taken(changed)]);
    expect([statusOf(told), told.asked, told.unstable, told.findings, told.different]).toEqual(['changed', 1, [], [], []]);
  });

  it('keeps the difference when there is no other picture to be had', async () => {
    const changed = image(word);
    const told = await compare(image(), changed, [skipped], { retakes: 3 });
    expect([statusOf(told), told.asked, told.image]).toEqual(['changed', 1, changed]);
    expect(told.findings).toEqual([{ kind: 'not-retaken', code: 'capture_limit' }]);
  });

  it('does not without retakes', async () => {
    const told = await compare(image(), image(word), [taken(image())], { retakes: 0 });
    expect([statusOf(told), told.asked]).toEqual(['changed', 0]);
  });

  it('goes on while a further take may still show noise', async () => {
    const told = await compare(image(), image(advert(red)), [taken(image(advert(green))), taken(image())]);
    expect([statusOf(told), told.asked, told.different]).toMatchObject(['unchanged', 2, { length: 3 }]);
  });
});

describe('what moves between takes', () => {
  it('is told where it is new: no take equals the baseline, and it did not move before', async () => {
    const told = await compare(image(advert(red)), image(advert(green)), [
      taken(image(advert(blue))),
      taken(image(advert(yellow))),
    ]);
    expect([statusOf(told), told.asked, kindsOf(told)]).toEqual(['changed', 2, ['new-noise']]);
    expect(told.findings).toMatchObject([{ places: 1, largest: advertPlace, waysOut: expect.arrayContaining(['mask']) }]);
    expect([told.unstable, told.leftOut]).toMatchObject([[advertPlace], []]);
  });

  it('is noise where it moved when the baseline was taken', async () => {
    const told = await compare(image(advert(red)), image(advert(green)), [taken(image(advert(blue)))], { noise: [advertPlace] });
    expect([statusOf(told), told.asked]).toEqual(['unchanged', 1]);
    expect(told.result).toMatchObject({ comparison: { diffPixels: 0, maskedPixels: 384 } });
    expect(told.findings).toEqual([{ kind: 'left-out', places: 1, share: 384 / (320 * 200) }]);
  });

  it('is noise where one take equals the baseline, beside a change that counts', async () => {
    const told = await compare(image(), image(word), [taken(image(word, advert(red)))]);
    expect([statusOf(told), told.asked, kindsOf(told)]).toEqual(['changed', 1, ['left-out']]);
    expect(told.result).toMatchObject({ comparison: { diffPixels: 300, regions: [{ x: 40, y: 100 }] } });
  });

  it('needs nothing left out where the last take equals the baseline', async () => {
    const told = await compare(image(), image(word, advert(red)), [taken(image(word))]);
    expect([statusOf(told), kindsOf(told)]).toEqual(['changed', []]);
    expect(told.result).toMatchObject({ comparison: { diffPixels: 300, maskedPixels: 0 } });
    expect(told.unstable).toMatchObject([advertPlace]);
  });

  it('never takes a change with it that came back, however near', async () => {
    const near = block(224, 150, 10, 12);
    const told = await compare(image(), image(near), [taken(image(near, advert(red)))]);
    expect([statusOf(told), told.result]).toMatchObject(['changed', { comparison: { diffPixels: 120 } }]);
  });

  it('does not hide that the whole component changed, when one take shows a spinner', async () => {
    const component = (colour: Colour): Block => block(40, 90, 60, 40, colour);
    const spinner = image(block(60, 100, 16, 16, yellow));
    const changed = image(component(blue));
    const told = await compare(image(component(green)), spinner, [taken(changed), taken(changed), taken(changed)]);
    expect([statusOf(told), told.asked, told.different]).toMatchObject(['changed', 2, { length: 2 }]);
    expect(told.result).toMatchObject({ comparison: { diffPixels: 2400 } });
  });

  it('is told where a larger place moves than did when the baseline was taken', async () => {
    const component = (colour: Colour): CapturedImage => image(block(40, 90, 60, 40, colour));
    const noise = [{ x: 60, y: 100, width: 8, height: 8 }];
    const told = await compare(component(green), component(red), [taken(component(blue)), taken(component(yellow))], { noise });
    expect([statusOf(told), kindsOf(told)]).toEqual(['changed', ['new-noise']]);
  });

  it('takes the hours of a clock with it whose seconds are known to move', async () => {
    const clock = (hours: Colour, seconds: Colour): CapturedImage =>
      image(block(200, 20, 20, 12, hours), block(240, 20, 10, 12, seconds));
    const noise = [{ x: 240, y: 20, width: 10, height: 12 }];
    const told = await compare(clock(red, green), clock(blue, yellow), [taken(clock(blue, red))], { noise });
    expect(statusOf(told)).toBe('unchanged');
    const unknown = await compare(clock(red, green), clock(blue, yellow), [taken(clock(blue, red))]);
    expect(statusOf(unknown)).toBe('changed');
  });

  it('is told where it is known to move but shows the same in every take', async () => {
    const other = image(advert(green));
    const told = await compare(image(advert(red)), other, [taken(other), taken(other)], { noise: [advertPlace] });
    expect([statusOf(told), told.asked]).toEqual(['changed', 2]);
    const later = await compare(image(advert(red)), other, [taken(other), taken(image(advert(blue)))], { noise: [advertPlace] });
    expect([statusOf(later), later.asked]).toEqual(['unchanged', 2]);
  });

  it('counts altogether when more than 5% would be left out, and says which place that is', async () => {
    const half = (colour: Colour): CapturedImage => image(block(0, 100, 320, 100, colour));
    const noise = [{ x: 0, y: 100, width: 320, height: 100 }];
    const told = await compare(half(red), half(green), [taken(half(blue))], { noise });
    expect(statusOf(told)).toBe('changed');
    expect(told.result).toMatchObject({ comparison: { diffPixels: 32_000, maskedPixels: 0 } });
    expect(told.findings).toMatchObject([{ kind: 'too-unstable', allowedShare: 0.05, largest: { x: 0, y: 98, width: 322 } }]);
  });
});

describe('a capture that becomes the baseline', () => {
  it('is taken as often as that asks for when it differs, and once when it does not', async () => {
    const changed = image(word);
    const told = await compare(image(), changed, [taken(changed), taken(image(word, advert(red)))], { forBaseline: 3 });
    expect([told.asked, told.unstable]).toMatchObject([2, [advertPlace]]);
    expect((await compare(image(), image(), [taken(image())], { forBaseline: 3 })).asked).toBe(0);
    expect((await compare(image(), changed, [taken(changed)], { forBaseline: 1 })).asked).toBe(0);
  });
});

describe('retakes of a run in which most captures differ', () => {
  const changed = image(word);
  const differing = (sample: RetakeSample): Promise<Told> => compare(image(), changed, [taken(changed)], { sample });

  it('end after a sample, and each capture says why it was taken once', async () => {
    const sample = new RetakeSample();
    for (let nth = 0; nth < 5; nth++) {
      expect((await differing(sample)).asked).toBe(1);
    }
    const told = await differing(sample);
    expect([statusOf(told), told.asked, told.findings]).toEqual(['changed', 0, [{ kind: 'taken-once', sample: 5 }]]);
    expect(sample.spared).toEqual({ sample: 5, takenOnce: 1 });
  });

  it('go on for what moved when its baseline was taken', async () => {
    const sample = new RetakeSample();
    for (let nth = 0; nth < 5; nth++) {
      await differing(sample);
    }
    const told = await compare(image(advert(red)), image(advert(green)), [taken(image(advert(blue)))], {
      sample,
      noise: [advertPlace],
    });
    expect([statusOf(told), told.asked]).toEqual(['unchanged', 1]);
  });

  it('go on when one capture of the sample looked like noise', async () => {
    const sample = new RetakeSample();
    await compare(image(), changed, [taken(image())], { sample });
    for (let nth = 0; nth < 20; nth++) {
      expect((await differing(sample)).asked).toBe(1);
    }
    expect(sample.spared).toBeUndefined();
  });
});
