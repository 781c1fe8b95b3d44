import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { type Rect, unionOf } from '../../src/basics/geometry.ts';
import { comparePair } from '../../src/compare/compare-pair.ts';
import type { CompareResult } from '../../src/compare/comparer.ts';
import { drawDiff } from '../../src/compare/draw-diff.ts';
import type { CompareSettings } from '../../src/plan/capture.ts';
import type { Comparison } from '../../src/results/model.ts';
import { type Alphas, arbitraryPair, cut, cutOff, rects, thresholds } from './support/arbitrary-pixels.ts';
import { crop, encode, isWithin, maskedLike, oracleDiff, type Pixels } from './support/pixels.ts';

const strict: CompareSettings = { threshold: 0.1, includeAntiAliasing: false, mask: [] };

type Compared = Extract<CompareResult, { kind: 'compared' }>;

function compare(baseline: Pixels, actual: Pixels, settings: Partial<CompareSettings> = {}, scale = 1): Compared {
  const result = comparePair({
    baseline: encode(baseline),
    actual: encode(actual),
    scale,
    settings: { ...strict, ...settings },
  });
  if (result.kind !== 'compared') {
    throw new Error(result.reason);
  }
  return result;
}

/** One colour, with rectangles of another. */
function page(width: number, height: number, boxes: readonly (Rect & { colour?: readonly number[] })[] = []): Pixels {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (const { x, y, width: columns, height: rows, colour = [20, 40, 60, 255] } of boxes) {
    for (let row = y; row < y + rows; row++) {
      for (let column = x; column < x + columns; column++) {
        rgba.set(colour, (row * width + column) * 4);
      }
    }
  }
  return { width, height, rgba };
}

describe('a verdict', () => {
  const box = { x: 10, y: 20, width: 30, height: 4 };

  test('gives the contract’s example: 120 pixels of 1280×800', () => {
    const { status, comparison } = compare(page(1280, 800), page(1280, 800, [box]));
    expect(status).toBe('changed');
    expect(comparison).toEqual({
      diffPixels: 120,
      diffRatio: 0.0001171875,
      maskedPixels: 0,
      baselineSize: { width: 1280, height: 800 },
      actualSize: { width: 1280, height: 800 },
      regions: [{ ...box, diffPixels: 120 }],
    } satisfies Comparison);
  });

  test.each<[Partial<CompareSettings>, 'changed' | 'unchanged']>([
    [{ maxDiffPixels: 119 }, 'changed'],
    [{ maxDiffPixels: 120 }, 'unchanged'],
    [{ maxDiffRatio: 0.0119 }, 'changed'],
    [{ maxDiffRatio: 0.012 }, 'unchanged'],
    [{ maxDiffPixels: 120, maxDiffRatio: 0.0119 }, 'changed'],
    [{ maxDiffPixels: 119, maxDiffRatio: 0.012 }, 'changed'],
    [{ maxDiffPixels: 120, maxDiffRatio: 0.012 }, 'unchanged'],
    [{ maxDiffPixels: 0 }, 'changed'],
  ])('120 of 10,000 pixels with %o: %s', (allowances, status) => {
    expect(compare(page(100, 100), page(100, 100, [box]), allowances).status).toBe(status);
  });

  test('comes with a diff picture also within the allowances, and with none where nothing differs', () => {
    expect(compare(page(100, 100), page(100, 100, [box]), { maxDiffPixels: 500 }).picture).toBeDefined();
    const differentlyEncoded = comparePair({
      baseline: encode(page(50, 50, [box])),
      actual: encode(page(50, 50, [box]), { colorType: 2, filter: (row) => row % 5 }),
      scale: 1,
      settings: strict,
    });
    expect(differentlyEncoded).toMatchObject({ status: 'unchanged', comparison: { diffPixels: 0 } });
    expect(differentlyEncoded).not.toHaveProperty('picture');
  });

  test('of equal files counts masked pixels too', () => {
    const equal = compare(page(50, 40), page(50, 40), { mask: [{ x: 0, y: 0, width: 5, height: 4 }] }, 2);
    expect(equal).toEqual({
      kind: 'compared',
      status: 'unchanged',
      comparison: {
        diffPixels: 0,
        diffRatio: 0,
        maskedPixels: 80,
        baselineSize: { width: 50, height: 40 },
        actualSize: { width: 50, height: 40 },
        regions: [],
      },
      shades: [],
    });
  });
});

describe('pictures of unequal size', () => {
  test('are laid on their union; what only one has differs, what neither has does not', () => {
    const { comparison } = compare(page(60, 40), page(50, 70));
    expect(comparison.diffPixels).toBe(10 * 40 + 50 * 30);
    expect(comparison.diffRatio).toBe(1900 / (60 * 70));
    expect(comparison.baselineSize).toEqual({ width: 60, height: 40 });
    expect(comparison.actualSize).toEqual({ width: 50, height: 70 });
  });

  test('may have masks there', () => {
    const { comparison } = compare(page(60, 40), page(60, 70), { mask: [{ x: 0, y: 35, width: 60, height: 100 }] });
    expect(comparison).toMatchObject({ diffPixels: 0, maskedPixels: 60 * 35 });
  });

  test('of one pixel and of one row are pictures too', () => {
    expect(compare(page(1, 1), page(3, 1)).comparison).toMatchObject({ diffPixels: 2, diffRatio: 2 / 3 });
  });
});

describe('masks', () => {
  const advert = { x: 40, y: 40, width: 20, height: 10 };

  test('hide what is below them, whatever the capture shows there', () => {
    const noise = page(100, 100, [{ ...advert, colour: [255, 0, 0, 255] }]);
    const { status, comparison } = compare(
      page(100, 100, [advert]),
      noise,
      { mask: [{ x: 20, y: 20, width: 10, height: 5 }] },
      2,
    );
    expect({ status, ...comparison }).toMatchObject({ status: 'unchanged', diffPixels: 0, maskedPixels: 200 });
  });

  test('do not hide the pixels beside them', () => {
    const moved = page(100, 100, [{ ...advert, x: 39 }]);
    const { comparison } = compare(page(100, 100, [advert]), moved, { mask: [advert] });
    expect(comparison).toMatchObject({ diffPixels: 10, regions: [{ x: 39, y: 40, width: 1, height: 10, diffPixels: 10 }] });
  });
});

/** The definition, on whole pictures, in as few words as possible. */
function oracle(a: Pixels, b: Pixels, mask: readonly Rect[], options: { threshold: number; includeAA: boolean }): Set<string> {
  const overlap = { width: Math.min(a.width, b.width), height: Math.min(a.height, b.height) };
  const [cropA, cropB] = [crop(a, overlap), crop(b, overlap)];
  const inOverlap = oracleDiff(cropA, maskedLike(cropA, cropB, mask), options);
  const union = unionOf(a, b);
  const has = (picture: Pixels, x: number, y: number) => x < picture.width && y < picture.height;
  const differing = new Set<string>();
  for (let y = 0; y < union.height; y++) {
    for (let x = 0; x < union.width; x++) {
      const inBoth = has(a, x, y) && has(b, x, y);
      const differs = inBoth ? inOverlap[y * overlap.width + x] : has(a, x, y) !== has(b, x, y) && !isWithin(x, y, mask);
      if (differs === true) {
        differing.add(`${x},${y}`);
      }
    }
  }
  return differing;
}

/** Differing pixels as the diff picture shows them. */
async function redPixels({ picture }: Compared): Promise<Set<string>> {
  if (picture === undefined) {
    return new Set();
  }
  const { width, data } = PNG.sync.read(Buffer.from(await drawDiff(picture, [])));
  return new Set(
    Array.from({ length: data.length / 4 }, (_, index) => index)
      .filter((index) => data.readUIntBE(index * 4, 3) === 0xe00020)
      .map((index) => `${index % width},${Math.floor(index / width)}`),
  );
}

test.each<[Alphas, number]>([
  ['opaque', 500],
  ['any', 500],
])('sizes, masks, counts and the diff picture agree with whole-picture pixelmatch, pixels being %s', async (alphas, numRuns) => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryPair(24, alphas),
      cut,
      cut,
      rects,
      thresholds,
      fc.boolean(),
      async (pair, cutA, cutB, mask, threshold, includeAA) => {
        const [a, b] = [cutOff(pair.a, cutA), cutOff(pair.b, cutB)];
        const result = compare(a, b, { threshold, includeAntiAliasing: includeAA, mask });
        const expected = oracle(a, b, mask, { threshold, includeAA });
        expect(result.comparison.diffPixels).toBe(expected.size);
        expect(result.comparison.regions.reduce((sum, { diffPixels }) => sum + diffPixels, 0)).toBe(expected.size);
        const inBoth = [...expected].filter((pixel) => {
          const [x, y] = pixel.split(',').map(Number);
          return x! < Math.min(a.width, b.width) && y! < Math.min(a.height, b.height);
        });
        expect(await redPixels(result)).toEqual(new Set(inBoth));
      },
    ),
    { numRuns },
  );
});
