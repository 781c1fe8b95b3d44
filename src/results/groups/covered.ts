import type { CaptureReport, ChangeGroup, ComparedCapture } from '../model.ts';
import { hasOtherShade } from './shared-shades.ts';

/** How a changed capture stands to groups that somebody accepts. */
export interface Coverage {
  /** Its changed regions that are in none of them, by their place in `comparison.regions`. */
  readonly regions: readonly number[];
  /** A shade changed in it that is not told with any of them. */
  readonly shade: boolean;
}

/** Groups by their id. */
export type GroupsById = ReadonlyMap<string, ChangeGroup>;

export function groupsById(groups: readonly ChangeGroup[] = []): GroupsById {
  return new Map(groups.map((group) => [group.id, group]));
}

/** What of a changed capture these groups do not hold; nothing: who has seen them has seen all that changed in it. */
export function leftByGroups(capture: ComparedCapture, groups: GroupsById): Coverage {
  const own = (capture.groups ?? []).flatMap((id) => groups.get(id) ?? []);
  const held = new Set(own.flatMap(({ regions }) => (Object.hasOwn(regions, capture.id) ? (regions[capture.id] ?? []) : [])));
  return {
    regions: capture.comparison.regions.flatMap((_, at) => (held.has(at) ? [] : [at])),
    shade: hasOtherShade(
      capture,
      own.flatMap(({ shades = [] }) => shades),
    ),
  };
}

/** Whether these groups hold every change of a capture. */
export function isCovered(capture: CaptureReport, groups: GroupsById): boolean {
  if (capture.status !== 'changed' || capture.comparison.regions.length === 0) {
    return false;
  }
  const { regions, shade } = leftByGroups(capture, groups);
  return regions.length === 0 && !shade;
}
