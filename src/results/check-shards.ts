import { UserError } from '../errors/user-error.ts';
import { type CaptureReport, type JudgedBy, judgedByParts, type Report, type RunReport, type ShardReport } from './model.ts';

/** The results of one shard, and where they come from. */
export interface ShardResults {
  /** The name of the artifact, for messages. */
  readonly artifact: string;
  readonly report: Report;
}

/** What the shards of one run have in common. */
export interface SharedRun {
  readonly run: RunReport;
  readonly shard: ShardReport;
}

const sameInputs =
  'Give every shard the same inputs but for shard, the same checkout and the same artifact-name, and run all of them again. If discover finds the pages, every shard must look at the same preview. If an earlier results.json is restored for its durations, restore the same one for every shard.';

/** What two shards were judged by that should be the same, in words, and how that comes about. */
const judgedByWords: { readonly [Part in JudgedBy]: { readonly reason: string; readonly fix: string } } = {
  rules: {
    reason: 'by other rules',
    fix: 'Give every shard the same inputs but for shard, and the same config file, and run all of them again.',
  },
  previews: {
    reason: 'on other previews',
    fix: 'Give every shard the same base-url and targets, for example as an output of one job that they all need, and run all of them again. With deployment, one shard found another deployment of the commit than the other, or none in time: run all of them again ("Re-run all jobs").',
  },
  commit: {
    reason: 'for another commit',
    fix: 'Let every shard check out the same commit, and run all of them again ("Re-run all jobs").',
  },
  browser: {
    reason: 'in another browser',
    fix: 'A new Chrome came out between the starts of two shards. Run all of them again ("Re-run all jobs"), or give browser a version, such as browser: chrome@154.0.8100.2, which is the same for all.',
  },
  baselines: {
    reason: 'with other baselines',
    fix: 'Give every shard the same baseline inputs. If new baselines were written between the starts of two shards, run all of them again ("Re-run all jobs").',
  },
};

/**
 * Every shard must have come to the same split, or captures would be made twice or not at all, and must have been judged
 * alike, or one report would hold verdicts of two kinds. The first one stands for all of them.
 * @throws UserError when they are not shards of one and the same run.
 */
export function checkOneRun(shards: readonly ShardResults[]): SharedRun {
  const [first] = shards;
  if (first?.report.run.shard === undefined) {
    throw notShards(`"${first?.artifact}" holds the results of a whole run`);
  }
  const { run } = first.report;
  const common = splitOf(first.report.run.shard);
  const seen = new Map<number, string>();
  for (const { artifact, report } of shards) {
    const { shard, engine, versions } = report.run;
    if (shard === undefined || shard.plan.length !== shard.count || shard.index > shard.count) {
      throw notShards(`"${artifact}" holds no results of a shard`);
    }
    if (splitOf(shard) !== common) {
      throw notShards(`"${artifact}" was split in another way than "${first.artifact}"`);
    }
    if (engine !== run.engine || JSON.stringify(versions) !== JSON.stringify(run.versions)) {
      throw notShards(`"${artifact}" was made by another engine or version than "${first.artifact}"`);
    }
    const part = judgedByParts.find((one) => shard.judgedBy?.[one] !== first.report.run.shard?.judgedBy?.[one]);
    if (part !== undefined) {
      const { reason, fix } = judgedByWords[part];
      throw notShards(`"${artifact}" was judged ${reason} than "${first.artifact}"`, fix);
    }
    const twin = seen.get(shard.index);
    if (twin !== undefined) {
      throw notShards(`"${artifact}" and "${twin}" both hold shard ${shard.index}/${shard.count}`);
    }
    seen.set(shard.index, artifact);
  }
  return { run, shard: first.report.run.shard };
}

/**
 * Says that shards saw several builds of the preview, at an address that is not of one commit alone; undefined: none says so.
 * They are joined all the same, as the captures of one job are when the build changes under it.
 */
export function describeOtherBuild(shards: readonly ShardResults[]): string | undefined {
  const [first, ...others] = shards.filter(({ report }) => report.run.shard?.build !== undefined);
  const other = others.find(({ report }) => report.run.shard?.build !== first?.report.run.shard?.build);
  return first === undefined || other === undefined
    ? undefined
    : `"${other.artifact}" captured another build of the preview than "${first.artifact}" (its ETag had changed), so some captures may show a newer commit. Its host serves all commits of a pull request at one address; look at the run of the newest commit, or run all jobs again.`;
}

/** @throws UserError when a capture is there twice; they are sorted by id. */
export function checkOnce(captures: readonly CaptureReport[]): void {
  const twice = captures.find(({ id }, at) => id === captures[at - 1]?.id);
  if (twice !== undefined) {
    throw notShards(`two of them hold the capture ${twice.id}`);
  }
}

function splitOf({ count, plan }: ShardReport): string {
  return JSON.stringify([count, plan.map((ids) => ids.toSorted())]);
}

function notShards(reason: string, fix = sameInputs): UserError {
  return new UserError(`The shards do not belong together: ${reason}.`, fix);
}
