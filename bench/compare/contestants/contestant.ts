import type { PairPaths } from '../sets.ts';

/** Somebody who compares pictures, started and ready. */
export interface Contestant {
  /** Compares all pairs as fast as it can, writing a diff picture for each differing one where it draws them. */
  compareAll(pairs: readonly PairPaths[], diffFolder: string): Promise<Counts>;
  stop(): Promise<void>;
}

/** Differing pixels of each pair, undefined where it does not say. */
export type Counts = (number | undefined)[];

/** Starts a contestant. Its start is not measured. */
export type Start = () => Promise<Contestant>;

/** Calls `compare` for each pair, `atOnce` at a time. */
export async function compareEach(
  atOnce: number,
  pairs: readonly PairPaths[],
  diffFolder: string,
  compare: (pair: PairPaths, diff: string) => Promise<number | undefined>,
): Promise<Counts> {
  const counts: Counts = [];
  const queue = pairs.entries();
  const work = async () => {
    for (const [index, pair] of queue) {
      counts[index] = await compare(pair, `${diffFolder}/${pair.name}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return counts;
}
