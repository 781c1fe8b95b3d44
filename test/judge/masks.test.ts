import { describe, expect, it } from 'vitest';
import type { Rect } from '../../src/basics/geometry.ts';
import type { CapturedImage } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { onlyPicture } from '../../src/judge/accepted-pictures.ts';
import { compareTakes } from '../../src/judge/compare-takes.ts';
import { explainDifference } from '../../src/judge/explain.ts';
import { knowsMore, maskBetween, masksOf } from '../../src/judge/masks.ts';
import { findAccepted } from '../../src/judge/match-accepted.ts';
import type { Capture } from '../../src/plan/capture.ts';
import type { MaskedParts } from '../../src/results/model.ts';
import type { PageFacts } from '../../src/results/page-facts.ts';
import { type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';
import { taken } from './support/taken.ts';

const place = (x: number): Rect => ({ x, y: 150, width: 20, height: 12 });
const [here, there, elsewhere] = [place(40), place(120), place(200)];
const rect: Rect = { x: 0, y: 0, width: 5, height: 5 };

const capture: Capture = {
  ...makeCapture('page'),
  settings: { format: 'png', page: { maskSelectors: ['.ad', '.date'] } },
  compare: { ...makeCapture('page').compare, mask: [rect] },
};
const facts = (masks?: PageFacts['masks']): PageFacts => ({
  failedResources: [],
  exceptions: [],
  consoleErrors: [],
  blankFrames: [],
  warnings: [],
  ...(masks === undefined ? {} : { masks }),
});
const ad = (...boxes: Rect[]): MaskedParts[] => [{ selector: '.ad', boxes }];

describe('what is masked between two pictures', () => {
  it('is what the engine told, by selector', () => {
    expect(masksOf(capture, facts([[here], []]))).toEqual([...ad(here), { selector: '.date', boxes: [] }]);
    expect(masksOf(capture, facts([[here]]))).toBeUndefined();
    expect(masksOf(capture, facts())).toBeUndefined();
    expect(masksOf(capture, undefined)).toBeUndefined();
  });

  it('is the rectangles and the boxes of both, but not of selectors that are gone', () => {
    expect(maskBetween(capture, ad(here), undefined)).toEqual([rect, here]);
    expect(maskBetween(capture, ad(here), ad(there))).toEqual([rect, here, there]);
    expect(maskBetween(capture, [{ selector: '.gone', boxes: [here] }], ad(there))).toEqual([rect, there]);
    expect(maskBetween(makeCapture('page'), ad(here))).toEqual([]);
  });

  it('a picture knows more than a baseline that has not heard of a selector', () => {
    expect([knowsMore(ad(here), ad(there)), knowsMore(ad(here), undefined), knowsMore(undefined, ad(here))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('takes of a page', () => {
  const size = { width: 320, height: 200 };
  const red: Colour = [255, 0, 0];
  const black: Colour = [0, 0, 0];
  const heading = (y: number) => ({ x: 20, y, width: 120, height: 20, colour: black });
  /** A page whose advertisement is at the place. */
  const image = (at: Rect, y = 20): CapturedImage => ({
    bytes: drawPng(size.width, size.height, [heading(y), { ...at, colour: red }]),
    format: 'png',
    size,
    page: facts([[at], []]),
  });
  const comparer = createInProcessComparer();
  const compare = (masks: MaskedParts[] | undefined, first: CapturedImage, again: CapturedImage) =>
    compareTakes(capture, onlyPicture({ png: image(here).bytes, ...(masks === undefined ? {} : { masks }) }), first, {
      comparer,
      retakes: 1,
      takeAgain: async () => taken(again),
    });

  it('are compared with what is masked in each, so that what moves there is no movement', async () => {
    const { result, unstable, again, masked } = await compare(ad(here), image(there, 60), image(elsewhere, 60));
    expect([result.kind === 'compared' && result.status, again.length, unstable]).toEqual(['changed', 1, []]);
    expect(masked).toEqual([rect, here, elsewhere]);
    expect(result.kind === 'compared' && result.comparison.maskedPixels).toBe(25 + 2 * 240);
  });

  it('of which the baseline knows nothing differ where the element was then', async () => {
    const { result } = await compare(undefined, image(there), image(there));
    expect(result.kind === 'compared' && result.comparison.regions).toMatchObject([here]);
  });

  it('equal an accepted picture but for what is masked now', async () => {
    const accept = (masks: MaskedParts[] | undefined) =>
      findAccepted(
        capture,
        { files: { actual: 'actual/page.png' }, ...(masks === undefined ? {} : { masks }) },
        {
          output: { read: async () => image(here).bytes, remove: async () => {}, write: async () => {} } as never,
          baselines: { accepted: async () => [drawPng(size.width, size.height, [heading(20)])] } as never,
          comparer,
        },
      );
    expect(await accept(ad(here))).toMatchObject({ status: 'unchanged', accepted: true });
    expect(await accept(undefined)).toBeUndefined();
  });

  it('of a page that moved are laid on each other without what is masked in both', async () => {
    const compared = await compare(ad(here), image(there, 60), image(there, 60));
    const { result } = compared;
    if (result.kind !== 'compared') {
      return expect.fail();
    }
    const asked: (readonly Rect[])[] = [];
    await explainDifference(
      { ...capture, viewport: { ...capture.viewport, scale: 2 } },
      image(here).bytes,
      { ...compared, result },
      {
        output: { write: async () => {} } as never,
        comparer: {
          ...comparer,
          align: async ({ settings }) => {
            asked.push(settings.mask);
            return undefined;
          },
          draw: (picture, hatched) => comparer.draw(picture, hatched),
        },
      },
    );
    const doubled = ({ x, y, width, height }: Rect): Rect => ({ x: 2 * x, y: 2 * y, width: 2 * width, height: 2 * height });
    expect(asked).toEqual([[rect, here, there].map(doubled)]);
  });
});
