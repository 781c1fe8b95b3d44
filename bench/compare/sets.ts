import { join } from 'node:path';
import type { PageChange } from './pages.ts';

/** How the baselines are encoded: by the browser that made the captures, or by others. */
export type Encoding = 'alike' | 'differently';

export interface CorpusSet {
  readonly name: string;
  readonly title: string;
  /** Device pixels of each picture. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly pairs: number;
  /** How many of them differ. */
  readonly changed: number;
  readonly change: PageChange;
  readonly encodings: readonly Encoding[];
}

export const sets: readonly CorpusSet[] = [
  {
    name: 'screens',
    title: '50 pairs of 1920×1080, 5 differing',
    width: 1920,
    height: 1080,
    scale: 1,
    pairs: 50,
    changed: 5,
    change: 'small',
    encodings: ['alike', 'differently'],
  },
  {
    name: 'long',
    title: '10 pairs of 1280×12000, 1 differing',
    width: 1280,
    height: 12_000,
    scale: 1,
    pairs: 10,
    changed: 1,
    change: 'small',
    encodings: ['differently'],
  },
  {
    name: 'huge',
    title: '1 pair of 3500×10000, most of it moved',
    width: 3500,
    height: 10_000,
    scale: 2,
    pairs: 1,
    changed: 1,
    change: 'large',
    encodings: ['alike'],
  },
  {
    name: 'tall',
    title: '4 pairs of 1280×30000, 1 differing',
    width: 1280,
    height: 30_000,
    scale: 1,
    pairs: 4,
    changed: 1,
    change: 'small',
    encodings: ['differently'],
  },
  {
    name: 'theme',
    title: '10 pairs of 1280×6000, every pixel of another colour',
    width: 1280,
    height: 6000,
    scale: 1,
    pairs: 10,
    changed: 10,
    change: 'theme',
    encodings: ['alike'],
  },
  {
    name: 'shade',
    title: '10 pairs of 1280×6000, the background in another shade',
    width: 1280,
    height: 6000,
    scale: 1,
    pairs: 10,
    changed: 10,
    change: 'shade',
    encodings: ['alike'],
  },
];

export const corpusFolder = join(import.meta.dirname, 'corpus');

export interface PairPaths {
  readonly name: string;
  readonly baseline: string;
  readonly actual: string;
}

export function pathsOf(set: CorpusSet, encoding: Encoding): PairPaths[] {
  return Array.from({ length: set.pairs }, (_, index) => {
    const name = `${String(index).padStart(2, '0')}.png`;
    return { name, baseline: join(corpusFolder, set.name, encoding, name), actual: join(corpusFolder, set.name, 'actual', name) };
  });
}

/** Whether the pair of this index differs: evenly spread over the set. */
export function isChanged({ pairs, changed }: CorpusSet, index: number): boolean {
  return index % (pairs / changed) === Math.floor(pairs / changed / 2);
}
