import { defined } from '../basics/record.ts';
import { fixes } from '../errors/fixes.ts';
import { UserError } from '../errors/user-error.ts';
import { parseCaptureId } from '../plan/capture-id.ts';
import { describeError } from '../services/describe-error.ts';
import { decideNothingCompared } from './decide-nothing-compared.ts';
import type { CaptureReport, Report, RunReport, ServiceTotals } from './model.ts';
import { countTotals, decideOutcome } from './outcome.ts';

/** The results of one shard, and where they come from. */
export interface ShardResults {
  /** The name of the artifact, for messages. */
  readonly artifact: string;
  readonly report: Report;
}

/** What the merging job itself knows. */
export interface MergeFacts extends Pick<RunReport, 'failOn' | 'ci'> {
  readonly allowEmpty: boolean;
}

/**
 * Joins the results of shards into those of the whole run. The captures of a shard that reported nothing are `failed`
 * as `shard_missing`.
 * @throws UserError when they are not shards of one and the same run.
 */
export function mergeShards(shards: readonly ShardResults[], about: MergeFacts): Report {
  const [first] = shards;
  if (first?.report.run.shard === undefined) {
    throw notShards(`"${first?.artifact}" holds the results of a whole run`);
  }
  checkOneRun(first, shards);
  const { plan, count } = first.report.run.shard;
  const captures = [
    ...shards.flatMap(({ report }) => report.captures),
    ...plan.flatMap((ids, at) => {
      const shard = shards.find(({ report }) => report.run.shard?.index === at + 1);
      const told = new Set(shard?.report.captures.map(({ id }) => id));
      const reason = shard === undefined ? 'uploaded no results' : 'tells nothing of this capture';
      return ids
        .filter((id) => !told.has(id))
        .map((id) => missingCapture(id, `shard ${at + 1}/${count} ${reason}`, first.report.run.engine));
    }),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  checkOnce(captures);
  const totals = countTotals(captures);
  const nothingCompared = decideNothingCompared(captures, {
    comparing: first.report.run.baseline !== 'none',
    updating: captures.some(({ baselineUpdated }) => baselineUpdated === true),
    sharded: false,
    allowed: about.allowEmpty,
    lenient: about.failOn.length === 0,
  });
  const stopped = shards.find(({ report }) => report.stopped !== undefined)?.report.stopped;
  return {
    version: 1,
    outcome: decideOutcome(totals),
    totals,
    service: sumService(shards.map(({ report }) => report.service)),
    captures,
    ...defined({ stopped }),
    run: {
      ...spanOf(shards.map(({ report }) => report.run)),
      engine: first.report.run.engine,
      baseline: first.report.run.baseline,
      ...defined({ baselineKind: first.report.run.baselineKind }),
      versions: first.report.run.versions,
      failOn: about.failOn,
      ...defined({ retakesEnded: joinRetakesEnded(shards.map(({ report }) => report.run)) }),
      ...defined({ ci: about.ci, nothingCompared }),
    },
  };
}

/** Which shards of a split gave no results, e.g. `[3]`. */
export function findMissingShards(shards: readonly ShardResults[]): number[] {
  const count = shards[0]?.report.run.shard?.count ?? 0;
  const there = new Set(shards.map(({ report }) => report.run.shard?.index));
  return Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.has(index));
}

/** Every shard must have come to the same split: with another one, captures would be made twice or not at all. */
function checkOneRun(first: ShardResults, shards: readonly ShardResults[]): void {
  const { run } = first.report;
  const common = JSON.stringify([run.shard?.count, run.shard?.plan.map((ids) => ids.toSorted())]);
  const seen = new Map<number, string>();
  for (const { artifact, report } of shards) {
    const { shard, engine, versions } = report.run;
    if (shard === undefined || shard.plan.length !== shard.count || shard.index > shard.count) {
      throw notShards(`"${artifact}" holds no results of a shard`);
    }
    if (JSON.stringify([shard.count, shard.plan.map((ids) => ids.toSorted())]) !== common) {
      throw notShards(`"${artifact}" was split in another way than "${first.artifact}"`);
    }
    if (engine !== run.engine || JSON.stringify(versions) !== JSON.stringify(run.versions)) {
      throw notShards(`"${artifact}" was made by another engine or version than "${first.artifact}"`);
    }
    const twin = seen.get(shard.index);
    if (twin !== undefined) {
      throw notShards(`"${artifact}" and "${twin}" both hold shard ${shard.index}/${shard.count}`);
    }
    seen.set(shard.index, artifact);
  }
}

function checkOnce(captures: readonly CaptureReport[]): void {
  const twice = captures.find(({ id }, at) => id === captures[at - 1]?.id);
  if (twice !== undefined) {
    throw notShards(`two of them hold the capture ${twice.id}`);
  }
}

function notShards(reason: string): UserError {
  return new UserError(
    `The shards do not belong together: ${reason}.`,
    'Give every shard the same inputs but for shard, the same checkout and the same artifact-name, and run all of them again. If an earlier results.json is restored for its durations, restore the same one for every shard.',
  );
}

function missingCapture(id: string, detail: string, engine: RunReport['engine']): CaptureReport {
  const { title, meaning } = describeError('shard_missing', engine);
  return {
    ...parseCaptureId(id),
    status: 'failed',
    unstable: false,
    attempts: 0,
    durationMs: 0,
    files: {},
    error: { code: 'shard_missing', message: `${title}: ${detail}. ${meaning}`, fix: fixes.shardMissing() },
  };
}

function sumService(all: readonly ServiceTotals[]): ServiceTotals {
  const sum = (pick: (one: ServiceTotals) => number): number => all.reduce((total, one) => total + pick(one), 0);
  return {
    requests: sum(({ requests }) => requests),
    retries: sum(({ retries }) => retries),
    heldBackMs: sum(({ heldBackMs }) => heldBackMs),
    credits: sum(({ credits }) => credits),
    possiblyBilled: sum(({ possiblyBilled }) => possiblyBilled),
  };
}

/** Each shard has a sample of its own. */
function joinRetakesEnded(runs: readonly RunReport[]): RunReport['retakesEnded'] {
  const ended = runs.flatMap(({ retakesEnded }) => retakesEnded ?? []);
  return ended.length === 0
    ? undefined
    : {
        sample: ended.reduce((sum, { sample }) => sum + sample, 0),
        takenOnce: ended.reduce((sum, { takenOnce }) => sum + takenOnce, 0),
      };
}

/** From the start of the first shard to the end of the last. */
function spanOf(runs: readonly RunReport[]): Pick<RunReport, 'startedAt' | 'durationMs'> {
  const starts = runs.map(({ startedAt }) => Date.parse(startedAt));
  const ends = runs.map(({ durationMs }, at) => (starts[at] ?? 0) + durationMs);
  const start = Math.min(...starts);
  return { startedAt: new Date(start).toISOString(), durationMs: Math.max(...ends) - start };
}
