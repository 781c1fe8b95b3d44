import type { GithubApi } from './api.ts';
import { type PullRequest, type PullRequestLink, readPullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

export type FoundPullRequest =
  | { readonly kind: 'found'; readonly pullRequest: PullRequest }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The pull request of a run, asked of the API where the event knows a commit alone: the open one that has it as its
 * head. Throws what the API throws.
 */
export async function findPullRequest(
  api: GithubApi,
  { owner, name }: Repository,
  link: PullRequestLink,
): Promise<FoundPullRequest> {
  switch (link.kind) {
    case 'known':
      return { kind: 'found', pullRequest: link.pullRequest };
    case 'none':
      return link;
    case 'by-commit': {
      const { data } = await api.rest.repos.listPullRequestsAssociatedWithCommit({
        owner,
        repo: name,
        commit_sha: link.commit,
        per_page: 100,
      });
      const pullRequest = data
        .map(readPullRequest)
        .find((candidate) => candidate?.open === true && candidate.headCommit === link.commit);
      return pullRequest === undefined
        ? { kind: 'none', reason: `${link.commit} is not the newest commit of an open pull request` }
        : { kind: 'found', pullRequest };
    }
  }
}
