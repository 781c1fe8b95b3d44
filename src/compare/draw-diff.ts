import type { Rect } from '../basics/geometry.ts';
import type { DiffPicture } from './diff-canvas.ts';
import { diffPalette, hatchedIndex, shadedShade, widePalette } from './diff-palette.ts';
import { hatchArea } from './hatching.ts';
import { rowsWithin } from './limits.ts';
import { encodeIndexedPng, indexedStride } from './png/encode-indexed.ts';
import { forBits } from './shades/shaded-pixels.ts';

/**
 * Makes a painted diff picture a PNG, with changed shades in amber, and with the `hatched` areas, in device pixels, hatched in
 * blue and framed.
 */
export async function drawDiff(picture: DiffPicture, hatched: readonly Rect[]): Promise<Uint8Array> {
  const { size, rows, shaded } = picture;
  if (hatched.length === 0 && shaded.size === 0) {
    return encodeIndexedPng(size, diffPalette, slabsOf(rows, indexedStride(size.width)));
  }
  const stride = 1 + size.width;
  const indexes = unpack(picture, stride);
  for (const [y, row] of shaded) {
    forBits(row, (x) => {
      const at = y * stride + 1 + x;
      indexes[at] = shadedShade(indexes[at] as number);
    });
  }
  for (const area of hatched) {
    hatchArea(area, size, (x, y) => {
      indexes[y * stride + 1 + x] = hatchedIndex;
    });
  }
  return encodeIndexedPng(size, widePalette, slabsOf(indexes, stride));
}

/** A byte a pixel, because these are more colours than four bits hold. */
function unpack({ size: { width, height }, rows }: DiffPicture, stride: number): Uint8Array {
  const packedStride = indexedStride(width);
  const indexes = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const packed = y * packedStride + 1;
    const row = y * stride + 1;
    for (let at = 0; at < width >> 1; at++) {
      const byte = rows[packed + at] as number;
      indexes[row + 2 * at] = byte >> 4;
      indexes[row + 2 * at + 1] = byte & 0x0f;
    }
    if (width % 2 === 1) {
      indexes[row + width - 1] = (rows[packed + (width >> 1)] as number) >> 4;
    }
  }
  return indexes;
}

/** Deflating is given a part at a time, so that what waits for it stays small. */
function* slabsOf(rows: Uint8Array, stride: number): Generator<Uint8Array> {
  const slab = rowsWithin(stride) * stride;
  for (let start = 0; start < rows.length; start += slab) {
    yield rows.subarray(start, start + slab);
  }
}
