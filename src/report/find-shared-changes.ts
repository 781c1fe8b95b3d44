import { joinRects, type Rect } from '../basics/geometry.ts';
import { type GroupsById, groupsById, isCovered } from '../results/groups/covered.ts';
import type { CaptureReport, ChangedRegion, ComparedCapture, Report, SharedChange, SharedShade } from '../results/model.ts';

/** A change as it is to be seen on one capture. */
export interface Occurrence {
  readonly capture: ComparedCapture;
  /** Indexes of `comparison.regions`, ascending. */
  readonly regions: readonly number[];
  /** The smallest rectangle around them, in device pixels. */
  readonly place: ChangedRegion;
}

/** A group of the report with its captures at hand. */
export interface FoundGroup {
  readonly id: string;
  /** One for each capture, the example first. Never empty. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
  /** Shades that changed on each of the captures besides. */
  readonly shades: readonly SharedShade[];
}

/** Changes that look like one, with their groups at hand. */
export interface FoundAlike {
  readonly id: string;
  /** Each group stands with the first changes that name it. */
  readonly groups: readonly FoundGroup[];
  /** All captures that show one of them. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
}

export interface SharedChanges {
  /** In the order of the report, most captures first. */
  readonly groups: readonly FoundGroup[];
  readonly alike: readonly FoundAlike[];
  /** The groups of each changed region, by capture and by the region's index. */
  readonly byRegion: ReadonlyMap<CaptureReport, readonly (readonly string[])[]>;
  /** As the report has them, without those that are about nothing. */
  readonly byId: GroupsById;
}

/**
 * What the captures of a report share. Results of other jobs are data from outside: captures, regions and groups that do not
 * exist are passed over, and so is a group that is left without a capture.
 */
export function findSharedChanges({
  captures,
  groups = [],
  alike = [],
}: Pick<Report, 'captures' | 'groups' | 'alike'>): SharedChanges {
  const changed = new Map(captures.flatMap((capture) => (capture.status === 'changed' ? [[capture.id, capture] as const] : [])));
  const found = new Map<string, FoundGroup>();
  for (const group of groups) {
    const occurrences = findOccurrences(group, changed);
    if (isFilled(occurrences) && !found.has(group.id)) {
      found.set(group.id, { id: group.id, occurrences, shades: group.shades ?? [] });
    }
  }
  const byReach = [...found.values()].toSorted((a, b) => b.occurrences.length - a.occurrences.length);
  return {
    groups: byReach,
    alike: findAlike(alike, found, changed),
    byRegion: listByRegion(byReach),
    byId: groupsById(groups.filter(({ id }) => found.has(id))),
  };
}

function findAlike(
  alike: NonNullable<Report['alike']>,
  groups: ReadonlyMap<string, FoundGroup>,
  changed: ReadonlyMap<string, ComparedCapture>,
): FoundAlike[] {
  const taken = new Set<FoundGroup>();
  return alike.flatMap((one): FoundAlike[] => {
    const own = [...new Set(one.groups)].flatMap((id) => groups.get(id) ?? []).filter((group) => !taken.has(group));
    const occurrences = joinOccurrences([...findOccurrences(one, changed), ...own.flatMap((group) => group.occurrences)]);
    for (const group of own) {
      taken.add(group);
    }
    return isFilled(occurrences) ? [{ id: one.id, groups: own, occurrences }] : [];
  });
}

function findOccurrences({ example, regions }: SharedChange, changed: ReadonlyMap<string, ComparedCapture>): Occurrence[] {
  const occurrences = Object.entries(regions).flatMap(([id, indexes]) => {
    const capture = changed.get(id);
    const occurrence = capture === undefined ? undefined : occurrenceOf(capture, indexes);
    return occurrence === undefined ? [] : [occurrence];
  });
  return occurrences.toSorted((a, b) => Number(b.capture.id === example) - Number(a.capture.id === example));
}

function occurrenceOf(capture: ComparedCapture, indexes: readonly number[]): Occurrence | undefined {
  const known = capture.comparison.regions;
  const regions = [...new Set(indexes)].filter((index) => known[index] !== undefined).sort((a, b) => a - b);
  const [first, ...rest] = regions.flatMap((index) => known[index] ?? []);
  return first === undefined ? undefined : { capture, regions, place: joinRegions(first, rest) };
}

/** The smallest region around all; in the baseline it lies where the first does. */
export function joinRegions(first: ChangedRegion, rest: readonly ChangedRegion[]): ChangedRegion {
  if (rest.length === 0) {
    return first;
  }
  const all = [first, ...rest];
  const { only, baselineY } = first;
  const place = rest.reduce<Rect>(joinRects, first);
  return {
    ...place,
    diffPixels: all.reduce((sum, { diffPixels }) => sum + diffPixels, 0),
    ...(only !== undefined && all.every((region) => region.only === only) ? { only } : {}),
    ...(baselineY === undefined ? {} : { baselineY: Math.max(baselineY + place.y - first.y, 0) }),
  };
}

/** One for each capture. */
function joinOccurrences(occurrences: readonly Occurrence[]): Occurrence[] {
  return [...Map.groupBy(occurrences, ({ capture }) => capture)].flatMap(
    ([capture, all]) =>
      occurrenceOf(
        capture,
        all.flatMap(({ regions }) => regions),
      ) ?? [],
  );
}

function isFilled(occurrences: readonly Occurrence[]): occurrences is readonly [Occurrence, ...Occurrence[]] {
  return occurrences.length > 0;
}

function listByRegion(groups: readonly FoundGroup[]): SharedChanges['byRegion'] {
  const byCapture = new Map<CaptureReport, string[][]>();
  for (const { id, occurrences } of groups) {
    for (const { capture, regions } of occurrences) {
      const lists = byCapture.get(capture) ?? capture.comparison.regions.map(() => []);
      byCapture.set(capture, lists);
      for (const region of regions) {
        lists[region]?.push(id);
      }
    }
  }
  return byCapture;
}

/** Whether the groups for which `holds` show every change of a capture. */
export function isShownBy({ byId }: SharedChanges, capture: CaptureReport, holds: (group: string) => boolean): boolean {
  const held = (capture.groups ?? []).filter(holds).flatMap((id) => byId.get(id) ?? []);
  return held.length > 0 && isCovered(capture, groupsById(held));
}
