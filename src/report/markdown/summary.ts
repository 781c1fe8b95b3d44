import { renderAcceptCommand } from '../accept-command.ts';
import { isAcceptable, sameSize } from '../changes.ts';
import { groupFailures } from '../failures.ts';
import { formatCount, formatPlural, formatRatio, formatSize } from '../format.ts';
import type { CaptureReport, CaptureStatus, Comparison, Report } from '../model.ts';
import { compareBySeverity } from '../order.ts';
import { statusesByRank, statusWords } from '../statuses.ts';
import { oneLine, shorten } from '../text.ts';
import { describeCost, describeVerdict } from '../verdict.ts';
import { describeNotes, findWarnings, type Warning } from '../warnings.ts';
import { details, leftOut, table } from './blocks.ts';
import { code, codeBlock, escapeMarkdown, link } from './escape.ts';
import { type FailureDetail, renderFailures } from './failure-list.ts';

export interface SummaryOptions {
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** Where the artifact with everything is to be had. */
  readonly artifactUrl?: string;
  /** Largest size of the summary in UTF-8 bytes. GitHub drops a summary that is larger than its limit. */
  readonly limitBytes: number;
}

/** How much is listed. Whatever is left out is counted in its place. */
interface Detail extends FailureDetail {
  readonly changes: number;
  readonly others: number;
}

/** Details give way in this order: lists of the other captures first, then changes, then failures. */
const stages: readonly Detail[] = [
  { failures: 200, capturesPerFailure: 10, changes: 1000, others: 1000 },
  { failures: 200, capturesPerFailure: 10, changes: 1000, others: 0 },
  { failures: 200, capturesPerFailure: 5, changes: 200, others: 0 },
  { failures: 50, capturesPerFailure: 5, changes: 50, others: 0 },
  { failures: 10, capturesPerFailure: 3, changes: 10, others: 0 },
  { failures: 3, capturesPerFailure: 1, changes: 0, others: 0 },
  { failures: 0, capturesPerFailure: 0, changes: 0, others: 0 },
];

/** A page that changes with every run could fill a report with warnings of its own. */
const mostWarnings = 20;

/** The step summary: verdict, totals, failures with their fix, changes by size. Never larger than `limitBytes`. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  for (const detail of stages) {
    const markdown = renderWithDetail(report, options, detail);
    if (new TextEncoder().encode(markdown).length <= options.limitBytes) {
      return markdown;
    }
  }
  return '';
}

function renderWithDetail(report: Report, options: SummaryOptions, detail: Detail): string {
  const verdict = describeVerdict(report);
  return [
    `## ${verdict.symbol} Visual Capture: ${escapeMarkdown(verdict.headline)}`,
    verdict.consequence === undefined ? undefined : escapeMarkdown(verdict.consequence),
    renderLinks(options),
    renderTotals(report),
    renderFailures(groupFailures(report), detail),
    renderWarnings(findWarnings(report), detail),
    renderChanges(report, detail),
    ...(['added', 'removed', 'captured'] as const).map((status) => renderOthers(report, status, detail)),
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

function renderWarnings(warnings: readonly Warning[], { capturesPerFailure }: Detail): string | undefined {
  if (warnings.length === 0) {
    return undefined;
  }
  const lines = warnings.map(({ title, message, captures }) => {
    const names = captures.slice(0, capturesPerFailure).map(({ id }) => code(id));
    const rest = captures.length > names.length ? [`${formatCount(captures.length - names.length)} more`] : [];
    return `- **${title}**: ${escapeMarkdown(message)} ${[...names, ...rest].join(', ')}`;
  });
  return [
    '### What to be wary of',
    lines.slice(0, mostWarnings).join('\n'),
    ...leftOut(lines.length - mostWarnings, 'more warning'),
  ].join('\n\n');
}

function renderChanges(report: Report, detail: Detail): string | undefined {
  const changed = report.captures.filter(({ status }) => status === 'changed').toSorted(compareBySeverity);
  if (changed.length === 0) {
    return undefined;
  }
  const shown = changed.slice(0, detail.changes);
  const rows = shown.map((capture) => [
    code(capture.name),
    code(capture.viewport.name),
    ...describeNumbers(capture.comparison),
    escapeMarkdown(describeChange(capture)),
  ]);
  const ids = shown.filter(isAcceptable).map(({ id }) => id);
  return [
    '### What changed, largest first',
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
    ...(ids.length > 0 && ids.length <= 20 ? ['To accept them as baselines:', codeBlock(renderAcceptCommand(ids))] : []),
  ].join('\n\n');
}

function describeNumbers(comparison: Comparison | undefined): string[] {
  return comparison === undefined
    ? ['', '', '']
    : [formatRatio(comparison.diffRatio), formatCount(comparison.diffPixels), formatCount(comparison.regions.length)];
}

/** In words what the numbers do not say. */
function describeChange(capture: CaptureReport): string {
  const { comparison } = capture;
  const resized =
    comparison === undefined || sameSize(comparison)
      ? []
      : [`size ${formatSize(comparison.baselineSize)} → ${formatSize(comparison.actualSize)}`];
  const explanation = comparison?.explanation === undefined ? [] : [shorten(oneLine(comparison.explanation), 300)];
  return [...resized, ...describeNotes(capture), ...explanation].join('; ');
}

function renderOthers(report: Report, status: CaptureStatus, { others }: Detail): string | undefined {
  const captures = report.captures.filter((capture) => capture.status === status).toSorted(compareBySeverity);
  if (captures.length === 0) {
    return undefined;
  }
  if (others === 0) {
    return leftOut(captures.length, `${status} capture`).join('');
  }
  const listed = captures.slice(0, others).map(({ id }) => `- ${code(id)}`);
  return details(`${statusWords[status].label}: ${formatPlural(captures.length, 'capture')}`, [
    listed.join('\n'),
    ...leftOut(captures.length - listed.length, 'more capture'),
  ]);
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
