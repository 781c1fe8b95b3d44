import { targetKey } from '../address/page-key.ts';
import { docsUrl } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import type { Place, Problem } from '../errors/problem.ts';
import type { Discovery, FoundTarget } from '../plan/discovery.ts';
import { nameTarget } from '../plan/plan-captures.ts';
import { sameFileKey } from '../plan/safe-name.ts';
import type { Author, Located } from './located.ts';
import { suggestKnown } from './nearest.ts';
import type { LoadedTarget } from './targets.ts';

/** Where `discover` was written, and by whom. */
export type DiscoverPlace = Pick<Located, 'place' | 'by'>;

/**
 * The listed targets, and then those that were found and that no listed one stands for: one of the same address or the
 * same name. A listed target that has a name alone is the found one of this name. Notes what was not found in `problems`.
 */
export function mergeFound(
  listed: readonly LoadedTarget[],
  { found }: Discovery,
  base: URL | undefined,
  { place, by }: DiscoverPlace,
  problems: Problem[],
): LoadedTarget[] {
  const byKey = new Map(found.map((one) => [targetKey(one.url, base), one]));
  const byName = new Map(found.map((one) => [sameFileKey(nameOf(one, base)), one]));
  const taken = new Set<FoundTarget>();
  const find = (one: FoundTarget | undefined): FoundTarget | undefined => {
    if (one !== undefined) {
      taken.add(one);
    }
    return one;
  };
  const merged = listed.map((target): LoadedTarget => {
    const { page, name } = target;
    const named = find(name === undefined ? undefined : byName.get(sameFileKey(name.raw)));
    const same = find(page.kind === 'url' ? byKey.get(targetKey(page.url, base)) : undefined);
    if (page.kind !== 'found') {
      return same === undefined ? target : withStory(target, same);
    }
    return named === undefined ? refuse(target, found, base, problems) : withPage(target, named);
  });
  const rest = found.filter((one) => !taken.has(one));
  return [...merged, ...rest.map((one) => asTarget(one, place, by))];
}

/** A target that has a name alone. */
function withPage(target: LoadedTarget, { url, story, by }: FoundTarget): LoadedTarget {
  return { ...target, page: { kind: 'url', url }, foundBy: by, ...defined({ story }) };
}

/** A listed target is named as it says, and a story of it as all stories are. */
function withStory(target: LoadedTarget, { story, by }: FoundTarget): LoadedTarget {
  const name = target.name ?? (story === undefined ? undefined : { raw: story.name, place: target.place, by: target.by });
  return { ...target, ...defined({ name, story, foundBy: by }) };
}

function asTarget({ url, story, by: foundBy }: FoundTarget, place: Place, by: Author): LoadedTarget {
  const name = story === undefined ? undefined : { raw: story.name, place, by };
  return { place, by, page: { kind: 'url', url }, settings: new Map(), foundBy, ...defined({ name, story }) };
}

function nameOf({ url, story }: FoundTarget, base: URL | undefined): string {
  return story?.name ?? nameTarget(url, base) ?? url;
}

function refuse(target: LoadedTarget, found: readonly FoundTarget[], base: URL | undefined, problems: Problem[]): LoadedTarget {
  const name = target.name?.raw ?? '';
  const known = found.map((one) => nameOf(one, base));
  problems.push({
    place: target.place,
    message: `discover has found nothing named "${name}". ${known.length === 0 ? 'It has found nothing at all.' : suggestKnown(name, known, docsUrl('discover.md'))}`,
  });
  return { ...target, page: { kind: 'refused' } };
}
