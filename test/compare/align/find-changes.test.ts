import { expect, test } from 'vitest';
import { alignPair } from '../../../src/compare/align/align.ts';
import { comparePair } from '../../../src/compare/compare-pair.ts';
import type { Alignment } from '../../../src/compare/comparer.ts';
import { type Block, drawPng } from '../../helpers/draw-png.ts';

/** Lines as a page has them; no two pages have the same ones. */
const lines = (seed: number, top: number): Block[] =>
  Array.from(
    { length: 12 },
    (_, n): Block => ({
      x: 10,
      y: top + n * 20,
      width: 60 + ((n * 37 + seed * 53) % 110),
      height: 9,
      colour: [n * 9, seed * 40, 40],
    }),
  );
const banner: Block[] = [
  { x: 0, y: 0, width: 200, height: 30, colour: [250, 230, 120] },
  { x: 20, y: 10, width: 90, height: 8, colour: [30, 30, 30] },
];
const header: Block[] = [{ x: 10, y: 8, width: 40, height: 12, colour: [20, 20, 120] }];
const shifted = (blocks: readonly Block[], by: number): Block[] => blocks.map((block) => ({ ...block, y: block.y + by }));

async function align(baseline: Uint8Array, actual: Uint8Array): Promise<Alignment> {
  const pair = { baseline, actual, scale: 1, settings: { threshold: 0.1, includeAntiAliasing: false, mask: [] } };
  const strict = comparePair(pair);
  const told = await alignPair(pair, strict.kind === 'compared' ? strict.comparison.diffPixels : 0, 1);
  expect(told).toBeDefined();
  return told!;
}
const page = (height: number, ...blocks: readonly (readonly Block[])[]): Uint8Array => drawPng(200, height, blocks.flat());

test.each([
  ['whole pages', 30],
  ['windows, out of which the end is pushed', 0],
])('a banner above pages of other lengths is one change, and nothing else is: %s', async (_, growth) => {
  const found = await Promise.all(
    [1, 2, 3].map((seed) => {
      const height = growth === 0 ? 240 : 250 + seed * 30;
      return align(page(height, lines(seed, 10)), page(height + growth, banner, lines(seed, 40)));
    }),
  );
  for (const { regions } of found) {
    expect(regions).toEqual([{ x: 0, y: 0, width: 200, height: 30, diffPixels: 6000, only: 'actual' }]);
  }
  expect(new Set(found.map(({ traces }) => traces[0]?.hash)).size).toBe(1);
});

test('another banner is another change', async () => {
  const other = [...banner, { x: 150, y: 12, width: 1, height: 1, colour: [0, 0, 0] } as const];
  const [one, two] = await Promise.all(
    [banner, other].map((top) => align(page(260, lines(1, 10)), page(290, top, lines(1, 40)))),
  );
  expect(one?.traces[0]?.hash).not.toBe(two?.traces[0]?.hash);
});

test('a banner below the header is the same one, however much blank is below it on each page', async () => {
  const blank: Block[] = shifted(banner.slice(1), 40);
  const found = await Promise.all(
    [40, 52, 61].map((top, seed) => align(page(320, header, lines(seed, top)), page(370, header, blank, lines(seed, top + 50)))),
  );
  expect(found.map(({ regions }) => regions.length)).toEqual([1, 1, 1]);
  expect(new Set(found.map(({ traces }) => traces[0]?.hash)).size).toBe(1);
});

test('a section that is gone lies where the baseline has it', async () => {
  const { regions } = await align(page(290, banner, lines(1, 40)), page(260, lines(1, 10)));
  expect(regions).toEqual([{ x: 0, y: 0, width: 200, height: 30, diffPixels: 6000, only: 'baseline' }]);
});

test('what came into a window from below is a change that must be seen', async () => {
  const [before, after] = [page(240, banner, lines(1, 40)), page(240, lines(1, 10))];
  const { regions } = await align(before, after);
  expect(regions).toEqual([
    { x: 0, y: 0, width: 200, height: 30, diffPixels: 6000, only: 'baseline' },
    { x: 0, y: 210, width: 200, height: 30, diffPixels: 6000, only: 'actual' },
  ]);
});

test('what differs below a banner says where it was before', async () => {
  const changed = lines(1, 40).map((line, n): Block => (n === 5 ? { ...line, colour: [250, 0, 0] } : line));
  const { regions } = await align(page(260, lines(1, 10)), page(290, banner, changed));
  const line = lines(1, 40)[5]!;
  expect(regions[1]).toEqual({
    x: 10,
    y: line.y,
    width: line.width,
    height: 9,
    diffPixels: line.width * 9,
    baselineY: line.y - 30,
  });
});
