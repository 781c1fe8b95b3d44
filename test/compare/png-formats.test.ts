import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { inspectPicture } from '../../src/compare/inspect.ts';
import { encode } from './support/pixels.ts';
import { chunk, type PngPlan, writePng } from './support/write-png.ts';

/** Every colour type and depth of the specification (table 11.1). */
const kinds: readonly [PngPlan['colorType'], readonly PngPlan['bitDepth'][]][] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
];

const allKinds = kinds.flatMap(([colorType, depths]) => depths.map((bitDepth) => ({ colorType, bitDepth })));

const size = { width: 23, height: 19 };
const palette = Array.from({ length: 256 }, (_, index) => [index, 255 - index, (index * 7) % 256] as const);

/** Any value between 0 and 255, other for each sample of each pixel. */
function sampleAt(x: number, y: number, sample: number): number {
  return (x * 11 + y * 7 + sample * 53 + ((x * y) % 5) * 40) % 256;
}

/** The picture of a kind, and what its pixels look like as RGBA. */
function picture(
  colorType: PngPlan['colorType'],
  bitDepth: PngPlan['bitDepth'],
  transparent = false,
): { plan: PngPlan; rgba: Uint8Array } {
  const max = 2 ** bitDepth - 1;
  const rgba = new Uint8Array(size.width * size.height * 4);
  const wide = (value: number) => (bitDepth === 16 ? value * 257 : value >> Math.max(0, 8 - bitDepth));
  const samples = (x: number, y: number) =>
    Array.from({ length: { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colorType] }, (_, index) => wide(sampleAt(x, y, index)));
  const bytesOf = (values: readonly number[]) => values.map((value) => Math.round((value / max) * 255));
  const key = samples(3, 3);
  for (let index = 0; index < size.width * size.height; index++) {
    const values = samples(index % size.width, Math.floor(index / size.width));
    const [a = 0, b = 0, c = 0, d = 255] = bytesOf(values);
    const alpha = transparent && (colorType === 3 ? values[0]! < 2 : values.every((value, at) => value === key[at])) ? 0 : 255;
    const colours =
      colorType === 3
        ? [...palette[values[0]!]!, alpha]
        : { 0: [a, a, a, alpha], 2: [a, b, c, alpha], 4: [a, a, a, b], 6: [a, b, c, d] }[colorType];
    rgba.set(colours, index * 4);
  }
  const plan: PngPlan = {
    ...size,
    colorType,
    bitDepth,
    samples,
    ...(colorType === 3 ? { palette: palette.slice(0, max + 1) } : {}),
    ...(transparent ? { transparency: colorType === 3 ? [0, 0] : key.flatMap((value) => [value >> 8, value & 0xff]) } : {}),
  };
  return { plan, rgba };
}

/** Compared as strictly as can be with the same pixels written as plain RGBA. */
async function expectPixels(file: Buffer, rgba: Uint8Array): Promise<void> {
  expect(await inspectPicture(file)).toEqual({ kind: 'image', format: 'png', size });
  const settings = { threshold: 0, includeAntiAliasing: true, mask: [] };
  const result = await comparePair({ baseline: file, actual: encode({ ...size, rgba }), scale: 1, settings });
  expect(result).toMatchObject({ kind: 'compared', status: 'unchanged', comparison: { diffPixels: 0 } });
  // And the other way round: what is not equal is not taken for equal.
  const other = rgba.slice();
  other[0] = rgba[0]! ^ 0x80;
  other[3] = 255;
  const changed = await comparePair({ baseline: file, actual: encode({ ...size, rgba: other }), scale: 1, settings });
  expect(changed).toMatchObject({ status: 'changed', comparison: { diffPixels: 1 } });
}

describe.each(allKinds)('colour type $colorType with $bitDepth bits', ({ colorType, bitDepth }) => {
  test.each([0, 1, 2, 3, 4])('filter %i', async (filter) => {
    const { plan, rgba } = picture(colorType, bitDepth);
    await expectPixels(writePng({ ...plan, filter: () => filter }), rgba);
  });

  test('all filters, in many small chunks', async () => {
    const { plan, rgba } = picture(colorType, bitDepth);
    await expectPixels(writePng({ ...plan, filter: (row) => row % 5, idatBytes: 7 }), rgba);
  });

  test('interlaced', async () => {
    const { plan, rgba } = picture(colorType, bitDepth);
    await expectPixels(writePng({ ...plan, interlaced: true, filter: (row) => (row * 3) % 5 }), rgba);
  });
});

const keyed = allKinds.filter(({ colorType }) => colorType === 0 || colorType === 2 || colorType === 3);
test.each(keyed)('colour type $colorType with $bitDepth bits and transparent pixels', async ({ colorType, bitDepth }) => {
  const { plan, rgba } = picture(colorType, bitDepth, true);
  await expectPixels(writePng({ ...plan, filter: (row) => row % 5 }), rgba);
});

describe('chunks', () => {
  const { plan, rgba } = picture(2, 8);
  const text = chunk('tEXt', Buffer.from('Comment\0any'));

  test('that need not be understood may stand anywhere', async () => {
    const extra = {
      beforePalette: [chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])), text],
      beforeData: [chunk('pHYs', Buffer.alloc(9)), text],
      afterData: [text, chunk('tIME', Buffer.alloc(7))],
    };
    await expectPixels(writePng({ ...plan, extra }), rgba);
  });

  test('with a palette to suggest, which RGB pictures may have', async () => {
    await expectPixels(writePng({ ...plan, palette: palette.slice(0, 10) }), rgba);
  });

  test('with no data, among those with', async () => {
    const file = writePng({ ...plan, extra: { beforeData: [chunk('IDAT', Buffer.alloc(0))] } });
    await expectPixels(file, rgba);
  });

  test('are over at IEND: what stands behind it is no part of the picture', async () => {
    await expectPixels(Buffer.concat([writePng(plan), Buffer.from('anything')]), rgba);
    const held = picture(3, 4);
    await expectPixels(Buffer.concat([writePng(held.plan), Buffer.from('anything')]), held.rgba);
  });
});

test.each([
  [1, 1],
  [1, 300],
  [300, 1],
  [2, 2],
  [3, 5],
  [9, 1],
])('a picture of %i×%i', async (width, height) => {
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_, index) => (index % 4 === 3 ? 255 : (index * 31) % 256));
  for (const interlaced of [false, true]) {
    const samples = (x: number, y: number) => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    const file = writePng({ width, height, colorType: 2, bitDepth: 8, interlaced, samples, filter: (row) => (row + 1) % 5 });
    expect(new Uint8Array(PNG.sync.read(file).data)).toEqual(rgba);
    const settings = { threshold: 0, includeAntiAliasing: true, mask: [] };
    const result = await comparePair({ baseline: file, actual: encode({ width, height, rgba }), scale: 1, settings });
    expect(result).toMatchObject({ status: 'unchanged', comparison: { diffPixels: 0, actualSize: { width, height } } });
  }
});
