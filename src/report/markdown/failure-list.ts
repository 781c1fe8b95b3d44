import { formatCount, formatPlural } from '../../basics/format.ts';
import { oneLine, shorten } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import type { FailureGroup } from '../failures.ts';
import { leftOut } from './blocks.ts';
import { code, escapeMarkdown, link } from './escape.ts';

/** How much of the failures is listed. Whatever is left out is counted in its place. */
export interface FailureDetail {
  readonly failures: number;
  readonly capturesPerFailure: number;
}

/** In characters: a service may say more than anyone reads. */
const longestMessage = 1000;

/** Each reason with its captures and its fix, under a heading; undefined when nothing failed. */
export function renderFailures(groups: readonly FailureGroup[], detail: FailureDetail): string | undefined {
  if (groups.length === 0) {
    return undefined;
  }
  const shown = groups.slice(0, detail.failures).map((group) => renderFailure(group, detail));
  const rest = leftOut(groups.length - shown.length, shown.length === 0 ? 'reason' : 'more reason');
  return ['### What failed', ...shown, ...rest].join('\n\n');
}

function renderFailure({ failure, failed, skipped, docs }: FailureGroup, { capturesPerFailure }: FailureDetail): string {
  const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const documentation = docs === undefined ? '' : ` ${link('Documentation', docs)}`;
  return [
    `**\`${failure.code}\`**${status} · ${nameCaptures([...failed, ...skipped], skipped.length, capturesPerFailure)}`,
    `- ${shown(failure.message)}`,
    `- **Fix:** ${shown(failure.fix)}${documentation}`,
  ].join('\n');
}

function shown(text: string): string {
  return escapeMarkdown(shorten(oneLine(text), longestMessage));
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
