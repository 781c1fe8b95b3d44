import { formatPlural } from './format.ts';
import type { CaptureReport, RunReport } from './model.ts';

export interface RunIntent {
  /** The run has a source of baselines. */
  readonly comparing: boolean;
  /** Ids of the baselines there are, as far as they are known; those of removed captures need not be among them. */
  readonly baselineIds: ReadonlySet<string>;
  /** The run writes baselines. */
  readonly updating: boolean;
  /** The run has a share of the captures only, which may well be none. */
  readonly sharded: boolean;
  /** `allow-empty` is set. */
  readonly allowed: boolean;
  /** No capture fails the step, whatever becomes of it (`fail-on: none`). */
  readonly lenient: boolean;
}

/**
 * Whether a run says nothing about the pages although it should: it had no captures, or there are baselines and none of
 * them belongs to a capture, as after a renaming, or those captures failed to which they belong. A first run, before
 * there are any baselines, is as it should be.
 */
export function decideNothingCompared(
  captures: readonly Pick<CaptureReport, 'id' | 'status'>[],
  { comparing, baselineIds, updating, sharded, allowed, lenient }: RunIntent,
): RunReport['nothingCompared'] {
  if (sharded) {
    return undefined;
  }
  const counted = (status: CaptureReport['status']): number => captures.filter((capture) => capture.status === status).length;
  const removed = counted('removed');
  if (captures.length === removed) {
    return { reason: 'There was nothing to capture.', allowed };
  }
  if (!comparing || updating || counted('changed') + counted('unchanged') > 0) {
    return undefined;
  }
  const without = captures.filter(({ status }) => status === 'failed' || status === 'skipped');
  const missed = without.filter(({ id }) => baselineIds.has(id));
  const baselines = removed + missed.length;
  if (baselines === 0) {
    return undefined;
  }
  const taken = counted('added') + counted('captured');
  return without.length > 0
    ? {
        reason: `Nothing was compared although there are baselines (${baselines}): ${describeWithout(counted('failed'), counted('skipped'))}.`,
        allowed: allowed || lenient,
      }
    : {
        reason: `Nothing was compared: there are baselines (${removed}), but none belongs to one of the captures (${taken}). Were targets or viewports renamed, or is this another source of baselines?`,
        allowed,
      };
}

function describeWithout(failed: number, skipped: number): string {
  return [
    ...(failed > 0 ? [`${formatPlural(failed, 'capture')} failed`] : []),
    ...(skipped > 0 ? [`${formatPlural(skipped, 'capture')} ${skipped === 1 ? 'was' : 'were'} not tried`] : []),
  ].join(', ');
}
