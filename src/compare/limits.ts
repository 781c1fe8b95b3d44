import type { Size } from '../basics/geometry.ts';
import { UnreadablePicture } from './unreadable.ts';

/**
 * What a picture may be, checked before anything is allocated for its pixels. Ten times beyond the longest pages that
 * Chrome captures in one piece, and low enough that no file can exhaust a runner's memory.
 */
export const pictureLimits = {
  /** Of the file. A 1280×30000 page is 1 to 10 MB. */
  fileBytes: 128 * 1024 * 1024,
  /** Of a PNG, whatever is in them: more than one for each row of the tallest picture. */
  chunks: 250_000,
  /** Of a JPEG. */
  segments: 65_536,
  /** Width or height, so that a few rows always fit into memory. */
  sidePx: 65_535,
  /** Width × height of a picture that is read row by row. */
  pixels: 400_000_000,
  /** Width × height of a picture that must be held whole (see decode.ts), 4 bytes a pixel. */
  pixelsHeldWhole: 40_000_000,
  /** Deflate expands one byte to at most 1,032: more pixels than that cannot be in the file (RFC 1951: 258 bytes in 2 bits). */
  deflateRatio: 1032,
} as const;

/** @throws UnreadablePicture when a file is too large to be a picture, so that it need not be read. */
export function checkFileSize(sizeBytes: number): void {
  if (sizeBytes > pictureLimits.fileBytes) {
    throw new UnreadablePicture(`its ${count(sizeBytes)} bytes are above the limit of ${count(pictureLimits.fileBytes)}`);
  }
}

/** @throws UnreadablePicture when the size is none or above the limits. */
export function checkSize({ width, height }: Size): void {
  if (width === 0 || height === 0) {
    throw new UnreadablePicture(`it declares a size of ${width}×${height}`);
  }
  const { sidePx, pixels } = pictureLimits;
  if (width > sidePx || height > sidePx || width * height > pixels) {
    throw new UnreadablePicture(
      `its size of ${width}×${height} is above the limits of ${count(sidePx)} pixels a side and ${count(pixels)} in all`,
    );
  }
}

/** @throws UnreadablePicture when a picture that must be held whole is too large for that. */
export function checkHeldWhole({ width, height }: Size): void {
  const { pixelsHeldWhole } = pictureLimits;
  if (width * height <= pixelsHeldWhole) {
    return;
  }
  throw new UnreadablePicture(
    `its size of ${width}×${height} is above the limit of ${count(pixelsHeldWhole)} pixels for PNGs of its kind; save it as 8-bit RGB without interlacing`,
  );
}

/** @throws UnreadablePicture when so few compressed bytes cannot hold so much data. */
export function checkDeflateRatio(compressedBytes: number, declaredBytes: number): void {
  if (declaredBytes <= compressedBytes * pictureLimits.deflateRatio) {
    return;
  }
  throw new UnreadablePicture(`its ${count(compressedBytes)} bytes of picture data cannot hold the size that it declares`);
}

/** Rows are worked on in slabs of about this size, so that they stay in the processor's cache. */
const slabBytes = 256 * 1024;

/** How many rows of `stride` bytes make a slab, at least one. */
export function rowsWithin(stride: number, bytes: number = slabBytes): number {
  return Math.max(1, Math.floor(bytes / stride));
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
