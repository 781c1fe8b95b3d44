import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiffMap } from '../../src/compare/diff-map.ts';
import { Kernel } from '../../src/compare/kernel/kernel.ts';
import { Mask } from '../../src/compare/mask.ts';
import { compareRows } from '../../src/compare/pair-window.ts';
import { openPicture } from '../../src/compare/picture/open-picture.ts';
import { type Alphas, arbitraryPair } from './support/arbitrary-pixels.ts';
import { type Encoding, encode, isOpaque, oracleDiff, type Pixels } from './support/pixels.ts';

const thresholds = fc.oneof(fc.constantFrom(0, 0.1, 1), fc.double({ min: 0, max: 1, noNaN: true }));

/** Filters of each row, from a short pattern. */
const filters = fc
  .array(fc.nat(4), { minLength: 1, maxLength: 5 })
  .map((pattern) => (row: number) => pattern[row % pattern.length]!);

function encodingOf(pixels: Pixels, filter: Encoding['filter'], preferRgb: boolean): Encoding {
  return { colorType: preferRgb && isOpaque(pixels) ? 2 : 6, filter };
}

function differingPixels(
  a: Buffer,
  b: Buffer,
  { width, height }: Pixels,
  options: { threshold: number; includeAA: boolean; slabBytes: number },
): boolean[] {
  using kernel = Kernel.borrow();
  const map = new DiffMap();
  const { threshold, includeAA, slabBytes } = options;
  const comparison = {
    baseline: openPicture(a),
    actual: openPicture(b),
    area: { width, height },
    threshold,
    includeAntiAliasing: includeAA,
    mask: new Mask([], 1, { width, height }),
    slabBytes,
  };
  compareRows(kernel, comparison, (y, _, bits) => map.setRow(y, bits));
  const differs = Array.from({ length: width * height }, () => false);
  for (let y = 0; y < height; y++) map.forEachRun(y, (start, end) => differs.fill(true, y * width + start, y * width + end));
  return differs;
}

test.each<[Alphas, number]>([
  ['opaque', 1500],
  ['any', 1500],
])('the very pixels that pixelmatch finds in the whole pictures differ, pixels being %s', (alphas, numRuns) => {
  fc.assert(
    fc.property(
      arbitraryPair(24, alphas),
      fc.record({ threshold: thresholds, includeAA: fc.boolean(), slabBytes: fc.integer({ min: 1, max: 600 }) }),
      fc.tuple(filters, filters, fc.boolean(), fc.boolean(), fc.boolean()),
      ({ a, b }, options, [filterA, filterB, sameFilters, rgbA, rgbB]) => {
        const fileA = encode(a, encodingOf(a, filterA, rgbA));
        const fileB = encode(b, encodingOf(b, sameFilters ? filterA : filterB, rgbB));
        expect(differingPixels(fileA, fileB, a, options)).toEqual(oracleDiff(a, b, options));
      },
    ),
    { numRuns },
  );
});
