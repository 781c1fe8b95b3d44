import { formatPlural } from '../basics/format.ts';
import type { CaptureReport, RunReport } from './model.ts';

export interface RunIntent {
  /** The run has a source of baselines. */
  readonly comparing: boolean;
  /** The run writes baselines. */
  readonly updating: boolean;
  /** The run has a share of the captures only, which may well be none. */
  readonly sharded: boolean;
  /** `allow-empty` is set. */
  readonly allowed: boolean;
  /** No capture fails the step, whatever becomes of it (`fail-on: none`). */
  readonly lenient: boolean;
}

type EndedCapture = Pick<CaptureReport, 'status' | 'hasBaseline' | 'baselineUrl'>;

interface Cause {
  /** Whether this is what kept the capture from being compared. */
  holdsFor(capture: EndedCapture): boolean;
  /** It, for so many captures. */
  describe(count: number): string;
}

/** What may keep captures and baselines from meeting, beside names that do not match. */
const causes: readonly Cause[] = [
  { holdsFor: ({ status }) => status === 'failed', describe: (count) => `${formatPlural(count, 'capture')} failed` },
  { holdsFor: ({ status }) => status === 'skipped', describe: (count) => `${formatPlural(count, 'capture')} not tried` },
  {
    holdsFor: ({ status, hasBaseline }) => status === 'captured' && hasBaseline === true,
    describe: (count) => `${formatPlural(count, 'capture')} in JPEG, which is never compared (set format: png)`,
  },
  {
    holdsFor: ({ status, baselineUrl }) => status === 'added' && baselineUrl !== undefined,
    describe: (count) => `there is no such page for ${formatPlural(count, 'capture')} (HTTP 404 or 410; is the address right?)`,
  },
];

/**
 * Whether a run says nothing about the pages although it should: it had no captures, or there are baselines and none was
 * compared with a capture. A first run, before there are any baselines, is as it should be.
 */
export function decideNothingCompared(
  captures: readonly EndedCapture[],
  { comparing, updating, sharded, allowed, lenient }: RunIntent,
): RunReport['nothingCompared'] {
  if (sharded) {
    return undefined;
  }
  const count = (holds: (capture: EndedCapture) => boolean): number => captures.filter(holds).length;
  const removed = count(({ status }) => status === 'removed');
  if (captures.length === removed) {
    return { reason: 'There was nothing to capture.', allowed };
  }
  const compared = count(({ status }) => status === 'changed' || status === 'unchanged');
  const twins = count(({ baselineUrl }) => baselineUrl !== undefined);
  const baselines = removed + count(({ hasBaseline }) => hasBaseline === true);
  if (!comparing || updating || compared > 0 || twins + baselines === 0) {
    return undefined;
  }
  const found = causes
    .map(({ holdsFor, describe }) => ({ describe, captures: count(holdsFor) }))
    .filter((one) => one.captures > 0);
  if (found.length === 0) {
    return {
      reason: `Nothing was compared: there are baselines (${removed}), but none belongs to one of the captures (${captures.length - removed}). Were targets or viewports renamed, or is this another source of baselines?`,
      allowed,
    };
  }
  const reasons = [
    ...found.map((cause) => cause.describe(cause.captures)),
    ...(removed > 0 ? [`${formatPlural(removed, 'baseline')} without a capture`] : []),
  ];
  const nothing =
    twins > 0 ? 'Nothing was compared with baseline-url' : `Nothing was compared although there are baselines (${baselines})`;
  const failing = captures.some(({ status }) => status === 'failed' || status === 'skipped');
  return { reason: `${nothing}: ${reasons.join(', ')}.`, allowed: allowed || (lenient && failing) };
}
