import type { ComparePair, CompareResult, InspectResult } from './comparer.ts';

/** What the pool asks a worker, one question at a time. */
export type WorkerRequest =
  | { readonly kind: 'compare'; readonly pair: ComparePair }
  | { readonly kind: 'inspect'; readonly bytes: Uint8Array };

/** What comes back for each kind of question. */
export interface WorkerAnswers {
  readonly compare: CompareResult;
  readonly inspect: InspectResult;
}
