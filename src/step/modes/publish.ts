import { refusedArtifact } from '../../archive/refused.ts';
import { formatPlural } from '../../basics/format.ts';
import { docsUrl, exampleUrl } from '../../basics/product.ts';
import type { Comparer } from '../../compare/comparer.ts';
import { createComparePool } from '../../compare/pool.ts';
import { UserError } from '../../errors/user-error.ts';
import { artifactsOfRun } from '../../github/artifacts.ts';
import { readTriggeringRun, type TriggeringRun } from '../../github/triggering-run.ts';
import type { Settings } from '../../inputs/inputs.ts';
import { loadSettings } from '../../inputs/load.ts';
import { readSettings } from '../../inputs/resolve.ts';
import { type ClaimedFolder, claimOutput } from '../../output/claim-output.ts';
import { writeReports } from '../../output/write-reports.ts';
import { withoutGroups } from '../../results/groups/leave-groups.ts';
import type { Report } from '../../results/model.ts';
import { pathsOf } from '../../results/output-paths.ts';
import { copyPictures, readUploadedResults, type UploadedResults } from '../../results/take-results.ts';
import { systemClock } from '../../system/clock.ts';
import { closingInTime } from '../../system/closing.ts';
import type { Folder, Log } from '../../system/ports.ts';
import { untilAborted } from '../../system/until-aborted.ts';
import { openWorkspace } from '../../system/workspace.ts';
import { findSubject } from '../find-subject.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { workspaceOf } from '../workspace.ts';
import { publishReport } from './publish-report.ts';

/**
 * `mode: publish`: posts what an untrusted run found, such as that of a pull request from a fork. Nothing that run
 * uploaded is believed: its artifact is read within strict limits, every picture is decoded, every page and text is
 * rendered anew, and the pull request comes from GitHub. Returns whether the step passes, which is not the verdict:
 * that is the untrusted run's own.
 */
export async function runPublish(step: WorkflowStep): Promise<boolean> {
  const { workflowRun, githubToken, log, signal } = step;
  const run = readTriggeringRun();
  if (run === undefined || workflowRun === undefined || githubToken === undefined) {
    throw new UserError(
      'mode: publish posts the results of another workflow’s run, and this run was not started by one, or has no token.',
      `Run it with on: workflow_run with types: [completed], as in ${exampleUrl('forks-publish.yml')}.`,
    );
  }
  if (!run.event.startsWith('pull_request')) {
    log.info(`Run ${run.id} was started by ${run.event}, not by a pull request, so there is nothing to publish.`);
    return true;
  }
  const workspace = openWorkspace(workspaceOf(step));
  const settings = await loadSettings(step, workspace, readSettings);
  const store = artifactsOfRun(workflowRun.repository, run.id, githubToken, { clock: systemClock, signal });
  const artifact = (await store.list()).find(({ name }) => name === settings.artifactName);
  if (artifact === undefined) {
    log.warn(`Run ${run.id} uploaded no artifact "${settings.artifactName}", so there is nothing to publish: ${run.url}`);
    return true;
  }
  const output = await claimOutput(workspace.openFolder(settings.output), []);
  await using archive = await store.open(artifact);
  const results = await readUploadedResults(archive, (reason, cause) => refusedArtifact(artifact.name, reason, cause));
  const report = await untilAborted(signal, () => writeAnew(results, output, { run, settings, step }));
  const { subject } = await findSubject(workflowRun, { capturesCheckout: false, needsPullRequests: true }, step);
  const { id, attempt, url, commit } = run;
  const checked = { id, attempt, url, commit, pullRequests: subject.pullRequests, by: 'other' } as const;
  if (settings.status) {
    log.info(`No status: what an untrusted run found is its own claim (${docsUrl('pull-requests.md#the-commit-status')}).`);
  }
  await publishReport({ settings, report, output, run: checked, fails: false }, step);
  return true;
}

/** What is written in place of the untrusted run's own files; only workers, which can be ended, decode its pictures. */
async function writeAnew(
  results: UploadedResults,
  output: ClaimedFolder,
  { run, settings, step: { bundles, log, signal } }: { run: TriggeringRun; settings: Settings; step: WorkflowStep },
): Promise<Report> {
  const pool = createComparePool({ workerUrl: bundles.workerUrl });
  await using _ = closingInTime(pool, systemClock, signal);
  const report = withKnownFacts(await takePictures(results, output, pool, log), run, settings);
  await writeReports(report, output, pool, signal);
  await output.release();
  return report;
}

/** @throws UserError when a shard was uploaded in place of the whole. */
async function takePictures(results: UploadedResults, output: Folder, comparer: Comparer, log: Log): Promise<Report> {
  if (results.report.run.shard !== undefined) {
    throw new UserError(
      'The artifact holds the results of one shard.',
      'Join the shards with mode: merge in the workflow that runs them; its artifact is the one to publish.',
    );
  }
  const captures = await copyPictures(results, output, async (bytes) => (await comparer.inspect(bytes)).kind === 'image');
  warnOfLost(results.report, captures, log);
  // Whether it is the same change is the untrusted run's claim, and each of its captures is to be seen.
  return withoutGroups({ ...results.report, captures });
}

function warnOfLost(report: Report, captures: Report['captures'], log: Log): void {
  const count = (all: Report['captures']): number => all.reduce((sum, { files }) => sum + pathsOf(files).length, 0);
  const lost = count(report.captures) - count(captures);
  if (lost > 0) {
    log.warn(`${formatPlural(lost, 'picture')} of the artifact cannot be decoded and ${lost === 1 ? 'is' : 'are'} left out.`);
  }
}

/** What GitHub and this workflow know themselves is not taken from the artifact. */
function withKnownFacts(report: Report, { url, commit }: TriggeringRun, { failOn, artifactName }: Settings): Report {
  return { ...report, run: { ...report.run, failOn, ci: { url, commit, artifactName } } };
}
