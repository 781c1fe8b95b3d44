import { type DecodedPicture, decodeParsed } from './decode.ts';
import { parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';

/** The picture whole in memory, for a second look that no verdict hangs on; undefined when it is unreadable or too large. */
export function tryDecode(file: Uint8Array, largestPx = Number.POSITIVE_INFINITY): DecodedPicture | undefined {
  try {
    const png = parsePng(file);
    return png.header.width * png.header.height > largestPx ? undefined : decodeParsed(png);
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return undefined;
    }
    throw error;
  }
}

/** The pixels as 32-bit words, copied only where their bytes are not aligned. */
export function wordsOf(pixels: Uint8Array): Uint32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}
