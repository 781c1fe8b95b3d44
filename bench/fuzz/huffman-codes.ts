import type { SeededRandom } from './random.ts';

/** A code as it stands in the stream: its bits, the first in the lowest. */
export interface Code {
  readonly bits: number;
  readonly length: number;
}

/** Canonical codes (RFC 1951, 3.2.2), by symbol. Those of lengths that make no code are of any bits. */
export function codesOf(lengths: readonly number[]): ReadonlyMap<number, Code> {
  const codes = new Map<number, Code>();
  let code = 0;
  for (let length = 1; length <= 15; length++, code <<= 1) {
    for (const [symbol, its] of lengths.entries()) {
      if (its === length) {
        codes.set(symbol, { bits: reverse(code++, length), length });
      }
    }
  }
  return codes;
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) {
    reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  }
  return reversed;
}

/** Lengths of a code with so many used symbols: complete mostly, else with a length too long or too short. */
export function makeCode(random: SeededRandom, symbols: number, used: number, always?: number): number[] {
  const lengths = new Array<number>(symbols).fill(0);
  const places = new Set(always === undefined || random.once(100) ? [] : [always]);
  while (places.size < Math.min(used, symbols)) {
    places.add(random.once(8) ? symbols - 1 - random.below(Math.min(4, symbols)) : random.below(symbols));
  }
  const leaves = splitLeaves(random, places.size);
  [...places].forEach((place, index) => {
    lengths[place] = leaves[index] ?? 0;
  });
  if (random.once(15)) {
    const place = [...places][random.below(Math.max(1, places.size))] ?? 0;
    lengths[place] = Math.max(0, Math.min(15, (lengths[place] ?? 0) + random.of(-1, 1)));
  }
  return lengths;
}

/** Depths of the leaves of a tree that is split at random, none deeper than 15. A single one is of one bit. */
function splitLeaves(random: SeededRandom, count: number): number[] {
  const leaves = count === 1 ? [1] : [0];
  while (leaves.length < count) {
    // Mostly the last, for long codes.
    const start = random.once(3) ? random.below(leaves.length) : leaves.length - 1;
    const at = [...leaves.keys()].map((index) => (index + start) % leaves.length).find((index) => (leaves[index] ?? 15) < 15);
    const depth = (leaves[at ?? 0] ?? 0) + 1;
    leaves.splice(at ?? 0, 1, depth, depth);
  }
  return leaves;
}
