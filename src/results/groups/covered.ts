import type { CaptureReport, ChangeGroup, ComparedCapture } from '../model.ts';
import { shadeFindingOf } from '../shade-finding.ts';

/** How a changed capture stands to groups that somebody accepts. */
export interface Coverage {
  /** Its changed regions that are in none of them, by their place in `comparison.regions`. */
  readonly regions: readonly number[];
  /** A shade changed in it, which is in no group. */
  readonly shade: boolean;
}

/** Groups by their id. */
export type GroupsById = ReadonlyMap<string, ChangeGroup>;

export function groupsById(groups: readonly ChangeGroup[] = []): GroupsById {
  return new Map(groups.map((group) => [group.id, group]));
}

/** What of a changed capture these groups do not hold; nothing: who has seen them has seen all that changed in it. */
export function leftByGroups(capture: ComparedCapture, groups: GroupsById): Coverage {
  const held = new Set(
    (capture.groups ?? []).flatMap((id) => {
      const regions = groups.get(id)?.regions ?? {};
      return Object.hasOwn(regions, capture.id) ? (regions[capture.id] ?? []) : [];
    }),
  );
  return {
    regions: capture.comparison.regions.flatMap((_, at) => (held.has(at) ? [] : [at])),
    shade: shadeFindingOf(capture)?.counts === false,
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
