import { compareNames } from '../../basics/natural-order.ts';
import { defined } from '../../basics/record.ts';
import type { AlikeChanges, CaptureReport, ChangeGroup, ComparedCapture, Report, SharedChange } from '../model.ts';
import { findAlike } from './alike/find-alike.ts';
import type { AlikeUnit } from './alike/is-alike.ts';
import type { ChangedPlace } from './changed-place.ts';

import { listPlaces } from './list-places.ts';
import { findSharedShades } from './shared-shades.ts';

/** A place with where its region stands among those of its capture. */
interface Located extends ChangedPlace {
  readonly index: number;
}

/** The places of one change, sorted by the names of their captures; at least one. */
interface SharedPlaces {
  readonly id: string;
  readonly captures: ReadonlySet<number>;
  readonly places: readonly Located[];
}

/**
 * Tells which changes several captures share, and which look alike. Regions may be cut for that, so that what is shared is a region
 * of its own. The traces, which have served then, are left out. Captures that tell not all of their regions, or of which no traces
 * are known, are in no group.
 */
export function groupChanges(report: Report): Report {
  const places = locate(listPlaces(report.captures));
  const groups = findGroups(places, report.captures);
  const idsOf = new Map<number, string[]>();
  for (const { id, captures } of groups) {
    for (const capture of captures) {
      idsOf.set(capture, [...(idsOf.get(capture) ?? []), id]);
    }
  }
  const regionsOf = Map.groupBy(places, ({ capture }) => capture);
  const captures = report.captures.map((capture, at) =>
    capture.comparison === undefined ? capture : withGroups(capture, regionsOf.get(at), idsOf.get(at)),
  );
  const alike = findAlikeChanges(groups, places, captures);
  return {
    ...report,
    captures,
    ...(groups.length === 0 ? {} : { groups: groups.map((group) => toGroup(group, captures)) }),
    ...(alike.length === 0 ? {} : { alike }),
  };
}

function toGroup(group: SharedPlaces, captures: readonly CaptureReport[]): ChangeGroup {
  const shades = findSharedShades([...group.captures].flatMap((at) => captures[at] ?? []));
  return { id: group.id, ...describe(group, captures), ...(shades.length === 0 ? {} : { shades }) };
}

/** Regions of a capture in the order of `Comparison.regions`. */
function locate(places: readonly ChangedPlace[]): Located[] {
  return [...Map.groupBy(places, ({ capture }) => capture).values()].flatMap((own) =>
    own
      .toSorted(({ region: one }, { region: other }) => other.diffPixels - one.diffPixels || one.y - other.y || one.x - other.x)
      .map((place, index) => ({ ...place, index })),
  );
}

function withGroups(
  capture: ComparedCapture,
  places: readonly Located[] | undefined,
  groups: readonly string[] | undefined,
): ComparedCapture {
  const { traces: _, ...comparison } = capture.comparison;
  return {
    ...capture,
    comparison: { ...comparison, ...(places === undefined ? {} : { regions: places.map(({ region }) => region) }) },
    ...defined({ groups }),
  };
}

/** What at least two captures show, the one on most captures first, then the largest. */
function findGroups(places: readonly Located[], captures: readonly CaptureReport[]): SharedPlaces[] {
  const byKey = Map.groupBy(
    places.filter(({ key }) => key !== undefined),
    ({ key }) => key,
  );
  return [...byKey.values()]
    .map((own) => sharedBy('', own, captures))
    .filter((shared) => shared.captures.size > 1)
    .toSorted((one, other) => compareReach(one, other, captures))
    .map((shared, at) => ({ ...shared, id: `g${at + 1}` }));
}

function sharedBy(id: string, places: readonly Located[], captures: readonly CaptureReport[]): SharedPlaces {
  return {
    id,
    captures: new Set(places.map(({ capture }) => capture)),
    places: places.toSorted((one, other) => compareNames(idOf(captures, one), idOf(captures, other)) || one.index - other.index),
  };
}

function idOf(captures: readonly CaptureReport[], { capture }: Located): string {
  return captures[capture]?.id ?? '';
}

function compareReach(one: SharedPlaces, other: SharedPlaces, captures: readonly CaptureReport[]): number {
  const [a, b] = [one.places[0], other.places[0]];
  return (
    other.captures.size - one.captures.size ||
    (b?.region.diffPixels ?? 0) - (a?.region.diffPixels ?? 0) ||
    (a === undefined || b === undefined ? 0 : compareNames(idOf(captures, a), idOf(captures, b)) || a.index - b.index)
  );
}

function describe({ captures: on, places }: SharedPlaces, captures: readonly CaptureReport[]): SharedChange {
  const [first] = places;
  return {
    captures: on.size,
    size: { width: first?.region.width ?? 1, height: first?.region.height ?? 1 },
    example: first === undefined ? '' : idOf(captures, first),
    regions: Object.fromEntries(
      [...Map.groupBy(places, (place) => idOf(captures, place))].map(([id, own]) => [id, own.map(({ index }) => index)]),
    ),
  };
}

interface Unit extends AlikeUnit {
  readonly shared: SharedPlaces;
}

/** Groups, and places that are in none, which look alike on several captures. */
function findAlikeChanges(
  groups: readonly SharedPlaces[],
  places: readonly Located[],
  captures: readonly CaptureReport[],
): AlikeChanges[] {
  const grouped = new Set(groups.flatMap((group) => group.places));
  const single = places.filter((place) => !grouped.has(place)).map((place) => sharedBy('', [place], captures));
  const units = [...groups, ...single].flatMap((shared): Unit[] => {
    const place = shared.places.find(({ isPart }) => !isPart) ?? shared.places[0];
    const capture = place && captures[place.capture];
    return place === undefined || capture === undefined
      ? []
      : [{ ...place, shared, capture, captures: [...shared.captures].flatMap((at) => captures[at] ?? []) }];
  });
  return findAlike(units, captures.filter(({ comparison }) => comparison !== undefined).length)
    .filter((kind) => kind.length > 1)
    .map((kind) => ({
      groups: kind.flatMap(({ shared }) => (shared.id === '' ? [] : [shared.id])),
      ...sharedBy(
        '',
        kind.flatMap(({ shared }) => shared.places),
        captures,
      ),
    }))
    .filter(({ captures: on }) => on.size > 1)
    .toSorted((one, other) => compareReach(one, other, captures))
    .map((kind, at): AlikeChanges => ({ id: `a${at + 1}`, groups: kind.groups, ...describe(kind, captures) }));
}
