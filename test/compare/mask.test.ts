import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Mask, outside } from '../../src/compare/mask.ts';
import { isWithin } from './support/pixels.ts';

const size = { width: 40, height: 30 };

function maskedPixels(mask: Mask): string[] {
  return Array.from({ length: size.width * size.height }, (_, index) => ({
    x: index % size.width,
    y: Math.floor(index / size.width),
  }))
    .filter(({ x, y }) => mask.spansAt(y).some(({ start, end }) => x >= start && x < end))
    .map(({ x, y }) => `${x},${y}`);
}

describe('a rectangle of CSS pixels', () => {
  test('is multiplied by the scale and rounded outwards', () => {
    const mask = new Mask([{ x: 1.5, y: 2, width: 3, height: 1.2 }], 1.5, size);
    // 2.25 to 6.75 and 3 to 4.8 device pixels
    expect([2, 3, 4, 5].map((y) => mask.spansAt(y))).toEqual([[], [{ start: 2, end: 7 }], [{ start: 2, end: 7 }], []]);
    expect(mask.pixels).toBe(10);
  });

  test('does not grow by what floating point adds to a product', () => {
    expect(new Mask([{ x: 0, y: 0, width: 20, height: 10 }], 1.1, { width: 30, height: 20 }).pixels).toBe(22 * 11);
  });

  test('is cut off at the borders', () => {
    expect(new Mask([{ x: -5, y: -5, width: 1000, height: 7 }], 1, size).pixels).toBe(2 * 40);
    expect(new Mask([{ x: 100, y: 0, width: 10, height: 10 }], 1, size).pixels).toBe(0);
  });
});

test('any rectangles mask just the pixels that one of them touches, each counted once', () => {
  const side = fc.integer({ min: -40, max: 200 }).map((quarters) => quarters / 4);
  const length = fc.integer({ min: 1, max: 160 }).map((quarters) => quarters / 4);
  fc.assert(
    fc.property(fc.array(fc.record({ x: side, y: side, width: length, height: length }), { maxLength: 6 }), (rects) => {
      const mask = new Mask(rects, 1, size);
      const masked = maskedPixels(mask);
      const expected = Array.from({ length: size.width * size.height }, (_, index) => index)
        .filter((index) => isWithin(index % size.width, Math.floor(index / size.width), rects))
        .map((index) => `${index % size.width},${Math.floor(index / size.width)}`);
      expect(masked).toEqual(expected);
      expect(mask.pixels).toBe(expected.length);
    }),
  );
});

test('what spans leave of a row', () => {
  const spans = [
    { start: 2, end: 4 },
    { start: 8, end: 20 },
  ];
  expect(outside(spans, { start: 0, end: 10 })).toEqual([
    { start: 0, end: 2 },
    { start: 4, end: 8 },
  ]);
  expect(outside(spans, { start: 3, end: 9 })).toEqual([{ start: 4, end: 8 }]);
  expect(outside([], { start: 3, end: 9 })).toEqual([{ start: 3, end: 9 }]);
  expect(outside(spans, { start: 9, end: 12 })).toEqual([]);
});
