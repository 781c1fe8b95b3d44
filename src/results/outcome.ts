import { formatPlural } from '../basics/format.ts';
import type { CaptureReport, CaptureStatus, Outcome, Report, Totals } from './model.ts';
import { statusesByRank } from './statuses.ts';

/** Counts captures by status. */
export function countTotals(captures: readonly Pick<CaptureReport, 'status'>[]): Totals {
  const totals = {
    captures: captures.length,
    unchanged: 0,
    changed: 0,
    added: 0,
    removed: 0,
    captured: 0,
    failed: 0,
    skipped: 0,
  };
  for (const { status } of captures) {
    totals[status] += 1;
  }
  return totals;
}

/** What was found, whatever `fail-on` makes of it. Added and removed captures alone pass. */
export function decideOutcome(totals: Totals): Outcome {
  if (totals.failed > 0 || totals.skipped > 0) {
    return 'failed';
  }
  return totals.changed > 0 ? 'changed' : 'passed';
}

/** Why the step fails: a status that `fail-on` names, and how many captures have it. */
export interface FailReason {
  readonly status: CaptureStatus;
  readonly count: number;
}

/** The statuses for which `fail-on` fails the step; none: the step passes. */
export function decideFailReasons(report: Pick<Report, 'captures' | 'run'>): FailReason[] {
  const failing = report.captures.filter((capture) => failsStep(capture, report.run.failOn));
  return statusesByRank
    .map((status) => ({ status, count: failing.filter((capture) => capture.status === status).length }))
    .filter(({ count }) => count > 0);
}

/** Whether the step fails, which is `fail-on`'s word. */
export function decideStepFails(report: Pick<Report, 'captures' | 'run'>): boolean {
  return report.run.nothingCompared?.allowed === false || decideFailReasons(report).length > 0;
}

/**
 * Whether this capture alone would fail the step. A difference just taken as the new baseline is no reason to. A
 * skipped capture counts as `failed` too, as it does in the outcome: a run that stopped early has not looked at
 * everything, so it must not be green by default.
 */
export function failsStep(capture: CaptureReport, failOn: readonly CaptureStatus[]): boolean {
  if (capture.status === 'skipped') {
    return failOn.includes('skipped') || failOn.includes('failed');
  }
  return failOn.includes(capture.status) && capture.baselineUpdated !== true;
}

/** e.g. `2 captures changed, 1 capture failed`. */
export function describeFailReasons(reasons: readonly FailReason[]): string {
  return reasons.map(({ status, count }) => `${formatPlural(count, 'capture')} ${status}`).join(', ');
}
