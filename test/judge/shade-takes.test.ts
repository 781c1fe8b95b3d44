import { describe, expect, it } from 'vitest';
import type { CapturedImage } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { onlyPicture } from '../../src/judge/accepted-pictures.ts';
import { type ComparedTakes, compareTakes, takeForBaseline } from '../../src/judge/compare-takes.ts';
import { RetakeSample } from '../../src/judge/retake-sample.ts';
import type { CompareSettings } from '../../src/plan/capture.ts';
import type { NoisePlace } from '../../src/results/model.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';
import { taken } from './support/taken.ts';

const size = { width: 320, height: 200 };
const white: Colour = [255, 255, 255];
const grey: Colour = [244, 245, 247];
const darker: Colour = [232, 233, 236];
const black: Colour = [0, 0, 0];
const card = { x: 40, y: 60, width: 100, height: 60 };
const heading: Block = { x: 20, y: 20, width: 120, height: 20, colour: black };

const image = (cardColour: Colour, ...blocks: Block[]): CapturedImage => ({
  bytes: drawPng(size.width, size.height, [heading, { ...card, colour: cardColour }, ...blocks], white),
  format: 'png',
  size,
});

interface Setup {
  readonly settings?: Partial<CompareSettings>;
  readonly noise?: readonly NoisePlace[];
  readonly sample?: RetakeSample;
  readonly forBaseline?: boolean;
  readonly scale?: number;
}

/** Compares a first take and those after it with the baseline. */
async function compare(
  baseline: CapturedImage,
  [first, ...more]: readonly CapturedImage[],
  { settings = {}, noise = [], sample, forBaseline = false, scale = 1 }: Setup = {},
): Promise<ComparedTakes & { readonly asked: number }> {
  const plain = makeCapture('page');
  const capture = {
    ...plain,
    viewport: { ...plain.viewport, scale },
    compare: { ...plain.compare, shades: 'warn' as const, ...settings },
  };
  let asked = 0;
  const compared = await compareTakes(
    capture,
    onlyPicture({ png: baseline.bytes, noise }),
    first!,
    {
      comparer: createInProcessComparer(),
      retakes: 2,
      baselineTakes: 2,
      ...(sample === undefined ? {} : { sample }),
      takeAgain: async () => {
        asked += 1;
        return taken(more[asked - 1]!);
      },
    },
    forBaseline,
  );
  return { ...compared, asked };
}

const summary = ({ result, asked, unstable }: Awaited<ReturnType<typeof compare>>) =>
  result.kind === 'compared'
    ? [result.status, result.shades.length, `${asked} asked`, `${unstable.length} unstable`]
    : [result.reason];

describe('a shade, with warn,', () => {
  it('is told when a second take shows it too, and nobody is asked any more', async () => {
    expect(summary(await compare(image(white), [image(grey), image(grey)]))).toEqual(['unchanged', 1, '1 asked', '0 unstable']);
  });

  it('that is gone in the second take is noise', async () => {
    const told = await compare(image(white), [image(grey), image(white)]);
    expect(summary(told)).toEqual(['unchanged', 0, '1 asked', '1 unstable']);
    expect(told.unstable).toEqual([{ ...card, diffPixels: 6000, shade: true }]);
    expect(told.different).toHaveLength(2);
  });

  it('that is another one in each take is noise', async () => {
    expect(summary(await compare(image(white), [image(grey), image(darker)]))).toEqual(['unchanged', 0, '1 asked', '1 unstable']);
  });

  it('is not told where the shade moved when the baseline was taken, and costs no take', async () => {
    const noise = [{ ...card, shade: true } as const];
    expect(summary(await compare(image(white), [image(grey)], { noise }))).toEqual(['unchanged', 0, '0 asked', '0 unstable']);
  });

  it('is not told where the page moved when the baseline was taken', async () => {
    expect(summary(await compare(image(white), [image(grey)], { noise: [card] }))).toEqual([
      'unchanged',
      0,
      '0 asked',
      '0 unstable',
    ]);
  });

  it('does not make other noise of its place a place to be left out', async () => {
    const spinner = (colour: Colour): Block => ({ x: 60, y: 80, width: 10, height: 10, colour });
    const noise = [{ ...card, shade: true } as const];
    const changed = image(white, spinner(black));
    expect(summary(await compare(image(white), [changed, changed], { noise }))).toEqual(['changed', 0, '1 asked', '0 unstable']);
  });

  it('is told beside a visible change in another place, and beside noise that is left out', async () => {
    const word: Block = { x: 200, y: 150, width: 30, height: 10, colour: black };
    const both = await compare(image(white), [image(grey, word), image(grey, word)]);
    expect(summary(both)).toEqual(['changed', 1, '1 asked', '0 unstable']);
    const advert = (colour: Colour): Block => ({ x: 200, y: 150, width: 20, height: 12, colour });
    const noise = [{ x: 200, y: 150, width: 20, height: 12 }];
    const red: Colour = [255, 0, 0];
    const blue: Colour = [0, 0, 255];
    const besides = await compare(image(white, advert(black)), [image(grey, advert(red)), image(grey, advert(blue))], { noise });
    expect(summary(besides)).toEqual(['unchanged', 1, '1 asked', '1 unstable']);
  });

  it('is measured and masked in CSS pixels', async () => {
    const mask = [{ x: 20, y: 30, width: 50, height: 30 }];
    const masked = await compare(image(white), [image(grey)], { scale: 2, settings: { mask } });
    expect(summary(masked)).toEqual(['unchanged', 0, '0 asked', '0 unstable']);
    // 12 × 12 CSS pixels.
    const small = image(white, { x: 200, y: 100, width: 24, height: 24, colour: grey });
    expect(summary(await compare(image(white), [small], { scale: 2 }))).toEqual(['unchanged', 0, '0 asked', '0 unstable']);
    expect(summary(await compare(image(white), [small, small]))).toEqual(['unchanged', 1, '1 asked', '0 unstable']);
  });

  it('on most captures of a run is taken once, when those before showed it again', async () => {
    const sample = new RetakeSample();
    for (let nth = 0; nth < 5; nth++) {
      await compare(image(white), [image(grey), image(grey)], { sample });
    }
    const sixth = await compare(image(white), [image(grey)], { sample });
    expect(summary(sixth)).toEqual(['unchanged', 1, '0 asked', '0 unstable']);
    expect(sixth.findings).toEqual([{ kind: 'taken-once', sample: 5 }]);
  });

  it('is taken as often as a baseline is, when it becomes one', async () => {
    const told = await compare(image(white), [image(grey), image(darker)], { forBaseline: true });
    expect([told.asked, told.unstable]).toEqual([1, [{ ...card, diffPixels: 6000, shade: true }]]);
  });
});

describe('without shades', () => {
  it('nothing is looked for and nothing is asked', async () => {
    const plain = makeCapture('page');
    const told = await compareTakes(plain, onlyPicture({ png: image(white).bytes }), image(grey), {
      comparer: createInProcessComparer(),
      retakes: 2,
    });
    expect(told).toMatchObject({ result: { status: 'unchanged', shades: [] }, again: [], unstable: [] });
  });
});

describe('a shade, with fail,', () => {
  const settings = { shades: 'fail' } as const;

  it('is a change that has to come back', async () => {
    expect(summary(await compare(image(white), [image(grey), image(grey)], { settings }))).toEqual([
      'changed',
      1,
      '1 asked',
      '0 unstable',
    ]);
    expect(summary(await compare(image(white), [image(grey), image(white)], { settings }))).toEqual([
      'unchanged',
      0,
      '1 asked',
      '1 unstable',
    ]);
    expect(summary(await compare(image(white), [image(grey), image(darker), image(grey)], { settings }))).toEqual([
      'unchanged',
      0,
      '1 asked',
      '1 unstable',
    ]);
  });

  it('does not count where the shade is known to move', async () => {
    const noise = [{ ...card, shade: true } as const];
    expect(summary(await compare(image(white), [image(grey)], { settings, noise }))).toEqual([
      'unchanged',
      0,
      '0 asked',
      '0 unstable',
    ]);
  });
});

it('a page that is taken for its first baseline tells where its shade moves', async () => {
  const capture = makeCapture('page');
  const ports = { comparer: createInProcessComparer(), baselineTakes: 2, takeAgain: async () => taken(image(grey)) };
  const told = await takeForBaseline({ ...capture, compare: { ...capture.compare, shades: 'warn' } }, image(white), ports);
  expect(told.unstable).toEqual([{ ...card, diffPixels: 6000, shade: true }]);
});
