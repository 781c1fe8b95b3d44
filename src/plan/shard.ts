import { sha256 } from '../system/sha256.ts';

/** One job's share of a run: the `index`-th of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What must be known of a capture to give it to a shard. */
interface Countable {
  readonly id: string;
}

/** Most jobs of a matrix that GitHub starts in a workflow run: https://docs.github.com/en/actions/reference/limits */
export const maxShards = 256;

/** Reads `i/n`. A shard that was understood, or what is wrong with it (a phrase that goes after the input's name). */
export function parseShard(written: string): { readonly value: Shard } | { readonly problem: string } {
  const match = /^(\d{1,4})\s*\/\s*(\d{1,4})$/.exec(written.trim());
  const shard = { index: Number(match?.[1] ?? 0), count: Number(match?.[2] ?? 0) };
  return shard.index >= 1 && shard.index <= shard.count && shard.count <= maxShards
    ? { value: shard }
    : { problem: `must be i/n with i from 1 to n and n at most ${maxShards}, such as 2/4, not ${JSON.stringify(written)}` };
}

/**
 * Deals captures out to `count` shards, each capture to exactly one: the longest first, each to the shard with the
 * least to do so far (longest processing time first, R. L. Graham 1969). A capture whose duration is not known counts
 * as a typical one; with none known the shards differ by one capture at most.
 *
 * The result depends on nothing but the arguments, and not on the order of the captures, so that every job that is
 * given the same comes to the same. Among captures of one duration a hash of the id gives the order: neighbours in a
 * config file tend to be alike, and alike pages should not all land in one shard.
 *
 * @returns one list for each shard, in the order that the captures were given in.
 */
export function splitIntoShards<Item extends Countable>(
  captures: readonly Item[],
  count: number,
  durationsMs: ReadonlyMap<string, number>,
): Item[][] {
  const typicalMs = median(captures.flatMap(({ id }) => durationsMs.get(id) ?? [])) ?? 1;
  const costs = new Map(captures.map(({ id }) => [id, { costMs: durationsMs.get(id) ?? typicalMs, key: sha256(id) }]));
  const costOf = ({ id }: Countable): { costMs: number; key: string } => costs.get(id) ?? { costMs: typicalMs, key: '' };
  const longestFirst = captures.toSorted((a, b) => {
    const [left, right] = [costOf(a), costOf(b)];
    return right.costMs - left.costMs || (left.key < right.key ? -1 : 1);
  });
  const shards = Array.from({ length: count }, () => ({ loadMs: 0, ids: new Set<string>() }));
  for (const capture of longestFirst) {
    const lightest = shards.reduce((best, shard) => (isLighter(shard, best) ? shard : best));
    lightest.loadMs += costOf(capture).costMs;
    lightest.ids.add(capture.id);
  }
  return shards.map(({ ids }) => captures.filter(({ id }) => ids.has(id)));
}

/** What one job does of a run. */
export interface Share<Item> {
  readonly captures: readonly Item[];
  /** Whether this job tells of baselines that no capture asks for: one of the shards does, for all of them. */
  readonly tellsRemoved: boolean;
  /** The whole split, by ids; absent where this job does everything. */
  readonly shard?: Shard & { readonly plan: readonly (readonly string[])[] };
}

/** This job's share of the captures; see `splitIntoShards`. */
export function takeShare<Item extends Countable>(
  captures: readonly Item[],
  shard: Shard | undefined,
  durationsMs: ReadonlyMap<string, number>,
): Share<Item> {
  if (shard === undefined) {
    return { captures, tellsRemoved: true };
  }
  const shards = splitIntoShards(captures, shard.count, durationsMs);
  return {
    captures: shards[shard.index - 1] ?? [],
    tellsRemoved: shard.index === 1,
    shard: { ...shard, plan: shards.map((share) => share.map(({ id }) => id)) },
  };
}

function isLighter(a: { loadMs: number; ids: Set<string> }, b: { loadMs: number; ids: Set<string> }): boolean {
  return a.loadMs < b.loadMs || (a.loadMs === b.loadMs && a.ids.size < b.ids.size);
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The artifact of a shard, e.g. `visual-capture-2-of-4`: its own name, since a name can be taken once in a run. */
export function shardArtifactName(artifactName: string, { index, count }: Shard): string {
  return `${artifactName}-${index}-of-${count}`;
}

/** The shard whose artifact has this name, if any. */
export function parseShardArtifactName(name: string, artifactName: string): Shard | undefined {
  const rest = name.startsWith(`${artifactName}-`) ? name.slice(artifactName.length + 1) : '';
  const parsed = parseShard(rest.replace(/^(\d+)-of-(\d+)$/, '$1/$2'));
  return 'value' in parsed ? parsed.value : undefined;
}
