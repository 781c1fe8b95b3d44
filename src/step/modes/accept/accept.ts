import { refusedArtifact } from '../../archive/refused.ts';
import { acceptedRef, recordAccepted } from '../../baseline/accepted-ref.ts';
import { commitToDirectory } from '../../baseline/commit-directory.ts';
import { chooseCaptures, type ReviewedPicture, takeReviewedPictures } from '../../baseline/reviewed-pictures.ts';
import { formatPlural } from '../../basics/format.ts';
import { exampleUrl } from '../../basics/product.ts';
import { defined } from '../../basics/record.ts';
import { createComparePool } from '../../compare/pool.ts';
import { isUserError, UserError } from '../../errors/user-error.ts';
import { explainGitError } from '../../git/explain-git.ts';
import { openScratchRepository, type ScratchRepository } from '../../git/scratch-repository.ts';
import { type AcceptRequest, readAcceptRequest } from '../../github/accept-request.ts';
import { connectGithub, type GithubApi, readRefusal } from '../../github/api.ts';
import { artifactsOfRun } from '../../github/artifacts.ts';
import type { WorkflowRun } from '../../github/context.ts';
import {
  type AcceptedPullRequest,
  findReviewedArtifact,
  getOpenPullRequest,
  mayWrite,
  type ReviewedArtifact,
} from '../../github/find-reviewed-run.ts';
import { cloneUrl } from '../../github/repository.ts';
import { loadSettings } from '../../inputs/load.ts';
import { readCommentKey } from '../../inputs/resolve.ts';
import type { InputValue } from '../../inputs/spec.ts';
import { findOwnComments, type OwnComment } from '../../publish/comment/own-comments.ts';
import { readUploadedResults } from '../../results/take-results.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import { openFolder } from '../../system/folder.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { reactTo, replyTo } from './accept-reply.ts';

/**
 * `mode: accept`: takes pictures that were reviewed on a pull request as baselines, byte for byte as the reviewed run
 * uploaded them; nothing is captured. Whoever asked is answered on the pull request. Returns whether the step passes.
 */
export async function runAccept(step: WorkflowStep): Promise<boolean> {
  const { workflowRun, githubToken, log } = step;
  const asked = workflowRun === undefined ? { kind: 'wrong-event' as const } : readAcceptRequest(workflowRun.event);
  if (workflowRun === undefined || githubToken === undefined || asked.kind === 'wrong-event') {
    throw new UserError(
      'mode: accept answers to a comment on a pull request or to a manual run, and this is neither, or has no token.',
      `Run it with on: issue_comment or workflow_dispatch, as in ${exampleUrl('accept.yml')}.`,
    );
  }
  if (asked.kind === 'none') {
    log.info(`Nothing to accept: ${asked.reason}.`);
    return true;
  }
  const { request } = asked;
  const { repository } = workflowRun;
  const api = connectGithub(githubToken, repository.apiUrl, systemClock);
  if (!(await explained(() => mayWrite(api, repository, request.by)))) {
    // No words for people who may not: they would let anybody make the repository talk.
    await reactTo(api, repository, request, '-1', log);
    throw new UserError(
      `${request.by} may not accept: that takes permission to write to ${repository.owner}/${repository.name}.`,
      'Ask somebody who has it.',
    );
  }
  try {
    const told = await explained(() => accept(step, api, workflowRun, githubToken, request));
    await reactTo(api, repository, request, '+1', log);
    log.info(told);
    return true;
  } catch (error) {
    if (isUserError(error)) {
      await reactTo(api, repository, request, 'confused', log);
      await replyTo(api, repository, request, `Not accepted: ${error.message} ${error.fix}`, log);
    }
    throw error;
  }
}

/** Returns what was done, as a sentence. */
async function accept(
  step: WorkflowStep,
  api: GithubApi,
  run: WorkflowRun,
  token: string,
  request: AcceptRequest,
): Promise<string> {
  const { env, bundles, signal } = step;
  const { repository } = run;
  const settings = await loadSettings(step, openFolder(env['GITHUB_WORKSPACE'] ?? process.cwd(), ''), (values) => ({
    artifactName: values.require('artifact-name'),
    commentKey: readCommentKey(values),
    baseline: values.require('baseline'),
    directory: values.require('baseline-directory'),
  }));
  const pull = await getOpenPullRequest(api, repository, request.pullRequest);
  checkWritable(settings.baseline, pull, run);
  const comments = await findOwnComments(api, repository, pull.number, settings.commentKey);
  const reviewed = await findReviewedArtifact(api, repository, pull, {
    artifactName: settings.artifactName,
    ...defined({ requestedAt: request.comment?.writtenAt, shownRunId: newestRun(comments) }),
  });
  const pictures = await takePictures(
    artifactsOfRun(repository, reviewed.runId, token),
    reviewed,
    pull,
    request,
    bundles.workerUrl,
  );
  if (pictures.size === 0) {
    throw new UserError('Nothing changed or was added in the reviewed run.', 'There is nothing to accept.');
  }

  await using scratch = await openScratchRepository({ url: cloneUrl(repository), token }, { env, signal });
  const message = renderMessage(pictures.size, request, reviewed);
  const count = formatPlural(pictures.size, 'capture');
  if (settings.baseline === 'directory') {
    const ref = `refs/heads/${pull.headBranch}`;
    const change = { ref, parent: pull.headCommit, directory: settings.directory, pictures, message, date: systemClock.date() };
    const commit = await commitToDirectory(scratch, change);
    return `${count} accepted for ${request.by}: ${commit} on ${pull.headBranch}.`;
  }
  await recordForRef(scratch, pictures, message, pull);
  return `${count} accepted for ${request.by} in ${acceptedRef}. Run the failed job again to see it pass.`;
}

/** The run that comments of ours show; of two that were written at the same time, the newer one. */
function newestRun(comments: readonly OwnComment[]): number | undefined {
  return comments.map(({ marker }) => marker.runId).toSorted((one, other) => other - one)[0];
}

/** @throws UserError when there is no place to write to, before anything is downloaded. */
function checkWritable(baseline: InputValue<'baseline'>, pull: AcceptedPullRequest, { repository }: WorkflowRun): void {
  switch (baseline) {
    case 'ref':
      return;
    case 'directory':
      if (pull.headRepository !== `${repository.owner}/${repository.name}`) {
        throw new UserError(
          'The pull request comes from a fork, and this workflow cannot commit to a fork’s branch.',
          'Its author can run visual-capture accept --run and commit; or use baseline: ref, where acceptances are kept in this repository.',
        );
      }
      return;
    case 'artifact':
    case 'url':
    case 'none':
      throw new UserError(
        `With baseline: ${baseline} there are no baselines that could be written.`,
        'Merge the pull request if the change is meant; or use baseline: directory or ref.',
      );
    default:
      baseline satisfies never;
  }
}

async function takePictures(
  store: ReturnType<typeof artifactsOfRun>,
  { artifact }: ReviewedArtifact,
  { headCommit }: AcceptedPullRequest,
  { ids }: AcceptRequest,
  workerUrl: URL,
): Promise<Map<string, ReviewedPicture>> {
  await using archive = await store.open(artifact);
  const results = await readUploadedResults(archive, (reason, cause) => refusedArtifact(artifact.name, reason, cause));
  const { ci, shard } = results.report.run;
  if (ci?.commit !== headCommit || shard !== undefined) {
    throw new UserError(
      `The artifact "${artifact.name}" ${shard === undefined ? 'is about another commit than' : 'holds one shard only of'} ${headCommit}.`,
      'Let the check run on the newest commit, with its shards merged, and accept then.',
    );
  }
  await using pool = createComparePool({ workerUrl, workers: 1 });
  return await takeReviewedPictures(results, chooseCaptures(results.report, ids), pool);
}

async function recordForRef(
  scratch: ScratchRepository,
  pictures: ReadonlyMap<string, ReviewedPicture>,
  message: string,
  { baseBranch }: AcceptedPullRequest,
): Promise<void> {
  const merged = await scratch.fetchRef(`refs/visual-capture/baselines/${baseBranch}`);
  await recordAccepted(
    scratch,
    {
      pictures: new Map([...pictures].map(([id, { png }]) => [id, png])),
      message,
      baselines: merged === undefined ? new Map() : await scratch.readTree(merged),
    },
    { clock: systemClock, random: systemRandom },
  );
}

function renderMessage(count: number, { by, pullRequest, comment }: AcceptRequest, { runUrl }: ReviewedArtifact): string {
  const where = comment === undefined ? '' : ` in ${comment.url}`;
  return `Accept ${formatPlural(count, 'baseline')} of #${pullRequest}\n\nReviewed in ${runUrl}, accepted by ${by}${where}\n`;
}

/** What GitHub and git refuse, as errors for a person. */
async function explained<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal !== undefined) {
      throw new UserError(
        `GitHub refused (HTTP ${refusal.status}): ${refusal.message.split('\n')[0]}`,
        [401, 403, 404].includes(refusal.status)
          ? 'Give the job the permissions contents: write, pull-requests: write and actions: read.'
          : 'Ask again; if it stays so, look at githubstatus.com.',
        { cause: error },
      );
    }
    throw explainGitError(error, { what: 'The accepted pictures could not be pushed', permission: 'contents: write' });
  }
}
