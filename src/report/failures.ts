import { optional } from '../basics/record.ts';
import { errorCode } from '../errors/codes.ts';
import type { CaptureReport, FailureReport, Report } from '../results/model.ts';
import { describeError } from '../services/describe-error.ts';
import { compareBySeverity } from './order.ts';

/** Captures that have no verdict for one and the same reason. */
export interface FailureGroup {
  readonly failure: FailureReport;
  /** The reason lies with the run, the account or the service, not with the captures it hit. */
  readonly runWide: boolean;
  readonly failed: readonly CaptureReport[];
  readonly skipped: readonly CaptureReport[];
  /** A page that says more about the reason. */
  readonly docs?: string;
}

/** Only for a report that was not written by this version: every failure carries its reason. */
const unexplained: FailureReport = {
  code: 'unexpected_response',
  message: 'No reason was recorded.',
  fix: 'Look for the capture in the log of the run.',
};

/**
 * Failed and skipped captures by reason: the run's own reasons first, then what hit the most captures. Captures are
 * one group when their reason stopped or held the whole run, or is told in the very same words.
 */
export function groupFailures(report: Pick<Report, 'captures' | 'stopped' | 'run'>): FailureGroup[] {
  const without = report.captures
    .filter(({ status }) => status === 'failed' || status === 'skipped')
    .toSorted(compareBySeverity)
    .map((capture) => ({ capture, failure: capture.error ?? report.stopped ?? unexplained }));
  const groups = [...Map.groupBy(without, ({ failure }) => groupKey(failure, report.stopped)).values()].flatMap(
    (members): FailureGroup[] => {
      const failure = members[0]?.failure;
      if (failure === undefined) {
        return [];
      }
      const captures = members.map(({ capture }) => capture);
      return [
        {
          // What stopped the run knows best how much was left undone.
          failure: report.stopped?.code === failure.code ? report.stopped : failure,
          runWide: isRunWide(failure),
          failed: captures.filter(({ status }) => status === 'failed'),
          skipped: captures.filter(({ status }) => status === 'skipped'),
          ...optional('docs', describeError(failure.code, report.run.engine).docs),
        },
      ];
    },
  );
  return groups.toSorted(
    (a, b) => Number(b.runWide) - Number(a.runWide) || b.failed.length + b.skipped.length - a.failed.length - a.skipped.length,
  );
}

function isRunWide({ code }: FailureReport): boolean {
  const { blame } = errorCode(code);
  return blame !== 'request' && blame !== 'baseline';
}

function groupKey(failure: FailureReport, stopped: FailureReport | undefined): string {
  const { stops, retry } = errorCode(failure.code);
  // What stopped or held the run is one reason, whatever a capture's own words about it are.
  return stops === 'run' || retry === 'hold' || failure.code === stopped?.code
    ? failure.code
    : JSON.stringify([failure.code, failure.message, failure.fix]);
}
