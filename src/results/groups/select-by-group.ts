import type { CaptureReport, Report } from '../model.ts';
import { groupsById, leftByGroups } from './covered.ts';

/** A capture that shows an accepted group, and what keeps it from being accepted. */
export interface LeftCapture {
  readonly id: string;
  /** The other groups that it is in. */
  readonly groups: readonly string[];
  /** How many of its changed regions are in no group. */
  readonly regions: number;
  /** A shade changed in it that none of the accepted groups shows. */
  readonly shade: boolean;
  /** Its picture cannot become a baseline, whatever it shows. */
  readonly barred?: true;
}

export interface SelectedByGroup {
  /** Whose every change is in one of the groups, in the order of the report. */
  readonly covered: readonly CaptureReport[];
  /** Those that show one of the groups and more. */
  readonly left: readonly LeftCapture[];
}

/** Words that can only be meant as groups: ids of groups that the report has. */
export function isGroupOf({ groups = [] }: Pick<Report, 'groups'>, word: string): boolean {
  return groups.some(({ id }) => id === word);
}

/** What is taken when these groups are accepted together. Ids that are none of the report's groups select nothing. */
export function selectByGroup(
  { captures, groups = [] }: Pick<Report, 'captures' | 'groups'>,
  ids: readonly string[],
): SelectedByGroup {
  const accepted = groupsById(groups.filter(({ id }) => ids.includes(id)));
  const covered: CaptureReport[] = [];
  const left: LeftCapture[] = [];
  for (const capture of captures) {
    if (capture.status !== 'changed' || !capture.groups?.some((id) => accepted.has(id))) {
      continue;
    }
    const rest = leftByGroups(capture, accepted);
    if (rest.regions.length === 0 && !rest.shade) {
      covered.push(capture);
      continue;
    }
    const others = capture.groups.filter((id) => !accepted.has(id));
    const alone = leftByGroups(capture, groupsById(groups.filter(({ id }) => capture.groups?.includes(id))));
    left.push({ id: capture.id, groups: others, regions: alone.regions.length, shade: rest.shade });
  }
  return { covered, left };
}
