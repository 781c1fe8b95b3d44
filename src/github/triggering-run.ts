import { context } from '@actions/github';
import { isRecord } from '../basics/record.ts';
import type { GithubApi } from './api.ts';
import type { FoundPullRequest } from './find-pull-request.ts';
import { readPullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** The run whose end started this one (`on: workflow_run`), as GitHub itself tells of it. */
export interface TriggeringRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  /** The event that started it, e.g. `pull_request`. */
  readonly event: string;
  readonly commit: string;
  readonly head: { readonly repositoryId: number; readonly owner: string; readonly branch: string };
}

/** Undefined when this run was not started by the end of another. */
export function readTriggeringRun(payload: unknown = context.payload): TriggeringRun | undefined {
  const run = isRecord(payload) ? payload['workflow_run'] : undefined;
  const head = isRecord(run) ? run['head_repository'] : undefined;
  const owner = isRecord(head) ? head['owner'] : undefined;
  if (!isRecord(run) || !isRecord(head) || !isRecord(owner) || typeof run['id'] !== 'number') {
    return undefined;
  }
  return {
    id: run['id'],
    attempt: Number(run['run_attempt'] ?? 1),
    url: String(run['html_url']),
    event: String(run['event']),
    commit: String(run['head_sha']),
    head: { repositoryId: Number(head['id']), owner: String(owner['login']), branch: String(run['head_branch']) },
  };
}

/**
 * The open pull request whose head is the very commit, branch and repository of a run. Asked by its branch, since the
 * event names no pull request of a fork, and an artifact can claim any. Throws what the API throws.
 */
export async function findPullRequestOfRun(
  api: GithubApi,
  { owner, name }: Repository,
  { commit, head }: TriggeringRun,
): Promise<FoundPullRequest> {
  const { data } = await api.rest.pulls.list({
    owner,
    repo: name,
    head: `${head.owner}:${head.branch}`,
    state: 'open',
    per_page: 100,
  });
  const found = data.find((pull) => pull.head.sha === commit && pull.head.repo?.id === head.repositoryId);
  const pullRequest = found === undefined ? undefined : readPullRequest(found);
  return pullRequest === undefined
    ? { kind: 'none', reason: `${commit} is not the newest commit of an open pull request` }
    : { kind: 'found', pullRequest };
}
