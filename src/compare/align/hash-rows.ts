import type { DecodedPicture } from '../decode.ts';
import { wordsOf } from '../try-decode.ts';

/** FNV-1a's prime for 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */
const prime = 0x01000193;
const offsetBasis = 0x811c9dc5;

/** One 32-bit hash a row, of its pixels as 32-bit words: rows that are equal have the same. */
export function hashRows({ width, height, pixels }: DecodedPicture): Uint32Array {
  const hashes = new Uint32Array(height);
  const words = wordsOf(pixels);
  for (let y = 0, at = 0; y < height; y++) {
    let hash = offsetBasis;
    for (const end = at + width; at < end; at++) {
      hash = Math.imul(hash ^ (words[at] as number), prime);
      // The prime moves nothing downwards, so without this the upper bytes of a pixel would not spread.
      hash ^= hash >>> 15;
    }
    hashes[y] = hash >>> 0;
  }
  return hashes;
}
