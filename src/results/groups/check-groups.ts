import type { CaptureReport, ChangeGroup, Report, SharedChange } from '../model.ts';
import { WrongShape } from '../shape.ts';
import { hasShades } from './shared-shades.ts';

/**
 * Groups that another job wrote must be about its own captures and regions, each region in one group at most, and captures must name
 * the groups that they are in: what is accepted hangs on it.
 * @throws WrongShape
 */
export function checkGroups({ captures, groups = [], alike = [] }: Report): void {
  const byId = new Map(captures.map((capture) => [capture.id, capture]));
  const groupsOf = new Map<string, string[]>();
  const taken = new Set<string>();
  const ids = new Set<string>();
  for (const group of groups) {
    refuse(ids.has(group.id), group.id, 'is there twice');
    ids.add(group.id);
    checkRegions(group, byId);
    checkShades(group, byId);
    for (const [capture, indexes] of Object.entries(group.regions)) {
      groupsOf.set(capture, [...(groupsOf.get(capture) ?? []), group.id]);
      for (const index of indexes) {
        refuse(taken.has(`${index} ${capture}`), group.id, 'shares a region with another group');
        taken.add(`${index} ${capture}`);
      }
    }
  }
  for (const { id, groups: named = [] } of captures) {
    const own = groupsOf.get(id) ?? [];
    if (named.length !== own.length || named.some((group) => !own.includes(group))) {
      throw new WrongShape(`the capture ${JSON.stringify(id)} names other groups than it is in`);
    }
  }
  for (const kind of alike) {
    checkRegions(kind, byId);
    refuse(!kind.groups.every((group) => ids.has(group)), kind.id, 'names a group that is not there');
  }
}

function checkRegions(
  { id, captures, example, regions }: SharedChange & { readonly id: string },
  byId: ReadonlyMap<string, CaptureReport>,
): void {
  refuse(Object.keys(regions).length !== captures, id, 'counts other captures than it names');
  refuse(!Object.hasOwn(regions, example), id, 'has an example that is none of its captures');
  for (const [capture, indexes] of Object.entries(regions)) {
    const there = byId.get(capture);
    const known = there?.status === 'changed' ? there.comparison.regions.length : 0;
    refuse(
      indexes.length === 0 || indexes.some((index) => index >= known),
      id,
      `names a region that ${JSON.stringify(capture)} has not`,
    );
  }
}

function checkShades({ id, regions, shades = [] }: ChangeGroup, byId: ReadonlyMap<string, CaptureReport>): void {
  const captures = Object.keys(regions).flatMap((capture) => byId.get(capture) ?? []);
  refuse(
    captures.some((capture) => !hasShades(capture, shades)),
    id,
    'names a shade that not all of its captures have',
  );
}

function refuse(isWrong: boolean, id: string, reason: string): void {
  if (isWrong) {
    throw new WrongShape(`the group ${id} ${reason}`);
  }
}
