import { formatCount } from '../../basics/format.ts';
import { oneLine, shorten } from '../../basics/text.ts';
import type { Warning } from '../warnings.ts';
import { leftOut } from './blocks.ts';
import { code, escapeMarkdown } from './escape.ts';

/** How much of the warnings is listed. Whatever is left out is counted in its place. */
export interface WarningDetail {
  readonly warnings: number;
  readonly capturesPerFailure: number;
}

/** In characters: it may hold what a page says of itself. */
const longestMessage = 500;

/** What makes the verdict less trustworthy, under a heading; undefined when nothing does. */
export function renderWarnings(warnings: readonly Warning[], detail: WarningDetail): string | undefined {
  if (warnings.length === 0) {
    return undefined;
  }
  const shown = warnings.slice(0, detail.warnings).map((warning) => renderWarning(warning, detail));
  return [
    '### What to be wary of',
    ...(shown.length === 0 ? [] : [shown.join('\n')]),
    ...leftOut(warnings.length - shown.length, shown.length === 0 ? 'warning' : 'more warning'),
  ].join('\n\n');
}

function renderWarning({ title, message, captures }: Warning, { capturesPerFailure }: WarningDetail): string {
  const names = captures.slice(0, capturesPerFailure).map(({ id }) => code(id));
  const rest = captures.length > names.length ? [`${formatCount(captures.length - names.length)} more`] : [];
  return `- **${title}**: ${escapeMarkdown(shorten(oneLine(message), longestMessage))} ${[...names, ...rest].join(', ')}`;
}
