import type { CommitHistory } from '../git/commit-history.ts';
import { type GithubApi, readRefusal } from './api.ts';
import type { Repository } from './repository.ts';

/**
 * The order of commits as GitHub's compare API tells it. Unlike `git merge-base` it needs no clone: that of a checkout is
 * shallow, and a shallow one takes every commit beyond its edge for unrelated.
 */
export function githubHistory(api: GithubApi, { owner, name }: Repository): CommitHistory {
  return {
    isAncestor: async (older, newer) => {
      try {
        const basehead = `${older}...${newer}`;
        const { data } = await api.rest.repos.compareCommitsWithBasehead({ owner, repo: name, basehead, per_page: 1 });
        return data.status === 'ahead' || data.status === 'identical';
      } catch (error) {
        // A commit that the repository does not know is an ancestor of nothing in it.
        return readRefusal(error)?.status === 404 ? false : undefined;
      }
    },
  };
}
