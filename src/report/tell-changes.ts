import { formatCount, formatFew, formatPlural, formatSize } from '../basics/format.ts';
import { groupsById, isCovered } from '../results/groups/covered.ts';
import type { CaptureReport, ChangedRegion, Report, SharedShade } from '../results/model.ts';
import { nameGroups, sizeOnPage } from './describe-place.ts';
import { type FoundGroup, findSharedChanges, type SharedChanges } from './find-shared-changes.ts';
import { compareBySeverity } from './order.ts';

/** A group as a person is told of it. */
export interface ToldGroup extends FoundGroup {
  /** By its place: `Header`, `Footer, mobile`. */
  readonly name: string;
}

/** The changes of a run as a person is told of them: what several captures share once, then what is left. */
export interface ToldChanges {
  /** The one on most captures first. */
  readonly groups: readonly ToldGroup[];
  /** The changed captures with a change that is in none of these groups, largest first. */
  readonly left: readonly CaptureReport[];
  readonly shared: SharedChanges;
}

/** What is on so many is worth telling once, whatever else is on them. */
const manyCaptures = 5;

/**
 * Groups are told as long as that makes less to look at, and not more: where each page has its own text in another font, some words
 * are the same on two of them, and every page must be looked at all the same. Those on fewest captures are left out first.
 */
export function tellChanges(report: Pick<Report, 'captures' | 'groups' | 'alike'>): ToldChanges {
  const changed = report.captures.filter(({ status }) => status === 'changed').toSorted(compareBySeverity);
  const known = groupsById(report.groups);
  const covered = new Set(changed.filter((capture) => isCovered(capture, known)).map(({ id }) => id));
  const groups = [...(report.groups ?? [])];
  while (groups.length > covered.size && (groups.at(-1)?.captures ?? 0) < manyCaptures) {
    for (const id of Object.keys(groups.pop()?.regions ?? {})) {
      covered.delete(id);
    }
  }
  const shared = findSharedChanges({ ...report, groups });
  const names = nameGroups(shared.groups);
  return {
    groups: shared.groups.map((group) => ({ ...group, name: names.get(group.id) ?? group.id })),
    left: changed.filter(({ id }) => !covered.has(id)),
    shared,
  };
}

/** That a capture shows told groups as well as what is its own; plain text, nothing where it does not. */
export function describeAlso({ groups: own = [] }: CaptureReport, groups: readonly ToldGroup[]): string[] {
  const also = groups.filter(({ id }) => own.includes(id)).map(({ id }) => id);
  return also.length === 0 ? [] : [`also ${formatFew(also, 5)}`];
}

/** In a few words each, what a group is: `Header, 1280×64 px`, `38 captures`, `looks like g2`; plain text. */
export function describeGroup(group: ToldGroup, { alike = [] }: Pick<Report, 'alike'>): string[] {
  const { occurrences, shades } = group;
  const kin = alike.find(({ groups }) => groups.includes(group.id));
  const others = kin?.groups.filter((id) => id !== group.id) ?? [];
  const size = formatSize(sizeOnPage(occurrences[0]));
  return [
    // What is named by its size need not have it twice.
    group.name.endsWith(size) ? `${group.name} px` : `${group.name}, ${size} px`,
    formatPlural(occurrences.length, 'capture'),
    ...describeOnly(occurrences[0].place),
    ...describeShift(occurrences.map(({ place }) => place)),
    ...describeShades(shades),
    ...(others.length === 0 ? [] : [`looks like ${formatFew(others, 5)}`]),
  ];
}

/** The ids of the captures of a group, its example first. */
export function captureIdsOf({ occurrences }: FoundGroup): string[] {
  return occurrences.map(({ capture }) => capture.id);
}

function describeOnly({ only }: ChangedRegion): string[] {
  const words = { actual: 'inserted', baseline: 'removed' };
  return only === undefined ? [] : [words[only]];
}

/** That the same change lies at other heights, where it does. */
function describeShift(places: readonly ChangedRegion[]): string[] {
  const heights = new Set(places.map(({ y }) => y));
  return heights.size > 1 ? [`at ${formatCount(heights.size)} different heights`] : [];
}

/** The shades that changed with a group: `with a shade, #ffffff to #ecfdf5`; plain text. */
export function describeShades([first, ...rest]: readonly SharedShade[]): string[] {
  return first === undefined
    ? []
    : [`with a shade, ${first.from} to ${first.to}${rest.length === 0 ? '' : `, and ${formatCount(rest.length)} more`}`];
}
