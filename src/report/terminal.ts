import { styleText } from 'node:util';
import { formatCount, formatFew, formatPlural } from '../basics/format.ts';
import { compareNames } from '../basics/natural-order.ts';
import { oneLine, shorten } from '../basics/text.ts';
import type { CaptureReport, CaptureStatus, Report } from '../results/model.ts';
import { statusesByRank, statusWords } from '../results/statuses.ts';
import { describeComparison, findAcceptable, hasDeletableBaselines } from './changes.ts';
import { describeFindings } from './describe-findings.ts';
import { describeVariant } from './describe-variant.ts';
import { type FailureGroup, groupFailures } from './failures.ts';
import { compareBySeverity } from './order.ts';
import { findsCaptures, renderAcceptCommand } from './render-accept-command.ts';
import { captureIdsOf, describeAlso, describeGroup, type ToldGroup, tellChanges } from './tell-changes.ts';
import { describeCost, describeVerdict, type VerdictTone } from './verdict.ts';
import { describeNotes, findWarnings, type Warning } from './warnings.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Where report.html is, as a person would type it; absent where none was written. */
  readonly reportPath?: string;
  /** Columns of the terminal. */
  readonly width?: number;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
type Paint = (style: Style, text: string) => string;

const statusStyles: { readonly [Status in CaptureStatus]: Style } = {
  failed: 'red',
  changed: 'yellow',
  added: 'green',
  removed: 'yellow',
  skipped: 'yellow',
  captured: 'cyan',
  unchanged: 'green',
};

const toneStyles: { readonly [Tone in VerdictTone]: Style } = {
  failed: 'red',
  changed: 'yellow',
  passed: 'green',
  empty: 'yellow',
};

/** The longest list that a terminal is filled with; the rest is in the report. */
const longestList = 20;

/** The verdict as the command line and the log end with it: failures with their fix, changes by size, totals, cost. */
export function renderTerminalSummary(report: Report, { color, reportPath, width = 100 }: TerminalOptions): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const verdict = describeVerdict(report);
  const failures = groupFailures(report);
  const lines = [
    paint('bold', paint(toneStyles[verdict.tone], `${verdict.symbol} ${verdict.headline}`)),
    ...[verdict.explanation, verdict.comparedWith].flatMap((text) =>
      text === undefined ? [] : wrap(oneLine(text), width, '  '),
    ),
    ...limited(failures, 'more reason', (group) => renderFailure(group, paint, width)),
    ...limited(findWarnings(report), 'more warning', (warning) => renderWarning(warning, paint, width)),
    ...renderChanges(report, paint, width),
    ...(['added', 'removed'] as const).flatMap((status) => renderStatus(report, status, paint, width)),
    '',
    renderTotals(report, paint),
    paint('dim', oneLine(`${describeCost(report)}; compared with ${report.run.baseline}`)),
    ...renderAccept(report, paint),
    ...(reportPath === undefined ? [] : [`Report: ${oneLine(reportPath)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function renderFailure({ failure, failed, skipped }: FailureGroup, paint: Paint, width: number): string[] {
  return [
    '',
    `${paint('red', `${statusWords.failed.symbol} ${failure.code}`)} ${nameCaptures(failed, skipped)}`,
    ...wrap(oneLine(failure.message), width, '  '),
    ...wrap(`Fix: ${oneLine(failure.fix)}`, width, '  ').map((line) => paint('bold', line)),
  ];
}

/** Names a few, counts many. */
function nameCaptures(failed: readonly CaptureReport[], skipped: readonly CaptureReport[]): string {
  const captures = [...failed, ...skipped];
  if (captures.length <= 3) {
    return captures.map((capture) => `${nameCapture(capture)}${capture.status === 'skipped' ? ' (not tried)' : ''}`).join(', ');
  }
  return [
    ...(failed.length > 0 ? [`${formatPlural(failed.length, 'capture')} failed`] : []),
    ...(skipped.length > 0 ? [`${formatCount(skipped.length)} not tried`] : []),
  ].join(', ');
}

function renderWarning({ title, message, captures }: Warning, paint: Paint, width: number): string[] {
  const names = captures.length <= 3 ? captures.map(nameCapture).join(', ') : formatPlural(captures.length, 'capture');
  return ['', `${paint('yellow', `! ${title}:`)} ${names}`, ...wrap(oneLine(message), width, '  ')];
}

function renderChanges(report: Report, paint: Paint, width: number): string[] {
  const { groups, left } = tellChanges(report);
  const heading = `${statusWords.changed.label}${groups.length > 0 ? ' besides' : ''}${left.length > 1 ? ', largest first' : ''}`;
  return [
    ...(groups.length === 0 ? [] : ['', paint('bold', `${statusWords.changed.label} on several captures`)]),
    ...limited(groups, 'more group', (group) => renderGroup(group, report, paint, width)),
    ...(left.length === 0 ? [] : ['', paint('bold', heading)]),
    ...limited(left, 'more capture', (capture) => renderCapture(capture, paint, width, describeAlso(capture, groups))),
  ];
}

function renderGroup(group: ToldGroup, report: Report, paint: Paint, width: number): string[] {
  const names = captureIdsOf(group).toSorted(compareNames);
  return [
    `${paint('yellow', `${statusWords.changed.symbol} ${group.id}`)} ${describeGroup(group, report).join(', ')}`,
    ...wrap(oneLine(formatFew(names, 5)), width, '  ').map((line) => paint('dim', line)),
  ];
}

function renderStatus(report: Report, status: 'added' | 'removed', paint: Paint, width: number): string[] {
  const captures = report.captures.filter((capture) => capture.status === status).toSorted(compareBySeverity);
  if (captures.length === 0) {
    return [];
  }
  return [
    '',
    paint('bold', statusWords[status].label),
    ...limited(captures, 'more capture', (capture) => renderCapture(capture, paint, width)),
  ];
}

function renderCapture(capture: CaptureReport, paint: Paint, width: number, also: readonly string[] = []): string[] {
  const head = `${paint(statusStyles[capture.status], statusWords[capture.status].symbol)} ${nameCapture(capture)}`;
  const numbers = capture.comparison === undefined ? [] : [describeComparison(capture.comparison)];
  const detail = [...numbers, ...also, ...describeNotes(capture)].join(', ');
  const found = capture.comparison === undefined ? undefined : describeFindings(capture.comparison);
  const variant = describeVariant(capture);
  const sentences = [
    ...(detail === '' ? [] : [detail]),
    ...(variant === undefined ? [] : [variant]),
    ...(found === undefined ? [] : [found]),
  ];
  return [head, ...sentences.flatMap((sentence) => wrap(oneLine(sentence), width, '  ').map((line) => paint('dim', line)))];
}

function renderTotals({ totals }: Report, paint: Paint): string {
  const parts = statusesByRank
    .filter((status) => totals[status] > 0)
    .map((status) => paint(statusStyles[status], `${statusWords[status].symbol} ${totals[status]} ${status}`));
  return `${formatPlural(totals.captures, 'capture')}${parts.length === 0 ? '' : `: ${parts.join('  ')}`}`;
}

function renderAccept(report: Report, paint: Paint): string[] {
  if (!findsCaptures(report.run)) {
    return [];
  }
  const show = (what: string, command: string): string => `${what}: ${paint('cyan', oneLine(command))}`;
  return [
    ...(findAcceptable(report).length > 0 ? [show('Accept everything', renderAcceptCommand(report.run))] : []),
    ...(findAcceptable(report).length > 0
      ? tellChanges(report)
          .groups.slice(0, 1)
          .map(({ id }) => show('Accept a group', renderAcceptCommand(report.run, [], { groups: [id] })))
      : []),
    ...(hasDeletableBaselines(report)
      ? [show('Delete removed baselines', renderAcceptCommand(report.run, [], { removed: true }))]
      : []),
  ];
}

function nameCapture({ name, viewport, source }: CaptureReport): string {
  const place = source === undefined ? '' : ` ${oneLine(source.file)}:${source.line}`;
  return `${shorten(oneLine(name), 80)} (${oneLine(viewport.name)})${place}`;
}

function limited<Item>(items: readonly Item[], noun: string, render: (item: Item) => string[]): string[] {
  const rest = items.length - longestList;
  return [
    ...items.slice(0, longestList).flatMap(render),
    ...(rest > 0 ? [`  … and ${formatPlural(rest, noun)} in the report`] : []),
  ];
}

/** Breaks between words; a word longer than the line is left whole so that it can be copied. */
function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > width && line !== indent) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
