import { formatCount, formatRatio } from '../../basics/format.ts';
import type { CaptureReport, Comparison, Report } from '../../results/model.ts';
import { statusesByRank, statusWords } from '../../results/statuses.ts';
import { describeChange } from '../changes.ts';
import { groupFailures } from '../failures.ts';
import { describeAlso, type ToldChanges, type ToldGroup, tellChanges } from '../tell-changes.ts';
import { describeCost, describeVerdict } from '../verdict.ts';
import { findWarnings } from '../warnings.ts';
import { type AcceptHintOptions, renderAcceptHint } from './accept-hint.ts';
import { leftOut, table } from './blocks.ts';
import { renderCaptures } from './capture-list.ts';
import { code, escapeMarkdown, link } from './escape.ts';
import { type FailureDetail, renderFailures } from './failure-list.ts';
import { renderGroupTable } from './group-list.ts';
import { renderWarnings, type WarningDetail } from './warning-list.ts';

export interface SummaryOptions extends AcceptHintOptions {
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** Largest size of the summary in UTF-8 bytes. GitHub drops a summary that is larger than its limit. */
  readonly limitBytes: number;
}

/** How much is listed. Whatever is left out is counted in its place. */
interface Detail extends FailureDetail, WarningDetail {
  readonly changes: number;
  readonly others: number;
}

/** Details give way in this order: lists of the other captures first, then changes, then failures. */
const stages: readonly Detail[] = [
  { warnings: 20, failures: 200, capturesPerFailure: 10, changes: 1000, others: 1000 },
  { warnings: 20, failures: 200, capturesPerFailure: 10, changes: 1000, others: 0 },
  { warnings: 20, failures: 200, capturesPerFailure: 5, changes: 200, others: 0 },
  { warnings: 20, failures: 50, capturesPerFailure: 5, changes: 50, others: 0 },
  { warnings: 10, failures: 10, capturesPerFailure: 3, changes: 10, others: 0 },
  { warnings: 3, failures: 3, capturesPerFailure: 1, changes: 0, others: 0 },
  { warnings: 0, failures: 0, capturesPerFailure: 0, changes: 0, others: 0 },
];

/** The step summary: verdict, totals, failures with their fix, changes by size. Never larger than `limitBytes`. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const told = tellChanges(report);
  for (const detail of stages) {
    const markdown = renderWithDetail(report, told, options, detail);
    if (new TextEncoder().encode(markdown).length <= options.limitBytes) {
      return markdown;
    }
  }
  return '';
}

function renderWithDetail(report: Report, told: ToldChanges, options: SummaryOptions, detail: Detail): string {
  const verdict = describeVerdict(report);
  return [
    `## ${verdict.symbol} Visual Capture: ${escapeMarkdown(verdict.headline)}`,
    verdict.explanation === undefined ? undefined : escapeMarkdown(verdict.explanation),
    verdict.comparedWith === undefined ? undefined : escapeMarkdown(verdict.comparedWith),
    renderLinks(options),
    renderTotals(report),
    renderFailures(groupFailures(report), detail),
    renderWarnings(findWarnings(report), detail),
    renderChanges(report, told, detail),
    ...(['added', 'removed', 'captured'] as const).map((status) => renderCaptures(report, status, detail.others)),
    renderAcceptHint(report, told, options),
    escapeMarkdown(`${sentenceCase(describeCost(report))}. Compared with: ${report.run.baseline}.`),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .concat('\n');
}

function renderLinks({ reportUrl, artifactUrl }: SummaryOptions): string | undefined {
  const links = [
    ...(reportUrl === undefined ? [] : [`**${link('Open the report', reportUrl)}**`]),
    ...(artifactUrl === undefined ? [] : [link('All files', artifactUrl)]),
  ];
  return links.length === 0 ? undefined : links.join(' · ');
}

function renderTotals({ totals }: Report): string | undefined {
  const there = statusesByRank.filter((status) => totals[status] > 0);
  if (there.length === 0) {
    return undefined;
  }
  return table(
    there.map((status) => `${statusWords[status].symbol} ${statusWords[status].label}`),
    there.map(() => '--:'),
    [there.map((status) => formatCount(totals[status]))],
  );
}

function renderChanges(report: Report, { groups, left }: ToldChanges, detail: Detail): string | undefined {
  const shownGroups = groups.slice(0, detail.changes);
  const parts = [
    ...(groups.length === 0 ? [] : ['### What changed on several captures']),
    ...(shownGroups.length === 0 ? [] : [renderGroupTable(shownGroups, report)]),
    ...leftOut(groups.length - shownGroups.length, 'more group'),
    ...(left.length === 0 ? [] : [renderSingle(left, groups, detail)]),
  ];
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

function renderSingle(changed: readonly CaptureReport[], groups: readonly ToldGroup[], detail: Detail): string {
  const shown = changed.slice(0, detail.changes);
  const rows = shown.map((capture) => [
    code(capture.name),
    code(capture.viewport.name),
    ...describeNumbers(capture.comparison),
    escapeMarkdown([...describeAlso(capture, groups), ...describeChange(capture)].join('; ')),
  ]);
  return [
    `### What ${groups.length > 0 ? 'else ' : ''}changed, largest first`,
    ...(rows.length === 0
      ? []
      : [
          table(
            ['Target', 'Viewport', 'Differs', 'Pixels', 'Regions', 'Notes'],
            [':--', ':--', '--:', '--:', '--:', ':--'],
            rows,
          ),
        ]),
    ...leftOut(changed.length - shown.length, 'more change'),
  ].join('\n\n');
}

function describeNumbers(comparison: Comparison | undefined): string[] {
  return comparison === undefined
    ? ['', '', '']
    : [formatRatio(comparison.diffRatio), formatCount(comparison.diffPixels), formatCount(comparison.regions.length)];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
