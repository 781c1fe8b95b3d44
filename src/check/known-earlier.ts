import type { BaselineSource } from '../baseline/source.ts';
import { readLastRun } from '../output/last-run.ts';
import type { AccountLimit } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';

type DurationsMs = ReadonlyMap<string, number>;

/** What earlier runs tell: how long captures took, by id, since what was slow is likely to be slow again; and the limit. */
export interface KnownEarlier {
  /** All that this job knows: what takes longest is sent first. */
  readonly forOrder: DurationsMs;
  /** What every job of a workflow run knows alike: with anything else, two shards could split the captures differently. */
  readonly forShards: DurationsMs;
  /** The account's limit. */
  readonly limit: AccountLimit | undefined;
}

/** Reads what the last run into `output` and the baselines tell; the last run is believed first. */
export async function readEarlier(output: Folder, baselines: BaselineSource | undefined): Promise<KnownEarlier> {
  const ofBaselines = await baselines?.durations?.();
  const last = await readLastRun(output);
  const lastMs = last.captures.flatMap(({ id, durationMs }): [string, number][] => (durationMs > 0 ? [[id, durationMs]] : []));
  return {
    forOrder: new Map([...(ofBaselines?.msById ?? []), ...lastMs]),
    // The results of a shard lie in the folder of that job alone.
    limit: last.limit ?? ofBaselines?.limit,
    forShards: new Map([...(ofBaselines?.sameInEveryJob ? ofBaselines.msById : []), ...(last.isShard ? [] : lastMs)]),
  };
}
