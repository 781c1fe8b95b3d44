import { connectGithub } from '../../github/api.ts';
import type { Settings } from '../../inputs/inputs.ts';
import { CommitStatus } from '../../publish/status/commit-status.ts';
import { systemClock } from '../../system/clock.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import type { ReportedRun } from './written-report.ts';

/** The status of the commit that a run is about; undefined: it is to be given none, or nobody can give it one. */
export async function openStatus(
  { status, comment }: Pick<Settings, 'status' | 'comment'>,
  { commit, url, by }: ReportedRun,
  { githubToken, workflowRun, timeUp }: WorkflowStep,
): Promise<CommitStatus | undefined> {
  // What a run of a fork claims about itself is its author's word.
  if (!status || by === 'other' || githubToken === undefined || workflowRun === undefined) {
    return undefined;
  }
  const { repository, fork } = workflowRun;
  // A run that is cancelled has its last word still: a status must not be left pending.
  const api = await connectGithub(githubToken, repository.apiUrl, systemClock, timeUp);
  return new CommitStatus(api, { repository, commit, key: comment.key, runUrl: url, fork });
}
