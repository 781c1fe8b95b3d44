import type { CaptureReport, RunReport } from '../report/model.ts';

export interface RunIntent {
  /** The run has a source of baselines. */
  readonly comparing: boolean;
  /** The run writes baselines. */
  readonly updating: boolean;
  /** The run has a share of the captures only, which may well be none. */
  readonly sharded: boolean;
  /** `allow-empty` is set. */
  readonly allowed: boolean;
}

/**
 * Whether a run says nothing about the pages although it should: it had no captures, or there are baselines and none of
 * them belongs to a capture, as after a renaming. A first run, before there are any baselines, is as it should be.
 */
export function decideNothingCompared(
  captures: readonly Pick<CaptureReport, 'status'>[],
  { comparing, updating, sharded, allowed }: RunIntent,
): RunReport['nothingCompared'] {
  if (sharded) {
    return undefined;
  }
  const counted = (status: CaptureReport['status']): number => captures.filter((capture) => capture.status === status).length;
  const removed = counted('removed');
  if (captures.length === removed) {
    return { reason: 'There was nothing to capture.', allowed };
  }
  const taken = counted('added') + counted('captured');
  const missed = comparing && !updating && removed > 0 && taken + removed === captures.length;
  return missed
    ? {
        reason: `Nothing was compared: there are baselines (${removed}), but none belongs to one of the captures (${taken}). Were targets or viewports renamed, or is this another source of baselines?`,
        allowed,
      }
    : undefined;
}
