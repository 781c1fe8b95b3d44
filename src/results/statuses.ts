import type { CaptureStatus } from './model.ts';

/** How a status is told and ranked. */
export interface StatusWords {
  /** Worst first: 0 is what a person must see before anything else. */
  readonly rank: number;
  /** One character wide; reads without colour. */
  readonly symbol: string;
  readonly label: string;
  /** What it means, in one sentence. */
  readonly meaning: string;
}

export const statusWords: { readonly [Status in CaptureStatus]: StatusWords } = {
  failed: {
    rank: 0,
    symbol: '✗',
    label: 'Failed',
    meaning: 'There is no verdict, because the capture or its baseline is unavailable.',
  },
  changed: { rank: 1, symbol: '≠', label: 'Changed', meaning: 'It differs from its baseline by more than is allowed.' },
  added: { rank: 2, symbol: '+', label: 'Added', meaning: 'There is no baseline for it yet.' },
  removed: { rank: 3, symbol: '−', label: 'Removed', meaning: 'There is a baseline, but no target for it any more.' },
  skipped: { rank: 4, symbol: '○', label: 'Skipped', meaning: 'The run stopped before it was tried.' },
  captured: { rank: 5, symbol: '•', label: 'Captured', meaning: 'It was captured, but not compared with anything.' },
  unchanged: { rank: 6, symbol: '✓', label: 'Unchanged', meaning: 'It equals its baseline, within the allowed difference.' },
};

/** All statuses, worst first. */
export const statusesByRank = Object.entries(statusWords)
  .sort(([, a], [, b]) => a.rank - b.rank)
  .map(([status]) => status as CaptureStatus);
