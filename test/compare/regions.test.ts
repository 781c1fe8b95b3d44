import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Region } from '../../src/basics/geometry.ts';
import { maxRegions, RegionFinder } from '../../src/compare/regions.ts';

interface Run {
  readonly y: number;
  readonly start: number;
  readonly end: number;
}

function regionsOf(width: number, runs: readonly Run[]): Region[] {
  const finder = new RegionFinder(width);
  for (const { y, start, end } of runs) {
    finder.addRun(y, start, end);
  }
  return finder.regions();
}

/** Disjoint runs anywhere in a picture, sparse or dense. */
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 400 }),
    height: fc.integer({ min: 1, max: 400 }),
    seeds: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(40)), { maxLength: 300 }),
  })
  .map(({ width, height, seeds }) => {
    const taken = new Set<number>();
    const runs = seeds.flatMap(([x, y, length]) => {
      const run = { y: y % height, start: x % width, end: Math.min(width, (x % width) + length + 1) };
      const pixels = Array.from({ length: run.end - run.start }, (_, index) => run.y * width + run.start + index);
      if (pixels.some((pixel) => taken.has(pixel))) {
        return [];
      }
      for (const pixel of pixels) {
        taken.add(pixel);
      }
      return [run];
    });
    return { width, runs, pixels: [...taken].map((pixel) => ({ x: pixel % width, y: Math.floor(pixel / width) })) };
  });

const contains = ({ x, y, width, height }: Region, pixel: { x: number; y: number }) =>
  pixel.x >= x && pixel.x < x + width && pixel.y >= y && pixel.y < y + height;

test('regions are disjoint, tight, hold every pixel once, and are few', () => {
  fc.assert(
    fc.property(pictures, ({ width, runs, pixels }) => {
      const regions = regionsOf(width, runs);
      expect(regions.length).toBeLessThanOrEqual(maxRegions);
      for (const pixel of pixels) {
        expect(regions.filter((region) => contains(region, pixel))).toHaveLength(1);
      }
      for (const region of regions) {
        const inside = pixels.filter((pixel) => contains(region, pixel));
        const [xs, ys] = [inside.map(({ x }) => x), inside.map(({ y }) => y)];
        const [x, y] = [Math.min(...xs), Math.min(...ys)];
        expect(region).toEqual({
          x,
          y,
          width: Math.max(...xs) + 1 - x,
          height: Math.max(...ys) + 1 - y,
          diffPixels: inside.length,
        });
      }
      expect(regions.map(({ diffPixels }) => diffPixels)).toEqual(
        regions.map(({ diffPixels }) => diffPixels).sort((a, b) => b - a),
      );
    }),
    { numRuns: 200 },
  );
});

describe('what belongs together', () => {
  test('pixels of one line of text do', () => {
    const letters = Array.from({ length: 12 }, (_, index) => ({
      y: 40 + (index % 9),
      start: 100 + index * 9,
      end: 105 + index * 9,
    }));
    expect(regionsOf(400, letters)).toEqual([{ x: 100, y: 40, width: 104, height: 9, diffPixels: 60 }]);
  });

  test('two buttons far apart do not; the one with more pixels comes first', () => {
    const runs = [
      { y: 10, start: 10, end: 14 },
      { y: 300, start: 200, end: 210 },
    ];
    expect(regionsOf(400, runs)).toEqual([
      { x: 200, y: 300, width: 10, height: 1, diffPixels: 10 },
      { x: 10, y: 10, width: 4, height: 1, diffPixels: 4 },
    ]);
  });

  test('neither do the right end of one row of cells and the left end of the next', () => {
    const runs = [
      { y: 0, start: 399, end: 400 },
      { y: 16, start: 0, end: 1 },
    ];
    expect(regionsOf(400, runs)).toHaveLength(2);
  });

  test('too many are joined, not dropped', () => {
    const runs = Array.from({ length: 400 }, (_, index) => ({
      y: Math.floor(index / 20) * 64,
      start: (index % 20) * 64,
      end: (index % 20) * 64 + 1,
    }));
    const regions = regionsOf(1280, runs);
    expect(regions.length).toBeLessThanOrEqual(maxRegions);
    expect(regions.reduce((sum, { diffPixels }) => sum + diffPixels, 0)).toBe(400);
  });

  test('nothing makes no region', () => expect(regionsOf(400, [])).toEqual([]));
});
