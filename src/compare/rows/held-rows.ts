import { decodeParsed } from '../decode.ts';
import type { Png } from '../png/parse.ts';
import type { RowSource } from './row-source.ts';

/**
 * The rows of any PNG, decoded whole into RGBA and given out as if they had not been filtered.
 * @throws UnreadablePicture
 */
export function holdRows(png: Png): RowSource {
  const { width, height, pixels } = decodeParsed(png);
  const rowBytes = width * 4;
  let next = 0;
  return {
    size: { width, height },
    bytesPerPixel: 4,
    stride: 1 + rowBytes,
    read: async (target) => {
      for (let byte = 0; byte < target.length; byte += 1 + rowBytes, next += rowBytes) {
        target[byte] = 0; // filter type "none"
        target.set(pixels.subarray(next, next + rowBytes), byte + 1);
      }
    },
    finish: async () => {},
    [Symbol.dispose]: () => {},
  };
}
