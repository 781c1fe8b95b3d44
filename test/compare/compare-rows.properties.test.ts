import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlapOf, type Rect } from '../../src/basics/geometry.ts';
import { compareRows } from '../../src/compare/compare-rows.ts';
import { Kernel } from '../../src/compare/kernel/kernel.ts';
import { Mask } from '../../src/compare/mask.ts';
import { openPicture } from '../../src/compare/picture/open-picture.ts';
import type { Picture } from '../../src/compare/picture/picture.ts';
import { type Alphas, arbitraryPair, cut, cutOff, rects, thresholds } from './support/arbitrary-pixels.ts';
import { crop, type Encoding, encode, isOpaque, maskedLike, oracleDiff, type Pixels } from './support/pixels.ts';

/** Filters of each row, from a short pattern. */
const filters = fc
  .array(fc.nat(4), { minLength: 1, maxLength: 5 })
  .map((pattern) => (row: number) => pattern[row % pattern.length]!);

function encodingOf(pixels: Pixels, filter: Encoding['filter'], preferRgb: boolean): Encoding {
  return { colorType: preferRgb && isOpaque(pixels) ? 2 : 6, filter };
}

interface Options {
  readonly threshold: number;
  readonly includeAA: boolean;
  readonly slabBytes: number;
  readonly mask?: readonly Rect[];
}

/** Which pixels of the area that both have differ. */
function differingPixels(a: Picture, b: Picture, { threshold, includeAA, slabBytes, mask = [] }: Options): boolean[] {
  using kernel = Kernel.borrow();
  const area = overlapOf(a.size, b.size);
  const differs = Array.from({ length: area.width * area.height }, () => false);
  const comparison = {
    baseline: a,
    actual: b,
    area,
    threshold,
    includeAntiAliasing: includeAA,
    mask: new Mask(mask, 1, area),
    slabBytes,
  };
  let below = 0;
  compareRows(kernel, comparison, (y, diffPixels, bits) => {
    expect(y).toBeGreaterThanOrEqual(below);
    below = y + 1;
    for (let x = 0; x < area.width; x++) {
      differs[y * area.width + x] = ((bits[x >> 3]! >> (x & 7)) & 1) === 1;
    }
    expect(diffPixels).toBe(differs.slice(y * area.width, below * area.width).filter(Boolean).length);
  });
  return differs;
}

const shapes = {
  'of any shape': [24, 24],
  'with many bands': [6, 80],
  'of one row': [40, 1],
  'of one column': [1, 40],
  'of one pixel': [1, 1],
} as const;

describe.each(Object.entries(shapes))('pictures %s', (_, [maxWidth, maxHeight]) => {
  test.each<Alphas>(['opaque', 'any'])('differ in the very pixels that pixelmatch finds in them whole, being %s', (alphas) => {
    const arbitraryOptions = fc.record({
      threshold: thresholds,
      includeAA: fc.boolean(),
      slabBytes: fc.integer({ min: 1, max: 600 }),
      mask: fc.oneof(fc.constant([]), rects),
    });
    fc.assert(
      fc.property(
        arbitraryPair(maxWidth, alphas, maxHeight),
        fc.oneof(fc.constant({ columns: 0, rows: 0 }), cut),
        fc.oneof(fc.constant({ columns: 0, rows: 0 }), cut),
        arbitraryOptions,
        fc.tuple(filters, filters, fc.boolean(), fc.boolean(), fc.boolean()),
        (pair, cutA, cutB, options, [filterA, filterB, sameFilters, rgbA, rgbB]) => {
          const [a, b] = [cutOff(pair.a, cutA), cutOff(pair.b, cutB)];
          const fileA = encode(a, encodingOf(a, filterA, rgbA));
          const fileB = encode(b, encodingOf(b, sameFilters ? filterA : filterB, rgbB));
          const area = overlapOf(a, b);
          const expected = oracleDiff(crop(a, area), maskedLike(crop(a, area), crop(b, area), options.mask), options);
          expect(differingPixels(openPicture(fileA), openPicture(fileB), options)).toEqual(expected);
        },
      ),
      { numRuns: 600 },
    );
  });
});

test.each<[string, number, number]>([
  ['opaque ones once', 255, 1],
  ['translucent ones, of which the first look told, twice', 254, 2],
])('pictures are read as rarely as can be: %s', (_, alpha, times) => {
  let started = 0;
  const counted = (shade: number): Picture => {
    const rgba = new Uint8Array(40 * 30 * 4).fill(255);
    for (let at = 500; at < 600; at += 4) {
      rgba.set([shade, shade, shade, alpha], at);
    }
    const picture = openPicture(encode({ width: 40, height: 30, rgba }));
    return {
      ...picture,
      start(kernel, mostRows) {
        started += 1;
        return picture.start(kernel, mostRows);
      },
    };
  };
  const found = differingPixels(counted(0), counted(200), { threshold: 0.1, includeAA: false, slabBytes: 1000 });
  expect(found.filter(Boolean).length).toBe(25);
  expect(started).toBe(2 * times);
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
      const found = differingPixels(openPicture(encode(picture(from))), openPicture(encode(picture(to))), options);
      expect(found).toEqual(oracleDiff(picture(from), picture(to), options));
    }),
    { numRuns: 2000 },
  );
});
