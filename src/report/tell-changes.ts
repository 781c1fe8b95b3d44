import { formatCount, formatFew, formatPlural, formatSize } from '../basics/format.ts';
import { unionOf } from '../basics/geometry.ts';
import { groupsById, isCovered } from '../results/groups/covered.ts';
import type { CaptureReport, ChangedRegion, ChangeGroup, Report } from '../results/model.ts';
import { compareBySeverity } from './order.ts';

/** The changes of a run as a person is told of them: what several captures share once, then what is left. */
export interface ToldChanges {
  /** The one on most captures first. */
  readonly groups: readonly ChangeGroup[];
  /** The changed captures with a change that is in none of these groups, largest first. */
  readonly left: readonly CaptureReport[];
}

/** What is on so many is worth telling once, whatever else is on them. */
const manyCaptures = 5;

/**
 * Groups are told as long as that makes less to look at, and not more: where each page has its own text in another font, some words
 * are the same on two of them, and every page must be looked at all the same. Those on fewest captures are left out first.
 */
export function tellChanges(report: Pick<Report, 'captures' | 'groups'>): ToldChanges {
  const changed = report.captures.filter(({ status }) => status === 'changed').toSorted(compareBySeverity);
  const known = groupsById(report.groups);
  const covered = new Set(changed.filter((capture) => isCovered(capture, known)).map(({ id }) => id));
  const groups = [...(report.groups ?? [])];
  while (groups.length > covered.size && (groups.at(-1)?.captures ?? 0) < manyCaptures) {
    for (const id of Object.keys(groups.pop()?.regions ?? {})) {
      covered.delete(id);
    }
  }
  return { groups, left: changed.filter(({ id }) => !covered.has(id)) };
}

/** That a capture shows told groups as well as what is its own; plain text, nothing where it does not. */
export function describeAlso({ groups: own = [] }: CaptureReport, groups: readonly ChangeGroup[]): string[] {
  const also = groups.filter(({ id }) => own.includes(id)).map(({ id }) => id);
  return also.length === 0 ? [] : [`also ${formatFew(also, 5)}`];
}

/** The captures of a group that pictures of it can be made of, its example first. */
export function capturesOf(group: ChangeGroup, { captures }: Pick<Report, 'captures'>): CaptureReport[] {
  const own = captures.filter(({ id }) => Object.hasOwn(group.regions, id));
  return own.toSorted((one, other) => Number(other.id === group.example) - Number(one.id === group.example));
}

/** The regions of a group on one of its captures. */
export function regionsOn(group: ChangeGroup, { id, comparison }: CaptureReport): ChangedRegion[] {
  const indexes = Object.hasOwn(group.regions, id) ? (group.regions[id] ?? []) : [];
  return indexes.flatMap((at) => comparison?.regions[at] ?? []);
}

/** In a few words each, what a group is: `38 captures`, `1280×64 at the top`, `looks like g2`; plain text. */
export function describeGroup(group: ChangeGroup, report: Pick<Report, 'captures' | 'alike'>): string[] {
  const on = capturesOf(group, report);
  const [example] = on;
  const [region] = example === undefined ? [] : regionsOn(group, example);
  const kin = (report.alike ?? []).find(({ groups }) => groups.includes(group.id));
  const others = kin?.groups.filter((id) => id !== group.id) ?? [];
  return [
    formatPlural(group.captures, 'capture'),
    `${formatSize(group.size)}${example === undefined || region === undefined ? '' : ` ${describePlace(region, example)}`}`,
    ...describeShift(on.flatMap((capture) => regionsOn(group, capture).slice(0, 1))),
    ...(others.length === 0 ? [] : [`looks like ${formatFew(others, 5)}`]),
  ];
}

/** From an end of the page, as a share of its height: what lies there belongs to no page alone. */
const endShare = 0.1;

function describePlace({ y, height, only }: ChangedRegion, { comparison }: CaptureReport): string {
  const whole = comparison === undefined ? height : unionOf(comparison.baselineSize, comparison.actualSize).height;
  const words = { actual: 'inserted ', baseline: 'removed ' };
  const verb = only === undefined ? '' : words[only];
  const isAtTop = y < whole * endShare;
  const isAtBottom = y + height > whole * (1 - endShare);
  return `${verb}${isAtTop && !isAtBottom ? 'at the top' : isAtBottom && !isAtTop ? 'at the bottom' : `at y=${formatCount(y)}`}`;
}

/** That the same change lies at other heights, where it does. */
function describeShift(regions: readonly ChangedRegion[]): string[] {
  const heights = new Set(regions.map(({ y }) => y));
  return heights.size > 1 ? [`at ${formatCount(heights.size)} different heights`] : [];
}
