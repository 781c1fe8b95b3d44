import { errorCode } from '../../errors/codes.ts';
import { renderAcceptCommand } from '../accept-command.ts';
import { isAcceptable, sameSize } from '../changes.ts';
import { type FailureGroup, groupFailures } from '../failures.ts';
import { formatCount, formatPlural, formatRatio, formatSize } from '../format.ts';
import type { CaptureReport, CaptureStatus, Report } from '../model.ts';
import { compareBySeverity } from '../order.ts';
import { statusesByRank, statusWords } from '../statuses.ts';
import { describeCost, describeVerdict } from '../verdict.ts';
import { code, codeBlock, escapeMarkdown, link } from './escape.ts';

export interface SummaryOptions {
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** Where the artifact with everything is to be had. */
  readonly artifactUrl?: string;
  /** Largest size of the summary in UTF-8 bytes. GitHub drops a summary that is larger than its limit. */
  readonly limitBytes: number;
}

/** How much is listed. Whatever is left out is counted in its place. */
interface Detail {
  readonly failures: number;
  readonly capturesPerFailure: number;
  readonly changes: number;
  readonly others: number;
}

/** Details give way in this order: lists of the other captures first, then changes, then failures. */
const details: readonly Detail[] = [
  { failures: 200, capturesPerFailure: 10, changes: 1000, others: 1000 },
  { failures: 200, capturesPerFailure: 10, changes: 1000, others: 0 },
  { failures: 200, capturesPerFailure: 5, changes: 200, others: 0 },
  { failures: 50, capturesPerFailure: 5, changes: 50, others: 0 },
  { failures: 10, capturesPerFailure: 3, changes: 10, others: 0 },
  { failures: 3, capturesPerFailure: 1, changes: 0, others: 0 },
  { failures: 0, capturesPerFailure: 0, changes: 0, others: 0 },
];

/** The step summary: verdict, totals, failures with their fix, changes by size. Never larger than `limitBytes`. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  for (const detail of details) {
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

function renderFailures(groups: readonly FailureGroup[], detail: Detail): string | undefined {
  if (groups.length === 0) {
    return undefined;
  }
  const shown = groups.slice(0, detail.failures).map((group) => renderFailure(group, detail));
  const rest = leftOut(groups.length - shown.length, 'more reason');
  return ['### What failed', ...shown, ...rest].join('\n\n');
}

function renderFailure({ failure, failed, skipped }: FailureGroup, { capturesPerFailure }: Detail): string {
  const { docs } = errorCode(failure.code);
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const documentation = docs === undefined ? '' : ` ${link('Documentation', docs)}`;
  return [
    `**\`${failure.code}\`**${status} · ${nameCaptures([...failed, ...skipped], skipped.length, capturesPerFailure)}`,
    `- ${escapeMarkdown(failure.message)}`,
    `- **Fix:** ${escapeMarkdown(failure.fix)}${documentation}`,
  ].join('\n');
}

function nameCaptures(captures: readonly CaptureReport[], skipped: number, atMost: number): string {
  const notTried = skipped === 0 ? '' : `, ${formatCount(skipped)} of them not tried`;
  const names = captures.slice(0, atMost).map(nameCapture);
  const rest = captures.length - names.length;
  const count = captures.length > 1 || names.length === 0 ? `${formatPlural(captures.length, 'capture')}${notTried}` : '';
  const list = `${names.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
  return [count, ...(names.length === 0 ? [] : [list])].filter((part) => part !== '').join(': ');
}

function nameCapture({ id, source }: CaptureReport): string {
  return `${code(id)}${source === undefined ? '' : ` (${code(`${source.file}:${source.line}`)})`}`;
}

function renderChanges(report: Report, detail: Detail): string | undefined {
  const changed = report.captures.filter(({ status }) => status === 'changed').toSorted(compareBySeverity);
  if (changed.length === 0) {
    return undefined;
  }
  const shown = changed.slice(0, detail.changes);
  const rows = shown.map(({ name, viewport, comparison, unstable, baselineUpdated }) => [
    code(name),
    code(viewport.name),
    comparison === undefined ? '' : formatRatio(comparison.diffRatio),
    comparison === undefined ? '' : formatCount(comparison.diffPixels),
    comparison === undefined ? '' : formatCount(comparison.regions.length),
    [
      ...(comparison === undefined || sameSize(comparison)
        ? []
        : [`size ${formatSize(comparison.baselineSize)} → ${formatSize(comparison.actualSize)}`]),
      ...(unstable ? ['unstable page'] : []),
      ...(baselineUpdated === true ? ['taken as the new baseline'] : []),
    ].join(', '),
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

function renderOthers(report: Report, status: CaptureStatus, { others }: Detail): string | undefined {
  const captures = report.captures.filter((capture) => capture.status === status).toSorted(compareBySeverity);
  if (captures.length === 0) {
    return undefined;
  }
  if (others === 0) {
    return leftOut(captures.length, `${status} capture`).join('');
  }
  const listed = captures.slice(0, others).map(({ id }) => `- ${code(id)}`);
  return [
    `<details><summary>${statusWords[status].label}: ${formatPlural(captures.length, 'capture')}</summary>`,
    listed.join('\n'),
    ...leftOut(captures.length - listed.length, 'more capture'),
    '</details>',
  ].join('\n\n');
}

/** Says what the size limit left out and where it is to be read. */
function leftOut(count: number, noun: string): string[] {
  return count > 0 ? [`_${formatPlural(count, noun)} left out here for size: read them in report.html._`] : [];
}

function table(head: readonly string[], alignment: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
