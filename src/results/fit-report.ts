import { defined } from '../basics/record.ts';
import { shorten } from '../basics/text.ts';
import { leaveGroups, withoutGroups } from './groups/leave-groups.ts';
import type { CaptureReport, Comparison, FailureReport, Report } from './model.ts';

/**
 * Largest report, as JSON without blanks: results.json, which has them, and report.html, which holds it once and the
 * failures once more, then stay below the 50 MB that are read and that browsers open well. 2 kB for each of 10,000
 * captures, which is twice what an ordinary one takes.
 */
const mostBytes = 20_000_000;

/** How much is told of each capture. */
interface Detail {
  /** The last entries of how it went: what it came to. */
  readonly timeline: number;
  /** Errors of the page, of each kind. */
  readonly pageErrors: number;
  /** Characters of a message and of what to do about it. */
  readonly words: number;
  /** Places in the picture. */
  readonly regions: number;
  /** What the results of a shard say of its changed regions: their rows, and all of it. */
  readonly rows: boolean;
  readonly traces: boolean;
  /** What looks alike, and what several captures share. */
  readonly alike: boolean;
  readonly groups: boolean;
}

/** Details give way in this order; which capture ended how, where and why never does. */
const stages: readonly Detail[] = [
  { timeline: 20, pageErrors: 10, words: 4000, regions: 10_000, rows: false, traces: true, alike: true, groups: true },
  { timeline: 6, pageErrors: 2, words: 1000, regions: 1000, rows: false, traces: true, alike: true, groups: true },
  { timeline: 0, pageErrors: 0, words: 300, regions: 100, rows: false, traces: false, alike: false, groups: true },
  { timeline: 0, pageErrors: 0, words: 150, regions: 5, rows: false, traces: false, alike: false, groups: false },
];

/** The report with as much detail as there is room for. One of an ordinary size comes back as it is. */
export function fitReport(report: Report, limitBytes: number = mostBytes): Report {
  let fitted = report;
  for (const detail of stages) {
    if (!isAbove(limitBytes, fitted)) {
      return fitted;
    }
    fitted = reduceReport(report, detail);
  }
  return fitted;
}

/** Capture by capture, since the whole may be longer than a string can be. In a page each `<` takes the place of six characters. */
function isAbove(limitBytes: number, { captures, ...rest }: Report): boolean {
  let sizeBytes = 0;
  for (const part of [rest, ...captures]) {
    const json = JSON.stringify(part);
    sizeBytes += Buffer.byteLength(json) + 5 * (json.length - json.replaceAll('<', '').length);
    if (sizeBytes > limitBytes) {
      return true;
    }
  }
  return false;
}

function reduceReport({ alike, ...report }: Report, detail: Detail): Report {
  const captures = report.captures.map((capture) => reduce(capture, detail));
  const cut = captures.flatMap(({ id, comparison }, at) =>
    comparison?.regions.length === report.captures[at]?.comparison?.regions.length ? [] : [id],
  );
  const reduced = leaveGroups({ ...report, captures, ...(detail.alike ? defined({ alike }) : {}) }, new Set(cut));
  return detail.groups ? reduced : withoutGroups(reduced);
}

function reduce(capture: CaptureReport, { timeline, pageErrors, words, ...places }: Detail): CaptureReport {
  const fields = {
    ...capture,
    ...defined({
      timeline: capture.timeline?.slice(timeline === 0 ? capture.timeline.length : -timeline),
      pageErrors: capture.pageErrors && {
        exceptions: capture.pageErrors.exceptions.slice(0, pageErrors),
        consoleErrors: capture.pageErrors.consoleErrors.slice(0, pageErrors),
        failedResources: capture.pageErrors.failedResources.slice(0, pageErrors),
      },
      pageProblem: capture.pageProblem && { ...capture.pageProblem, message: shorten(capture.pageProblem.message, words) },
      unstableRegions: capture.unstableRegions?.slice(0, places.regions),
      baselineNoise: capture.baselineNoise?.slice(0, places.regions),
    }),
  };
  if (fields.error !== undefined) {
    return { ...fields, error: reduceFailure(fields.error, words) };
  }
  return fields.comparison === undefined ? fields : { ...fields, comparison: reduceComparison(fields.comparison, places) };
}

/** Without all of its regions there is no saying what is the same elsewhere. */
function reduceComparison(
  { traces, ...comparison }: Comparison,
  { regions: most, ...detail }: Pick<Detail, 'regions' | 'rows' | 'traces'>,
): Comparison {
  const regions = comparison.regions.slice(0, most);
  const kept = detail.traces && regions.length === comparison.regions.length ? traces : undefined;
  return {
    ...comparison,
    regions,
    ...defined({ traces: detail.rows ? kept : kept?.map(({ rows: _, tail: __, ...trace }) => trace) }),
  };
}

function reduceFailure(failure: FailureReport, words: number): FailureReport {
  return { ...failure, message: shorten(failure.message, words), fix: shorten(failure.fix, words) };
}
