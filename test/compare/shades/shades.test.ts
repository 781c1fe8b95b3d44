import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../src/basics/geometry.ts';
import { comparePair } from '../../../src/compare/compare-pair.ts';
import type { ComparePair, CompareResult } from '../../../src/compare/comparer.ts';
import type { CompareSettings } from '../../../src/plan/capture.ts';
import { encode, type Pixels } from '../support/pixels.ts';

type Colour = readonly [number, number, number];
type ColourAt = (x: number, y: number) => Colour | readonly [number, number, number, number];

const size = { width: 300, height: 200 };
const pale: Colour = [240, 239, 245];
const paler: Colour = [224, 223, 229];

function draw(colourAt: ColourAt): Pixels {
  const rgba = new Uint8Array(size.width * size.height * 4).fill(255);
  for (let at = 0; at < size.width * size.height; at++) {
    rgba.set(colourAt(at % size.width, Math.floor(at / size.width)), at * 4);
  }
  return { ...size, rgba };
}

const isIn = ({ x, y, width, height }: Rect, px: number, py: number): boolean =>
  px >= x && px < x + width && py >= y && py < y + height;

/** One colour, with areas of others, drawn in order. */
const page =
  (background: Colour, ...areas: readonly (Rect & { readonly colour: Colour })[]): ColourAt =>
  (x, y) =>
    areas.findLast((area) => isIn(area, x, y))?.colour ?? background;

function compare(
  baseline: ColourAt,
  actual: ColourAt,
  settings: Partial<CompareSettings> = {},
  more: Partial<ComparePair> = {},
): Extract<CompareResult, { kind: 'compared' }> {
  const result = comparePair({
    baseline: encode(draw(baseline)),
    actual: encode(draw(actual)),
    scale: 1,
    settings: { threshold: 0.1, includeAntiAliasing: false, mask: [], shades: 'warn', ...settings },
    ...more,
  });
  if (result.kind !== 'compared') {
    throw new Error(result.reason);
  }
  return result;
}

/** A pale page on which an area takes another shade. */
const shaded = (area: Rect, to: Colour = paler, scale = 1) =>
  compare(page(pale), page(pale, { ...area, colour: to }), {}, { scale }).shades;
const everything = { x: 0, y: 0, ...size };
const lighter = (by: number): Colour => [pale[0] - by, pale[1] - by, pale[2] - by];

describe('a shade', () => {
  test('is told where nothing visible differs, over the whole picture', () => {
    expect(compare(page(pale), page(paler))).toMatchObject({
      status: 'unchanged',
      comparison: { diffPixels: 0, regions: [] },
      shades: [{ ...everything, diffPixels: 60_000, from: '#f0eff5', to: '#e0dfe5' }],
    });
  });

  test.each<[string, Rect, number]>([
    ['a plain area of 23 × 23', { x: 40, y: 40, width: 23, height: 23 }, 1],
    ['one that is a column narrower', { x: 40, y: 40, width: 22, height: 23 }, 0],
    ['one that is a row lower', { x: 40, y: 40, width: 23, height: 22 }, 0],
    ['a strip of 8 rows', { x: 0, y: 40, width: 300, height: 8 }, 1],
    ['a strip of 7 rows over the whole width, as an edge that moved leaves it', { x: 0, y: 40, width: 300, height: 7 }, 0],
    ['a strip of 7 columns', { x: 40, y: 0, width: 7, height: 200 }, 0],
    ['a border', { x: 0, y: 40, width: 300, height: 1 }, 0],
  ])('of %s: %#', (_, area, told) => {
    expect(shaded(area)).toHaveLength(told);
  });

  test('is measured in CSS pixels', () => {
    expect(shaded({ x: 40, y: 40, width: 47, height: 47 }, paler, 2)).toHaveLength(1);
    expect(shaded({ x: 40, y: 40, width: 46, height: 47 }, paler, 2)).toEqual([]);
  });

  test('begins at three steps of gray and ends where the threshold sees it', () => {
    expect([2, 3, 26, 27].map((by) => shaded(everything, lighter(by)).length)).toEqual([0, 1, 1, 0]);
    expect(compare(page(pale), page(lighter(27))).status).toBe('changed');
    expect(compare(page(pale), page(paler), { threshold: 0.05 })).toMatchObject({ status: 'changed', shades: [] });
    expect(compare(page(pale), page(lighter(40)), { threshold: 0.2 })).toMatchObject({ status: 'unchanged', shades: [{}] });
  });

  test('may be uneven by two steps, as on a dithered gradient, and not by three', () => {
    const uneven = (by: number) => compare(page(pale), (x, y) => lighter(16 + ((x + y) % 2) * by)).shades;
    expect(uneven(2)).toMatchObject([{ ...everything, diffPixels: 60_000 }]);
    expect(uneven(3)).toEqual([]);
  });

  test('of a button is told around its text, with the colours that most of it has', () => {
    const button = { x: 60, y: 60, width: 120, height: 40 };
    const blue = (face: Colour, edge: Colour) =>
      page(
        pale,
        { ...button, colour: edge },
        { x: 61, y: 61, width: 118, height: 38, colour: face },
        ...Array.from({ length: 18 }, (_, at) => ({
          x: 84 + at * 4,
          y: 74,
          width: 2,
          height: 12,
          colour: [255, 255, 255] as const,
        })),
      );
    expect(compare(blue([37, 99, 235], [70, 122, 238]), blue([29, 78, 216], [62, 101, 219])).shades).toMatchObject([
      { ...button, from: '#2563eb', to: '#1d4ed8' },
    ]);
  });

  test('of a ring around something else is one', () => {
    const ring = (colour: Colour) =>
      page(
        [255, 255, 255],
        { x: 50, y: 30, width: 200, height: 140, colour },
        { x: 70, y: 50, width: 160, height: 100, colour: [255, 255, 255] },
      );
    expect(compare(ring(pale), ring(paler)).shades).toMatchObject([
      { x: 50, y: 30, width: 200, height: 140, diffPixels: 200 * 140 - 160 * 100 },
    ]);
  });

  test('is told for each area, the largest first', () => {
    const two = (colour: Colour, other: Colour) =>
      page(
        [255, 255, 255],
        { x: 0, y: 0, width: 60, height: 60, colour },
        { x: 60, y: 0, width: 100, height: 60, colour: other },
      );
    expect(compare(two(pale, pale), two(paler, lighter(8))).shades.map(({ x, diffPixels, to }) => [x, diffPixels, to])).toEqual([
      [60, 6000, '#e8e7ed'],
      [0, 3600, '#e0dfe5'],
    ]);
  });

  test('of a translucent picture is none', () => {
    const translucent =
      (colour: Colour): ColourAt =>
      () => [...colour, 200];
    expect(compare(translucent(pale), translucent(paler)).shades).toEqual([]);
  });

  test('is looked for only where that is asked for', () => {
    const { shades: _, ...settings } = { threshold: 0.1, includeAntiAliasing: false, mask: [], shades: undefined };
    const result = comparePair({ baseline: encode(draw(page(pale))), actual: encode(draw(page(paler))), scale: 1, settings });
    expect(result).toMatchObject({ status: 'unchanged', shades: [] });
    expect(result).not.toHaveProperty('picture');
  });
});

describe('where there is no shade:', () => {
  test.each<[string, ColourAt]>([
    ['grain', (x, y) => lighter(((x * 7919 + y * 104_729) % 23) + 3)],
    ['blocks of 8 × 8 as a JPEG has them', (x, y) => lighter(3 + 5 * (((x >> 3) * 31 + (y >> 3) * 17) % 4))],
    ['stripes', (x) => lighter(x % 8 === 7 ? 0 : 12)],
    ['lines', (_, y) => lighter(y % 8 === 7 ? 0 : 12)],
    ['a picture that is lighter here and darker there', (x) => lighter(Math.round(8 * Math.sin(x * 0.8)))],
  ])('%s', (_, actual) => {
    expect(compare(page(pale), actual)).toMatchObject({ status: 'unchanged', comparison: { diffPixels: 0 }, shades: [] });
  });

  test('under a mask', () => {
    const masked = (width: number) => compare(page(pale), page(paler), { mask: [{ x: 0, y: 0, width, height: 200 }] }).shades;
    expect(masked(300)).toEqual([]);
    expect(masked(200)).toMatchObject([{ x: 200, width: 100, diffPixels: 20_000 }]);
  });

  test('where one is known to come and go', () => {
    const known = (width: number) => compare(page(pale), page(paler), {}, { shadeNoise: [{ x: 0, y: 0, width, height: 200 }] });
    expect(known(160).shades).toEqual([]);
    expect(known(140).shades).toHaveLength(1);
  });

  test('where most of the area differs visibly', () => {
    const black: Colour = [0, 0, 0];
    const text = (dx: number): Rect & { colour: Colour } => ({ x: 20 + dx, y: 20, width: 100, height: 60, colour: black });
    const shade = { x: 10, y: 10, width: 120, height: 90, colour: paler };
    expect(compare(page(pale), page(pale, shade, text(0))).shades).toEqual([]);
    const word = { x: 20, y: 20, width: 30, height: 10, colour: black };
    const beside = compare(page(pale), page(pale, shade, word));
    expect([beside.status, beside.comparison.diffPixels, beside.shades.length]).toEqual(['changed', 300, 1]);
  });

  test('where most rows of the picture differ visibly, as when a page moved', () => {
    const card = { x: 150, y: 10, width: 100, height: 60, colour: paler };
    const column = (height: number) => ({ x: 10, y: 0, width: 20, height, colour: [0, 0, 0] as const });
    expect(compare(page(pale), page(pale, card, column(100))).shades).toHaveLength(1);
    expect(compare(page(pale), page(pale, card, column(101))).shades).toEqual([]);
  });
});

describe('with shades: fail', () => {
  const card = { x: 50, y: 40, width: 100, height: 50 };
  const before = page(pale);
  const after = page(pale, { ...card, colour: paler }, { x: 200, y: 150, width: 20, height: 10, colour: [0, 0, 0] });

  test('the pixels of a shade count, beside those that differ visibly', () => {
    const counted = compare(before, after, { shades: 'fail' });
    expect(counted).toMatchObject({ status: 'changed', comparison: { diffPixels: 5200 }, shades: [card] });
    expect(counted.comparison.regions).toEqual([
      { ...card, diffPixels: 5000 },
      { x: 200, y: 150, width: 20, height: 10, diffPixels: 200 },
    ]);
    expect(compare(before, after).comparison).toMatchObject({ diffPixels: 200, regions: [{ diffPixels: 200 }] });
  });

  test.each<[Partial<CompareSettings>, string]>([
    [{ maxDiffPixels: 5199 }, 'changed'],
    [{ maxDiffPixels: 5200 }, 'unchanged'],
    [{ maxDiffRatio: 0.08 }, 'changed'],
    [{ maxDiffRatio: 0.09 }, 'unchanged'],
  ])('the allowances hold for them: %o', (allowances, status) => {
    expect(compare(before, after, { shades: 'fail', ...allowances }).status).toBe(status);
  });

  test('what is too small for a shade does not count', () => {
    const small = page(pale, { x: 10, y: 10, width: 20, height: 20, colour: paler });
    expect(compare(before, small, { shades: 'fail' })).toMatchObject({ status: 'unchanged', comparison: { diffPixels: 0 } });
  });
});
