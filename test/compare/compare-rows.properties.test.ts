import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRows } from '../../src/compare/compare-rows.ts';
import { Kernel } from '../../src/compare/kernel/kernel.ts';
import { Mask } from '../../src/compare/mask.ts';
import { openPicture } from '../../src/compare/picture/open-picture.ts';
import { type Alphas, arbitraryPair, thresholds } from './support/arbitrary-pixels.ts';
import { type Encoding, encode, isOpaque, oracleDiff, type Pixels } from './support/pixels.ts';

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
  const differs = Array.from({ length: width * height }, () => false);
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
  compareRows(kernel, comparison, (y, _, bits) => {
    for (let x = 0; x < width; x++) differs[y * width + x] = ((bits[x >> 3]! >> (x & 7)) & 1) === 1;
  });
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

test('a threshold just at the distance of two colours is decided as pixelmatch decides it', () => {
  const channel = fc.nat(255);
  const colour = fc.tuple(channel, channel, channel);
  const nudge = fc.constantFrom(-1e-3, -1e-6, -1e-9, -1e-13, 0, 1e-13, 1e-9, 1e-6, 1e-3);
  fc.assert(
    fc.property(colour, colour, nudge, (from, to, change) => {
      const [r, g, b] = from.map((sample, index) => sample - to[index]!) as [number, number, number];
      const y = r * 0.29889531 + g * 0.58662247 + b * 0.11448223;
      const i = r * 0.59597799 - g * 0.2741761 - b * 0.32180189;
      const q = r * 0.21147017 - g * 0.52261711 + b * 0.31114694;
      const distance = 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
      const threshold = Math.min(1, Math.max(0, Math.sqrt(distance / 35_215) * (1 + change)));
      const picture = (colours: readonly number[]) => ({ width: 1, height: 1, rgba: Uint8Array.from([...colours, 255]) });
      const options = { threshold, includeAA: true, slabBytes: 1000 };
      const found = differingPixels(encode(picture(from)), encode(picture(to)), picture(from), options);
      expect(found).toEqual(oracleDiff(picture(from), picture(to), options));
    }),
    { numRuns: 2000 },
  );
});
