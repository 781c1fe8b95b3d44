import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePng } from '../../../src/compare/decode.ts';
import { cropPng } from '../../../src/compare/triptych/crop.ts';
import { UnreadablePicture } from '../../../src/compare/unreadable.ts';
import { type PngPlan, writePng } from '../support/write-png.ts';

/** Every kind that is taken row by row, and some that are not. */
const kinds = [
  { colorType: 2, bitDepth: 8 },
  { colorType: 6, bitDepth: 8 },
  { colorType: 3, bitDepth: 1 },
  { colorType: 3, bitDepth: 2 },
  { colorType: 3, bitDepth: 4 },
  { colorType: 3, bitDepth: 8 },
  { colorType: 0, bitDepth: 8 },
  { colorType: 2, bitDepth: 16 },
  { colorType: 6, bitDepth: 8, interlaced: true },
] as const;

test('the crop is that part of the whole picture, whatever its kind and filters', async () => {
  const side = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), side, side, side, side, fc.nat(60), fc.nat(), async (kind, ...numbers) => {
      const [width, height, cropWidth, cropHeight, x, seed] = numbers;
      const file = writePng(planOf(kind, width, height, seed));
      const area = { x: x % width, y: seed % height, width: cropWidth, height: cropHeight };
      const whole = decodePng(file);
      const { rgba } = await cropPng(file, area);
      for (let row = 0; row < cropHeight; row++) {
        for (let column = 0; column < cropWidth; column++) {
          const inside = area.x + column < width && area.y + row < height;
          const from = ((area.y + row) * width + area.x + column) * 4;
          const expected = inside ? [...whole.pixels.subarray(from, from + 4)] : [0, 0, 0, 0];
          expect([...rgba.subarray((row * cropWidth + column) * 4, (row * cropWidth + column) * 4 + 4)]).toEqual(expected);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a page of several slabs is unfiltered across them', async () => {
  const file = writePng(planOf({ colorType: 6, bitDepth: 8 }, 300, 1000, 5));
  const { rgba } = await cropPng(file, { x: 7, y: 990, width: 20, height: 10 });
  const whole = decodePng(file);
  expect(rgba.subarray(0, 80)).toEqual(new Uint8Array(whole.pixels.subarray((990 * 300 + 7) * 4, (990 * 300 + 27) * 4)));
});

test('a file that ends early cannot be used', async () => {
  const file = writePng(planOf({ colorType: 2, bitDepth: 8 }, 10, 10, 1));
  await expect(cropPng(file.subarray(0, -20), { x: 0, y: 0, width: 5, height: 5 })).rejects.toThrow(UnreadablePicture);
});

const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Pixels and filters that look random and are the same on every run. */
function planOf(
  { colorType, bitDepth, ...rest }: Pick<PngPlan, 'colorType' | 'bitDepth' | 'interlaced'>,
  width: number,
  height: number,
  seed: number,
): PngPlan {
  const at = (x: number, y: number, sample: number): number => (x * 31 + y * 57 + sample * 101 + seed) * 2_654_435_761;
  return {
    ...rest,
    colorType,
    bitDepth,
    width,
    height,
    samples: (x, y) => Array.from({ length: samplesOf[colorType] }, (_, sample) => (at(x, y, sample) >>> 8) % 2 ** bitDepth),
    filter: (row) => (row * 3 + seed) % 5,
    ...(colorType === 3
      ? { palette: Array.from({ length: 2 ** bitDepth }, (_, index) => [index, 255 - index, (index * 7) % 256] as const) }
      : {}),
  };
}
