import { wrap } from './wrap.ts';

/** From now on the page's random numbers are those of the seed, the same in every document. */
export function seedRandom(seed: string): void {
  const next = generatorOf(seed);
  wrap(Math, 'random', () => next() / 2 ** 32);
  wrap(Crypto.prototype, 'getRandomValues', (_native, _self, [array]) => {
    const { buffer, byteOffset, byteLength } = array as Uint8Array;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    for (let at = 0; at < bytes.length; at += 1) {
      bytes[at] = next() & 0xff;
    }
    return array;
  });
  wrap(Crypto.prototype, 'randomUUID', () => {
    const bytes = Array.from({ length: 16 }, () => next() & 0xff);
    // Version 4, variant 1 (RFC 9562, 5.4).
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  });
}

/**
 * Whole numbers from 0 to 2^32 - 1, as random as pictures need: splitmix32, begun with an FNV-1a hash of the seed.
 * (Steele et al., Fast Splittable Pseudorandom Number Generators; http://www.isthe.com/chongo/tech/comp/fnv.)
 */
function generatorOf(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
