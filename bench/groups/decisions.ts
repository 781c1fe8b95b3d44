import { tellChanges } from '../../src/report/tell-changes.ts';
import { hasOtherShade } from '../../src/results/groups/shared-shades.ts';
import type { Report } from '../../src/results/model.ts';
import type { Case } from './changes.ts';

/** What a reviewer has to decide about one run. */
export interface Decisions {
  /** One by one: a decision for each changed capture. */
  readonly captures: number;
  /** A decision for each group, and one for each capture with a change that is in none. */
  readonly accepted: number;
  /** The same, where what is alike is seen together. */
  readonly seen: number;
}

export function countDecisions(report: Report): Decisions {
  const { captures, alike = [] } = report;
  const { groups, left } = tellChanges(report);
  const alikeGroups = new Set(alike.flatMap((kind) => kind.groups));
  const seen = new Set(
    alike.flatMap(({ regions }) => Object.entries(regions).flatMap(([id, own]) => own.map((at) => `${at} ${id}`))),
  );
  const inGroups = new Set(
    groups.flatMap(({ occurrences }) =>
      occurrences.flatMap(({ capture, regions }) => regions.map((at) => `${at} ${capture.id}`)),
    ),
  );
  const unseen = left.filter(
    (capture) =>
      capture.comparison?.regions.some((_, at) => !seen.has(`${at} ${capture.id}`) && !inGroups.has(`${at} ${capture.id}`)) ||
      hasOtherShade(
        capture,
        groups.filter(({ id }) => capture.groups?.includes(id)).flatMap(({ shades }) => shades),
      ),
  );
  const accepted = groups.length + left.length;
  const seenOnce = alike.length + groups.filter(({ id }) => !alikeGroups.has(id)).length + unseen.length;
  return {
    captures: captures.filter(({ status }) => status === 'changed').length,
    accepted,
    // Where hardly anything is alike, what is alike is a thing more to look at.
    seen: Math.min(accepted, seenOnce),
  };
}

interface Row {
  readonly case: Case;
  readonly decisions: Decisions;
}

/** The changes of the whole site and their sum, then those by which the rules could be misled. */
export function renderTable(rows: readonly Row[]): string {
  const traps = rows.filter((row) => row.case.isTrap);
  const siteWide = cellsOf(rows.filter((row) => !row.case.isTrap));
  const sum = (at: number): number => siteWide.reduce((total, row) => total + Number(row[at]), 0);
  const totals = ['**all of these**', ...[1, 2, 3, 4].map((at) => `**${sum(at)}**`)];
  const head = ['change', 'real changes', 'captures to look at', 'groups and captures to accept', 'things to look at'];
  return [head, ['---', '--:', '--:', '--:', '--:'], ...siteWide, totals, ...cellsOf(traps)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cellsOf(rows: readonly Row[]): (string | number)[][] {
  return rows.map(({ case: { cause, realChanges }, decisions: { captures, accepted, seen } }) => [
    cause,
    realChanges,
    captures,
    accepted,
    seen,
  ]);
}
