import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rect } from '../../../src/basics/geometry.ts';
import { comparePair } from '../../../src/compare/compare-pair.ts';
import { traceRegions } from '../../../src/compare/trace/trace-regions.ts';
import type { RegionTrace } from '../../../src/results/model.ts';
import { type Block, drawPng } from '../../helpers/draw-png.ts';

const black = [0, 0, 0] as const;

/** The traces of what differs between two pictures of blocks, the largest region first. */
function trace(
  before: readonly Block[],
  after: readonly Block[],
  { mask = [], width = 400, height = 300 }: { mask?: Rect[]; width?: number; height?: number } = {},
): readonly RegionTrace[] {
  const pair = {
    baseline: drawPng(width, height, before),
    actual: drawPng(width, height, after),
    scale: 1,
    settings: { threshold: 0.1, includeAntiAliasing: true, mask },
  };
  const compared = comparePair(pair);
  const regions = compared.kind === 'compared' ? compared.comparison.regions : [];
  return traceRegions(pair, regions, 1) ?? [];
}
const hashOf = (...given: Parameters<typeof trace>): string | undefined => trace(...given)[0]?.hash;

const box = (change: Partial<Block> = {}): Block => ({ x: 20, y: 30, width: 100, height: 40, colour: black, ...change });

test('the same pixels that became the same pixels have one hash, wherever they are', () => {
  const moved = { x: 133, y: 207 };
  expect(hashOf([], [box()])).toBe(hashOf([], [box(moved)]));
  expect(hashOf([box({ colour: [200, 0, 0] })], [box()])).toBe(hashOf([box({ ...moved, colour: [200, 0, 0] })], [box(moved)]));
});

test.each<[string, Block[], Block[]]>([
  ['other new pixels', [], [box({ colour: [0, 0, 90] })]],
  ['other old pixels', [box({ colour: [200, 0, 0] })], [box()]],
  ['another size', [], [box({ width: 101 })]],
  [
    'one pixel more that differs by less than the threshold',
    [],
    [box(), { x: 40, y: 40, width: 1, height: 1, colour: [1, 0, 0] }],
  ],
])('another change has another hash: %s', (_, before, after) => {
  expect(hashOf(before, after)).not.toBe(hashOf([], [box()]));
});

test('two pictures have one hash only for what is equal pixel by pixel', () => {
  const dots = fc.array(fc.tuple(fc.nat(69), fc.nat(5), fc.nat(2)), { minLength: 1, maxLength: 12 });
  const drawn = (all: readonly (readonly [number, number, number])[], left: number): Block[] => [
    { x: left, y: 10, width: 70, height: 1, colour: black },
    ...all.map(([x, y, colour]): Block => ({ x: left + x, y: 11 + y, width: 1, height: 1, colour: [colour * 100, 0, 0] })),
  ];
  const small = { width: 220, height: 20 };
  const shown = (all: Parameters<typeof drawn>[0]): string => Buffer.from(drawPng(220, 20, drawn(all, 60))).toString('hex');
  fc.assert(
    fc.property(dots, dots, (one, other) => {
      expect(hashOf([], drawn(one, 60), small) === hashOf([], drawn(other, 100), small)).toBe(shown(one) === shown(other));
    }),
    { numRuns: 60 },
  );
});

test('what is masked does not count', () => {
  const ad = (colour: Block['colour']): Block => ({ x: 60, y: 40, width: 20, height: 20, colour });
  const mask = [{ x: 60, y: 40, width: 20, height: 20 }];
  expect(hashOf([], [box(), ad([9, 200, 9])], { mask })).toBe(hashOf([], [box(), ad([9, 9, 200])], { mask }));
  expect(hashOf([], [box(), ad([9, 200, 9])])).not.toBe(hashOf([], [box(), ad([9, 9, 200])]));
});

test('a small change is another one beside other things: 12 that became 13 is not 92 that became 93', () => {
  const digit: Block = { x: 100, y: 100, width: 8, height: 12, colour: black };
  const beside = (height: number): Block => ({ x: 88, y: 100, width: 8, height, colour: black });
  expect(hashOf([beside(12)], [beside(12), digit])).toBe(hashOf([beside(12)], [beside(12), digit]));
  expect(hashOf([beside(12)], [beside(12), digit])).not.toBe(hashOf([beside(6)], [beside(6), digit]));
});

test('a picture that only one side has is told apart from one that is transparent or black there', () => {
  const pair = (baseline: Uint8Array, actual: Uint8Array) => ({
    baseline,
    actual,
    scale: 1,
    settings: { threshold: 0.1, includeAntiAliasing: true, mask: [] },
  });
  const region = [{ x: 0, y: 0, width: 200, height: 60 }];
  const longer = traceRegions(pair(drawPng(200, 40, []), drawPng(200, 60, [])), region, 1);
  const drawn = traceRegions(
    pair(drawPng(200, 60, [{ x: 0, y: 40, width: 200, height: 20, colour: black }]), drawPng(200, 60, [])),
    region,
    1,
  );
  expect(longer?.[0]?.hash).not.toBe(drawn?.[0]?.hash);
});

test('text in another colour is recoloured, whatever it says, and what moved is not', () => {
  const shades = [0, 60, 120, 180, 220];
  const text = (left: number, colourOf: (shade: number) => Block['colour']): Block[] =>
    shades.flatMap((shade, at) =>
      [0, 1, 2].map((n): Block => ({ x: left + at * 9 + n * 50, y: 40 + at, width: 7, height: 9, colour: colourOf(shade) })),
    );
  const grey = (shade: number): Block['colour'] => [shade, shade, shade];
  const teal = (shade: number): Block['colour'] => [shade, Math.min(255, shade + 90), Math.min(255, shade + 90)];
  expect(trace(text(20, grey), text(20, teal))[0]?.look.recoloured).toBe(true);
  expect(trace(text(20, grey), text(23, grey))[0]?.look.recoloured).toBe(false);
});

/** A word, whose rows look like those of no other. */
const word = (x: number, y: number, looks: number): Block[] =>
  Array.from({ length: 50 }, (_, at) => ({
    x: x + (at % 5) * 3,
    y: y + Math.floor(at / 5),
    width: 2,
    height: 1,
    colour: [(looks * 97) % 256, Math.floor(at / 5) * 20, (looks * 53) % 256],
  }));
const sentence = (x: number, y: number, typeface = 0): Block[] =>
  [1, 2, 3].flatMap((looks, at) => word(x + at * 40, y, looks + typeface));

test('what moved is known by its words, and by how far most of them went to the side', () => {
  expect(trace(sentence(20, 40), sentence(24, 44))[0]?.look).toMatchObject({ movedPercent: 100, movedPx: 4 });
  const wrapped = [...word(24, 44, 1), ...word(64, 44, 2), ...word(24, 60, 3)];
  expect(trace(sentence(20, 40), wrapped)[0]?.look).toMatchObject({ movedPercent: 100, movedPx: 4 });
  const more = [...sentence(60, 40), ...word(20, 40, 9)];
  expect(trace(sentence(20, 40), more)[0]?.look).toMatchObject({ movedPercent: 75, movedPx: 40 });
});

test('what moved into another region is known again, as well', () => {
  const far = trace(word(20, 40, 1), word(300, 240, 1));
  expect(far.map(({ look }) => look.movedPercent)).toEqual([100, 100]);
});

test('text in another typeface has as many words, and none of them is as it was', () => {
  const looks = (before: Block[], after: Block[]): number[] => {
    const found = trace(before, after).map(({ look }) => look);
    const sum = (of: (look: (typeof found)[number]) => number): number => found.reduce((total, look) => total + of(look), 0);
    return [sum((look) => look.movedPercent), sum((look) => look.wordsBefore), sum((look) => look.wordsAfter)];
  };
  expect(looks(sentence(20, 40), sentence(20, 40, 3))).toEqual([0, 3, 3]);
  expect(looks(sentence(20, 40), [])).toEqual([0, 3, 0]);
});

test('what is masked is no word and moves nowhere', () => {
  const mask = [{ x: 0, y: 30, width: 140, height: 30 }];
  const traced = trace([...sentence(20, 40), ...word(20, 200, 7)], sentence(24, 40), { mask });
  expect(traced.map(({ look }) => [look.wordsBefore, look.wordsAfter])).toEqual([[1, 0]]);
});
