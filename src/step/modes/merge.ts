import { refusedArtifact } from '../../archive/refused.ts';
import { defined } from '../../basics/record.ts';
import { createComparePool } from '../../compare/pool.ts';
import { UserError } from '../../errors/user-error.ts';
import { type ArtifactStore, ownArtifacts, type StoredArtifact } from '../../github/artifacts.ts';
import { numbersOf } from '../../github/subject/subject.ts';
import type { Settings } from '../../inputs/inputs.ts';
import { loadSettings } from '../../inputs/load.ts';
import { readSettings } from '../../inputs/resolve.ts';
import { type ClaimedFolder, claimOutput } from '../../output/claim-output.ts';
import { writeReports } from '../../output/write-reports.ts';
import { parseShardArtifactName, type Shard } from '../../plan/shard.ts';
import { describeOtherBuild, type ShardResults } from '../../results/check-shards.ts';
import { findMissingShards, mergeShards } from '../../results/merge-shards.ts';
import type { Report } from '../../results/model.ts';
import { decideStepFails } from '../../results/outcome.ts';
import { copyPictures, readUploadedResults } from '../../results/take-results.ts';
import { systemClock } from '../../system/clock.ts';
import { closingInTime } from '../../system/closing.ts';
import type { Folder } from '../../system/ports.ts';
import { unlessStopped } from '../../system/unless-stopped.ts';
import { openWorkspace } from '../../system/workspace.ts';
import { findSubject, reportedRun, type SubjectInputs } from '../find-subject.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { workspaceOf } from '../workspace.ts';
import { openStatus } from './open-status.ts';
import { publishReport } from './publish-report.ts';

/**
 * `mode: merge`: joins what the shards of this workflow run uploaded into one report, and publishes that. Returns
 * whether the step passes.
 */
export async function runMerge(step: WorkflowStep): Promise<boolean> {
  const { workflowRun, log, signal } = step;
  const workspace = openWorkspace(workspaceOf(step));
  const { allowEmpty, ...settings } = await loadSettings(step, workspace, (values, problems) => ({
    ...readSettings(values, problems),
    allowEmpty: values.require('allow-empty'),
  }));
  const output = await claimOutput(workspace.openFolder(settings.output), []);

  log.startGroup('Results of the shards');
  const shards = await takeShards(ownArtifacts({ clock: systemClock, signal }), settings.artifactName, output).finally(() =>
    log.endGroup(),
  );
  const found =
    workflowRun === undefined
      ? undefined
      : await unlessStopped(signal, () => findSubject(workflowRun, subjectInputs(settings, shards), step));
  const run = workflowRun === undefined || found === undefined ? undefined : reportedRun(workflowRun, found.subject);
  const report = mergeShards(shards, {
    failOn: settings.failOn,
    allowEmpty,
    ...defined({ pullRequests: run === undefined ? undefined : numbersOf(run.pullRequests) }),
    ...(run === undefined
      ? {}
      : {
          ci: {
            url: run.url,
            commit: run.commit,
            ...(settings.artifact.kind === 'upload' ? { artifactName: settings.artifact.name } : {}),
          },
        }),
  });
  await writeWithThumbnails(report, output, step);
  const otherBuild = describeOtherBuild(shards);
  if (otherBuild !== undefined) {
    log.warn(otherBuild);
  }
  const missing = findMissingShards(shards);
  log.info(`Joined ${shards.length} shards${missing.length === 0 ? '.' : `; these uploaded no results: ${missing.join(', ')}.`}`);
  const fails = missing.length > 0 || decideStepFails(report);
  const status = run === undefined ? undefined : await openStatus(settings, run, step);
  await publishReport({ settings, report, output, run, fails, status }, step);
  return !fails;
}

/** What the shards captured, whatever this job's own event is about. */
function subjectInputs({ commit, comment }: Settings, [first]: readonly ShardResults[]): SubjectInputs {
  return {
    capturesCheckout: false,
    needsPullRequests: comment.when !== 'never',
    ...defined({ commit: commit ?? first?.report.run.ci?.commit }),
  };
}

async function writeWithThumbnails(report: Report, output: ClaimedFolder, { bundles, signal }: WorkflowStep): Promise<void> {
  const pool = createComparePool({ workerUrl: bundles.workerUrl });
  await using _ = closingInTime(pool, systemClock, signal);
  await writeReports(report, output, pool, signal);
  await output.release();
}

interface ShardArtifact {
  readonly artifact: StoredArtifact;
  readonly shard: Shard;
}

/** @throws UserError when this run has none. */
async function findShards(store: ArtifactStore, artifactName: string): Promise<ShardArtifact[]> {
  const found = (await store.list()).flatMap((artifact): ShardArtifact[] => {
    const shard = parseShardArtifactName(artifact.name, artifactName);
    return shard === undefined ? [] : [{ artifact, shard }];
  });
  if (found.length === 0) {
    throw new UserError(
      `No shard uploaded results: this run has no artifact named ${artifactName}-1-of-… .`,
      'Run the check with shard: i/n in jobs that this one needs, with the same artifact-name and upload-artifact: true.',
    );
  }
  return found.toSorted((a, b) => a.shard.count - b.shard.count || a.shard.index - b.shard.index);
}

async function takeShards(store: ArtifactStore, artifactName: string, output: Folder): Promise<ShardResults[]> {
  const shards: ShardResults[] = [];
  for (const { artifact } of await findShards(store, artifactName)) {
    await using archive = await store.open(artifact);
    const results = await readUploadedResults(archive, (reason, cause) => refusedArtifact(artifact.name, reason, cause));
    const captures = await copyPictures(results, output);
    shards.push({ artifact: artifact.name, report: { ...results.report, captures } });
  }
  return shards;
}
