import { targetKey } from '../address/page-key.ts';
import { formatCount } from '../basics/format.ts';
import type { DiscoverChoice, Discovery, FoundTarget, LeftOut } from '../plan/discovery.ts';
import type { Finding } from './finding.ts';

/**
 * Puts together what the sources found: each page once, in an order that hangs on nothing but the addresses. Problems are
 * whole sentences; with any nothing is captured.
 */
export function chooseTargets(
  findings: readonly Finding[],
  { max }: Pick<DiscoverChoice, 'max'>,
  base: URL | undefined,
): Discovery & { readonly problems: readonly string[] } {
  const byKey = new Map<string, FoundTarget>();
  const twice: LeftOut[] = [];
  for (const target of findings.flatMap(({ found }) => found).toSorted(byAddress)) {
    const key = targetKey(target.url, base);
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, target);
    } else if (known.url !== target.url) {
      twice.push({ what: target.url, by: target.by, reason: { kind: 'same-page', detail: known.url } });
    }
  }
  const found = [...byKey.values()];
  const problems = findings.flatMap((finding) => finding.problems);
  const isCut = findings.some((finding) => finding.isCut);
  const more = found.length > max;
  return {
    found,
    leftOut: [...findings.flatMap(({ leftOut }) => leftOut), ...twice],
    notes: findings.flatMap(({ notes }) => notes),
    problems: problems.length > 0 ? few(problems) : more ? [tooMany(found.length, isCut, max)] : [],
  };
}

/** Of a site that is down each page is a problem. */
const shownProblems = 10;

function few(problems: readonly string[]): string[] {
  const more = problems.length - shownProblems;
  return more > 0
    ? [...problems.slice(0, shownProblems), `discover has ${formatCount(more)} more such problems.`]
    : [...problems];
}

function tooMany(count: number, isCut: boolean, max: number): string {
  const counted = `${isCut ? 'at least ' : ''}${formatCount(count)}`;
  return `discover found ${counted} targets, more than the ${formatCount(max)} that its max allows. Leave some out with include and exclude, or raise max.`;
}

/** Pages before stories; the form of an address that is the shortest comes first, and is the one that counts. */
function byAddress(one: FoundTarget, other: FoundTarget): number {
  const [left, right] = [orderOf(one), orderOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function orderOf({ story, url }: FoundTarget): string {
  return story === undefined ? `0${url}` : `1${story.name} ${url}`;
}
