import { createComparePool } from '../../compare/pool.ts';
import { reasonOf } from '../../errors/user-error.ts';
import { connectGithub, readRefusal } from '../../github/api.ts';
import { type FoundPullRequest, findPullRequest } from '../../github/find-pull-request.ts';
import { type PublishedComment, publishComment } from '../../publish/comment/publish-comment.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import type { WrittenReport } from './written-report.ts';

/** Where the report and everything can be had. */
export interface ReportLinks {
  readonly reportUrl?: string;
  readonly artifactUrl?: string;
}

/** Tells the pull request of this run what was found, as `comment` asks for. Never throws for what GitHub does. */
export async function commentOnPullRequest(
  { settings, report, output, checked }: WrittenReport,
  links: ReportLinks,
  { githubToken, workflowRun, bundles, signal }: WorkflowStep,
): Promise<PublishedComment> {
  const { when, key } = settings.comment;
  if (when === 'never') {
    return { kind: 'none', reason: 'comment is never' };
  }
  if (report.run.shard !== undefined) {
    return { kind: 'none', reason: 'the job that merges the shards writes it' };
  }
  if (workflowRun === undefined || githubToken === undefined) {
    return { kind: 'none', reason: 'this is no run of a workflow, or it was given no token' };
  }
  if (signal.aborted) {
    return { kind: 'none', reason: 'the job was cancelled' };
  }
  const { repository, fork } = workflowRun;
  const { pullRequest: link, id, attempt, url, commit } = checked ?? workflowRun;
  const api = connectGithub(githubToken, repository.apiUrl, systemClock);
  const found = await findPullRequest(api, repository, link).catch(explainNotFound);
  if (found.kind === 'none') {
    return found;
  }
  await using pool = createComparePool({ workerUrl: bundles.workerUrl, workers: 1 });
  return await publishComment(
    {
      report,
      files: output,
      when,
      key,
      repository,
      pullRequest: found.pullRequest.number,
      pullRequestHead: found.pullRequest.fork ? 'fork' : 'own',
      fork,
      run: { id, attempt, url, commit },
      ...links,
    },
    { api, token: githubToken, triptych: (request) => pool.triptych(request), clock: systemClock, random: systemRandom },
  );
}

/** Whether the run has a pull request at all is not known then, so there is nobody to be disappointed. */
function explainNotFound(error: unknown): FoundPullRequest {
  const refusal = readRefusal(error);
  return {
    kind: 'none',
    reason:
      refusal === undefined || refusal.status === 0
        ? `GitHub could not be asked for the pull request (${reasonOf(error)})`
        : `GitHub did not tell the pull request (HTTP ${refusal.status}); the permission pull-requests: write lets this job ask`,
  };
}
