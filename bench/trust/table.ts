import { describeFindings } from '../../src/report/describe-findings.ts';
import type { CaptureReport } from '../../src/results/model.ts';
import { decideFailReasons } from '../../src/results/outcome.ts';
import { isShadeWarning } from '../../src/results/shade-finding.ts';
import type { Case } from './cases.ts';

export interface Row {
  readonly case: Case;
  readonly capture: CaptureReport;
  /** Whether each rival called it different. */
  readonly rivals: readonly boolean[];
}

/** What each one said of each case: ✓ where that is wanted. */
export function renderTable(rows: readonly Row[], rivals: readonly string[]): string {
  const head = ['cause', 'wanted', 'Visual Capture', ...rivals];
  const lines = rows.map((row) => [
    row.case.cause,
    row.case.wanted,
    `${mark(row, isTold(row.capture))} ${describe(row.capture)}`,
    ...row.rivals.map((told) => `${mark(row, told)} ${told ? 'told' : 'quiet'}`),
  ]);
  return tableOf([head, head.map(() => '---'), ...lines]);
}

/** How often each one was wrong. */
export function renderCounts(rows: readonly Row[], rivals: readonly string[]): string {
  const verdicts = [
    ['Visual Capture', rows.map(({ capture }) => isTold(capture))] as const,
    ...rivals.map((name, at) => [name, rows.map((row) => row.rivals[at] === true)] as const),
  ];
  const counts = verdicts.map(([name, told]) => {
    const wrong = (wanted: Case['wanted']): number =>
      rows.filter((row, at) => row.case.wanted === wanted && (told[at] === true) !== (wanted === 'told')).length;
    return [name, String(wrong('quiet')), String(wrong('told'))];
  });
  return tableOf([['', 'false alarms', 'misses'], ['---', '---', '---'], ...counts]);
}

function tableOf(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** A person is told: the check fails for it, or warns of the page or of a shade. */
function isTold(capture: CaptureReport): boolean {
  return (
    capture.pageProblem !== undefined ||
    isShadeWarning(capture) ||
    decideFailReasons({ captures: [capture], run: failing }).length > 0
  );
}

const failing = {
  startedAt: '',
  durationMs: 0,
  engine: 'local',
  baseline: '',
  failOn: ['changed', 'failed'],
  versions: { visualCapture: '', pixelmatch: '' },
} as const;

function mark(row: Row, told: boolean): string {
  return told === (row.case.wanted === 'told') ? '✓' : '✗';
}

function describe({ status, unstable, pageProblem, comparison, baselineUpdated }: CaptureReport): string {
  const words = [
    status,
    ...(unstable ? ['unstable'] : []),
    ...(pageProblem === undefined ? [] : [`warned: ${pageProblem.kind}`]),
    ...(baselineUpdated === true ? ['taken as baseline'] : []),
  ].join(', ');
  const found = comparison === undefined ? undefined : describeFindings(comparison);
  return found === undefined ? words : `${words}. ${found}`;
}
