import { createComparePool } from '../../compare/pool.ts';
import type { TriptychRequest } from '../../compare/triptych/triptych.ts';
import { connectGithub } from '../../github/api.ts';
import { type PublishedComment, publishComment } from '../../publish/comment/publish-comment.ts';
import type { CommentPorts, CommentTask } from '../../publish/comment/task.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import { closingInTime } from '../../system/closing.ts';
import { unlessStopped } from '../../system/unless-stopped.ts';
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
    return nobody('the run was stopped');
  }
  if (run.pullRequests.kind !== 'found') {
    return nobody(run.pullRequests.reason);
  }
  const { repository, fork } = workflowRun;
  const api = await connectGithub(githubToken, repository.apiUrl, systemClock, signal);
  const pool = createComparePool({ workerUrl: bundles.workerUrl, workers: 1 });
  await using _ = closingInTime(pool, systemClock, signal);
  const ports = {
    api,
    token: githubToken,
    triptych: (request: TriptychRequest) => pool.triptych(request),
    clock: systemClock,
    random: systemRandom,
    signal,
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
    comments.push(await publishUnlessStopped(task, ports));
  }
  return comments;
}

/** Whatever still hangs when the run is stopped is left to itself. */
async function publishUnlessStopped(task: CommentTask, ports: CommentPorts): Promise<PublishedComment> {
  const published = await unlessStopped(ports.signal, () => publishComment(task, ports));
  return published ?? { kind: 'failed', warning: 'The run was stopped while it wrote its comment on the pull request.' };
}

function nobody(reason: string): readonly PublishedComment[] {
  return [{ kind: 'none', reason }];
}
