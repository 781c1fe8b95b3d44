import { UserError } from '../errors/user-error.ts';
import type { GithubApi } from './api.ts';
import type { Repository } from './repository.ts';

/** What must be known of a pull request to accept something on it. */
export interface AcceptedPullRequest {
  readonly number: number;
  readonly headCommit: string;
  readonly headBranch: string;
  /** `owner/name`; undefined when the fork is gone. */
  readonly headRepository: string | undefined;
  readonly headRepositoryId: number | undefined;
  readonly baseBranch: string;
}

/** @throws UserError when it is closed. */
export async function getOpenPullRequest(
  api: GithubApi,
  { owner, name }: Repository,
  number: number,
): Promise<AcceptedPullRequest> {
  const { data } = await api.rest.pulls.get({ owner, repo: name, pull_number: number });
  if (data.state !== 'open') {
    throw new UserError(`Pull request ${number} is closed.`, 'Open it again, or update the baselines on the branch itself.');
  }
  return {
    number,
    headCommit: data.head.sha,
    headBranch: data.head.ref,
    headRepository: data.head.repo?.full_name,
    headRepositoryId: data.head.repo?.id,
    baseBranch: data.base.ref,
  };
}
