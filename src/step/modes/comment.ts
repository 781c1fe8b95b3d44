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
  const { githubToken, workflowRun, bundles } = step;
  const { when, key } = settings.comment;
  const silence = whyNone(written, step);
  if (silence !== undefined || when === 'never' || run?.pullRequests.kind !== 'found') {
    return [{ kind: 'none', reason: silence ?? 'there is no pull request' }];
  }
  if (workflowRun === undefined || githubToken === undefined) {
    return [{ kind: 'none', reason: 'this is no run of a workflow, or it was given no token' }];
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

/** Why nobody is told, where that is plain before GitHub is asked for older comments. */
function whyNone({ settings, report, run }: WrittenReport, { signal }: WorkflowStep): string | undefined {
  if (settings.comment.when === 'never') {
    return 'comment is never';
  }
  if (report.run.shard !== undefined) {
    return 'the job that merges the shards writes it';
  }
  if (signal.aborted) {
    return 'the job was cancelled';
  }
  return run === undefined || run.pullRequests.kind === 'found' ? undefined : run.pullRequests.reason;
}
