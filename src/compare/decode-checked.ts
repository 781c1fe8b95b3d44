import { PNG } from 'pngjs';
import type { Size } from '../report/model.ts';
import { pictureLimits } from './limits.ts';

/** Width × height × RGBA bytes. */
export interface Pixels extends Size {
  readonly pixels: Uint8Array;
}

/**
 * A whole PNG in memory, for a second look at a picture that was compared or inspected before: pngjs dies or hangs on
 * hostile data, so it must never be the first to see a file. Undefined when the picture is too large to be held.
 */
export function decodeChecked(png: Uint8Array): Pixels | undefined {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  // IHDR is the first chunk: width and height stand behind the signature, its length and its type.
  if (file.readUInt32BE(16) * file.readUInt32BE(20) > pictureLimits.pixelsHeldWhole) return undefined;
  const { width, height, data } = PNG.sync.read(file);
  return { width, height, pixels: data };
}

/** The pixels as 32-bit words, copied only where their bytes are not aligned. */
export function wordsOf(pixels: Uint8Array): Uint32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}
