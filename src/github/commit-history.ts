import type { CommitHistory } from '../git/commit-history.ts';
import { type GithubApi, readRefusal } from './api.ts';
import type { Repository } from './repository.ts';

/**
 * The order of commits as GitHub's compare API tells it. Unlike `git merge-base` it needs no clone: that of a checkout is
 * shallow, and a shallow one takes every commit beyond its edge for unrelated.
 */
export function githubHistory(api: GithubApi, repository: Repository): CommitHistory {
  return {
    isAncestor: async (older, newer) => {
      try {
        return await contains(api, repository, newer, older);
      } catch (error) {
        // A commit that the repository does not know is an ancestor of nothing in it.
        return readRefusal(error)?.status === 404 ? false : undefined;
      }
    },
  };
}

/** Whether a branch or commit has `commit` in its history, or is it. Throws what the API throws. */
export async function contains(api: GithubApi, { owner, name }: Repository, head: string, commit: string): Promise<boolean> {
  const request = { owner, repo: name, basehead: `${commit}...${head}`, per_page: 1 };
  const { status } = (await api.rest.repos.compareCommitsWithBasehead(request)).data;
  return status === 'ahead' || status === 'identical';
}
