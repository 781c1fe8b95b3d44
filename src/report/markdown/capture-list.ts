import { formatPlural } from '../../basics/format.ts';
import type { CaptureStatus, Report } from '../../results/model.ts';
import { statusWords } from '../../results/statuses.ts';
import { compareBySeverity } from '../order.ts';
import { details, leftOut } from './blocks.ts';
import { code } from './escape.ts';

/** The names of the captures of one status, folded away, at most `atMost`; undefined when there are none. */
export function renderCaptures(report: Report, status: CaptureStatus, atMost: number): string | undefined {
  const captures = report.captures.filter((capture) => capture.status === status).toSorted(compareBySeverity);
  if (captures.length === 0) {
    return undefined;
  }
  if (atMost === 0) {
    return leftOut(captures.length, `${status} capture`).join('');
  }
  const listed = captures.slice(0, atMost).map(({ id }) => `- ${code(id)}`);
  return details(`${statusWords[status].label}: ${formatPlural(captures.length, 'capture')}`, [
    listed.join('\n'),
    ...leftOut(captures.length - listed.length, 'more capture'),
  ]);
}
