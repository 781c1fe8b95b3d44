import { comparePair, inspectPicture } from './compare-pair.ts';
import type { Comparer } from './comparer.ts';

/** Compares on the calling thread: for a few pictures, and for tests. The bytes stay the caller's. */
export function createInProcessComparer(): Comparer {
  return {
    compare: async (pair) => comparePair(typeof pair === 'function' ? await pair() : pair),
    inspect: inspectPicture,
    [Symbol.asyncDispose]: async () => {},
  };
}
