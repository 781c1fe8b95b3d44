import { defined } from '../basics/record.ts';
import { fixes } from '../errors/fixes.ts';
import { parseCaptureId } from '../plan/capture-id.ts';
import { describeError } from '../services/describe-error.ts';
import { checkOnce, checkOneRun, type ShardResults } from './check-shards.ts';
import { decideNothingCompared } from './decide-nothing-compared.ts';
import { fitReport } from './fit-report.ts';
import { groupChanges } from './groups/group-changes.ts';
import type { CaptureReport, Report, RunReport } from './model.ts';
import { countTotals, decideOutcome } from './outcome.ts';
import { sumService } from './service-totals.ts';

/** What the merging job itself knows. */
export interface MergeFacts extends Pick<RunReport, 'failOn' | 'ci' | 'pullRequests'> {
  readonly allowEmpty: boolean;
}

/**
 * Joins the results of shards into those of the whole run. The captures of a shard that reported nothing are `failed`
 * as `shard_missing`.
 * @throws UserError when they are not shards of one and the same run.
 */
export function mergeShards(shards: readonly ShardResults[], about: MergeFacts): Report {
  const { run, shard: split } = checkOneRun(shards);
  const { plan, count } = split;
  const captures = [
    ...shards.flatMap(({ report }) => report.captures),
    ...plan.flatMap((ids, at) => {
      const shard = shards.find(({ report }) => report.run.shard?.index === at + 1);
      const told = new Set(shard?.report.captures.map(({ id }) => id));
      const reason = shard === undefined ? 'uploaded no results' : 'tells nothing of this capture';
      return ids.filter((id) => !told.has(id)).map((id) => missingCapture(id, `shard ${at + 1}/${count} ${reason}`, run.engine));
    }),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  checkOnce(captures);
  const totals = countTotals(captures);
  const nothingCompared = decideNothingCompared(captures, {
    comparing: run.baseline !== 'none',
    updating: captures.some(({ baselineUpdated }) => baselineUpdated === true),
    sharded: false,
    allowed: about.allowEmpty,
    lenient: about.failOn.length === 0,
  });
  const stopped = shards.find(({ report }) => report.stopped !== undefined)?.report.stopped;
  const whole: Report = {
    version: 1,
    outcome: decideOutcome(totals),
    totals,
    service: sumService(shards.map(({ report }) => report.service)),
    captures,
    ...defined({ stopped }),
    run: {
      ...spanOf(shards.map(({ report }) => report.run)),
      engine: run.engine,
      baseline: run.baseline,
      ...defined({ baselineKind: run.baselineKind }),
      versions: run.versions,
      failOn: about.failOn,
      ...defined({
        retakesEnded: joinRetakesEnded(shards.map(({ report }) => report.run)),
        triedOptions: run.triedOptions,
        browser: run.browser,
        commit: run.commit,
        pullRequests: about.pullRequests ?? run.pullRequests,
        baselineCommit: run.baselineCommit,
        baselines: run.baselines,
        checkout: run.checkout,
        ci: about.ci,
        nothingCompared,
      }),
    },
  };
  return fitReport(groupChanges(whole));
}

/** Which shards of a split gave no results, e.g. `[3]`. */
export function findMissingShards(shards: readonly ShardResults[]): number[] {
  const count = shards[0]?.report.run.shard?.count ?? 0;
  const there = new Set(shards.map(({ report }) => report.run.shard?.index));
  return Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.has(index));
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
