import { formatPlural } from '../../basics/format.ts';
import { compareNames } from '../../basics/natural-order.ts';
import type { Report } from '../../results/model.ts';
import { captureIdsOf, describeGroup, type ToldGroup } from '../tell-changes.ts';
import { details, table } from './blocks.ts';
import { code, escapeMarkdown } from './escape.ts';

/** The head line of a group: its id, what it is, and on how many captures. */
export function renderGroupHead(group: ToldGroup, report: Report): string {
  return `**${code(group.id)}**${describeGroup(group, report)
    .map((word) => ` · ${escapeMarkdown(word)}`)
    .join('')}`;
}

/** The captures of a group, folded away, at most `atMost`; nothing where there is no room for any. */
export function renderGroupCaptures(group: ToldGroup, atMost: number): string[] {
  const ids = captureIdsOf(group).toSorted(compareNames);
  if (atMost === 0) {
    return [];
  }
  const more = ids.length > atMost ? [`and ${formatPlural(ids.length - atMost, 'more capture')}`] : [];
  return [
    details(`On ${formatPlural(ids.length, 'capture')}`, [[...ids.slice(0, atMost).map((id) => code(id)), ...more].join(', ')]),
  ];
}

/** Groups as a table, for where there are no pictures. */
export function renderGroupTable(groups: readonly ToldGroup[], report: Report): string {
  return table(
    ['Group', 'What and where', 'For example'],
    [':--', ':--', ':--'],
    groups.map((group) => [
      code(group.id),
      escapeMarkdown(describeGroup(group, report).join(', ')),
      code(group.occurrences[0].capture.id),
    ]),
  );
}
