import { createComparePool } from '../../compare/pool.ts';
import type { TriptychRequest } from '../../compare/triptych/triptych.ts';
import { connectGithub } from '../../github/api.ts';
import { type PublishedComment, publishComment } from '../../publish/comment/publish-comment.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import type { WrittenReport } from './written-report.ts';

/** Where the report and everything can be had. */
export interface ReportLinks {
  readonly reportUrl?: string;
  readonly artifactUrl?: string;
}

/** Tells the pull requests of a run what was found, as `comment` asks for. Never throws for what GitHub does. */
export async function commentOnPullRequests(
  written: WrittenReport,
  links: ReportLinks,
  step: WorkflowStep,
): Promise<readonly PublishedComment[]> {
  const { settings, report, output, run } = written;
  const { githubToken, workflowRun, bundles, signal } = step;
  const { when, key } = settings.comment;
  if (when === 'never') {
    return nobody('comment is never');
  }
  if (report.run.shard !== undefined) {
    return nobody('the job that merges the shards writes it');
  }
  if (workflowRun === undefined || githubToken === undefined || run === undefined) {
    return nobody('this is no run of a workflow, or it was given no token');
  }
  if (signal.aborted) {
    return nobody('the job was cancelled');
  }
  if (run.pullRequests.kind !== 'found') {
    return nobody(run.pullRequests.reason);
  }
  const { repository, fork } = workflowRun;
  const api = connectGithub(githubToken, repository.apiUrl, systemClock);
  await using pool = createComparePool({ workerUrl: bundles.workerUrl, workers: 1 });
  const ports = {
    api,
    token: githubToken,
    triptych: (request: TriptychRequest) => pool.triptych(request),
    clock: systemClock,
    random: systemRandom,
  };
  const comments: PublishedComment[] = [];
  for (const pullRequest of run.pullRequests.pullRequests) {
    const pullRequestHead = pullRequest.fork ? 'fork' : 'own';
    const task = {
      report,
      files: output,
      when,
      key,
      repository,
      pullRequest: pullRequest.number,
      pullRequestHead,
      fork,
      run,
      ...links,
    } as const;
    comments.push(await publishComment(task, ports));
  }
  return comments;
}

function nobody(reason: string): readonly PublishedComment[] {
  return [{ kind: 'none', reason }];
}
