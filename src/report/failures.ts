import { defined } from '../basics/record.ts';
import { errorCode } from '../errors/codes.ts';
import type { CaptureReport, FailureReport, Report } from '../results/model.ts';
import { describeError } from '../services/describe-error.ts';
import { compareBySeverity } from './order.ts';

/** Captures that have no verdict for one and the same reason. */
export interface FailureGroup {
  readonly failure: FailureReport;
  /** The reason stopped the run, or lies with the account or the service, not with the captures it hit. */
  readonly runWide: boolean;
  readonly failed: readonly CaptureReport[];
  readonly skipped: readonly CaptureReport[];
  /** A page that says more about the reason. */
  readonly docs?: string;
}

/**
 * Failed and skipped captures by reason: the run's own reasons first, then what hit the most captures. Captures are
 * one group when their reason stopped or held the whole run, or is told in the very same words.
 */
export function groupFailures(report: Pick<Report, 'captures' | 'stopped' | 'run'>): FailureGroup[] {
  const failed = report.captures.filter((capture) => capture.error !== undefined).toSorted(compareBySeverity);
  const groups = [...Map.groupBy(failed, ({ error }) => groupKey(error, report.stopped)).values()].flatMap(
    (captures): FailureGroup[] => {
      const failure = captures[0]?.error;
      if (failure === undefined) {
        return [];
      }
      return [
        {
          // What stopped the run knows best how much was left undone.
          failure: report.stopped?.code === failure.code ? report.stopped : failure,
          runWide: isRunWide(failure) || failure.code === report.stopped?.code,
          failed: captures.filter(({ status }) => status === 'failed'),
          skipped: captures.filter(({ status }) => status === 'skipped'),
          ...defined({ docs: describeError(failure.code, report.run.engine).docs }),
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
