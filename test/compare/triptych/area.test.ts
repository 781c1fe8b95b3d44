import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Region } from '../../../src/basics/geometry.ts';
import { decideArea } from '../../../src/compare/triptych/area.ts';
import { makeComparison } from '../../report/support/reports.ts';

const page = (width: number, height: number, regions: readonly Omit<Region, 'diffPixels'>[]) =>
  makeComparison({
    baselineSize: { width, height },
    actualSize: { width, height },
    regions: regions.map((region) => ({ ...region, diffPixels: 10 })),
  });

describe('the shown area', () => {
  test('has some context around a small change, and stays on the page', () => {
    const middle = page(1280, 800, [{ x: 600, y: 400, width: 20, height: 10 }]);
    expect(decideArea(middle, 1)).toEqual({ area: { x: 400, y: 305, width: 420, height: 200 }, shown: 1 });
    const corner = page(1280, 800, [{ x: 0, y: 790, width: 20, height: 10 }]);
    expect(decideArea(corner, 1).area).toEqual({ x: 0, y: 600, width: 420, height: 200 });
  });

  test('is in CSS pixels, so twice as large at a device scale factor of 2', () => {
    const change = page(2560, 1600, [{ x: 1200, y: 800, width: 40, height: 20 }]);
    expect(decideArea(change, 2).area).toEqual({ x: 800, y: 610, width: 840, height: 400 });
  });

  test('takes in the regions near the largest one and counts them', () => {
    const change = page(1280, 9000, [
      { x: 100, y: 100, width: 200, height: 100 },
      { x: 100, y: 8000, width: 100, height: 90 },
      { x: 400, y: 300, width: 100, height: 50 },
    ]);
    expect(decideArea(change, 1)).toEqual({ area: { x: 60, y: 60, width: 480, height: 330 }, shown: 2 });
  });

  test('of a region that is too large is its upper left part, and none is shown whole', () => {
    const change = page(1280, 9000, [{ x: 0, y: 1000, width: 1280, height: 8000 }]);
    const { area, shown } = decideArea(change, 1);
    expect([area.y, shown]).toEqual([960, 0]);
    expect(area.height).toBe(640);
  });

  test('whatever the regions, lies on the union of both pictures and holds the beginning of the largest', () => {
    const side = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(side, side, fc.array(fc.tuple(side, side, side, side), { maxLength: 6 }), (width, height, boxes) => {
        const regions = boxes
          .filter(([x, y]) => x < width && y < height)
          .map(([x, y, w, h]) => ({ x, y, width: Math.min(w, width - x), height: Math.min(h, height - y) }));
        const { area, shown } = decideArea(page(width, height, regions), 1);
        expect(area.x).toBeGreaterThanOrEqual(0);
        expect(area.y).toBeGreaterThanOrEqual(0);
        expect(area.width).toBeGreaterThan(0);
        expect(area.x + area.width).toBeLessThanOrEqual(width);
        expect(area.y + area.height).toBeLessThanOrEqual(height);
        expect(shown).toBeLessThanOrEqual(regions.length);
        const [first] = regions;
        if (first !== undefined) {
          expect(area.x).toBeLessThanOrEqual(first.x);
          expect(area.x + area.width).toBeGreaterThan(first.x);
          expect(area.y).toBeLessThanOrEqual(first.y);
          expect(area.y + area.height).toBeGreaterThan(first.y);
        }
      }),
    );
  });
});
