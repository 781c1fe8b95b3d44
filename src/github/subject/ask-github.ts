import { reasonOf } from '../../errors/user-error.ts';
import { type GithubApi, readRefusal } from '../api.ts';
import { contains } from '../commit-history.ts';
import { readPullRequest } from '../pull-request.ts';
import type { Repository } from '../repository.ts';
import type { Answer, Questions } from './subject.ts';

/** Asks GitHub's API; each question once. Never throws for what GitHub does. */
export function askGithub(api: GithubApi, repository: Repository): Questions {
  const place = { owner: repository.owner, repo: repository.name };
  const { rest } = api;
  const asked = new Map<string, Promise<Answer<unknown>>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<Answer<T>> => {
    const answer = asked.get(key) ?? answered(ask);
    asked.set(key, answer);
    return answer as Promise<Answer<T>>;
  };
  return {
    pullRequest: (number) =>
      once(`pull ${number}`, async () => {
        const found = readPullRequest((await rest.pulls.get({ ...place, pull_number: number })).data);
        if (found === undefined) {
          throw new Error('GitHub described no pull request');
        }
        return found;
      }),
    pullRequestsOf: (commit) =>
      once(`pulls of ${commit}`, async () => {
        const request = { ...place, commit_sha: commit, per_page: 100 };
        const { data } = await rest.repos.listPullRequestsAssociatedWithCommit(request);
        return data.flatMap((pull) => readPullRequest(pull) ?? []);
      }),
    pullRequestsFrom: (head) =>
      once(`pulls from ${head.owner}:${head.branch}`, async () => {
        const request = { ...place, head: `${head.owner}:${head.branch}`, state: 'open', per_page: 100 } as const;
        const { data } = await rest.pulls.list(request);
        // One account may have several forks with a branch of that name.
        const own = data.filter((pull) => pull.head.repo?.id === head.repositoryId);
        return own.flatMap((pull) => readPullRequest(pull) ?? []);
      }),
    contains: (branch, commit) => once(`${branch} contains ${commit}`, () => contains(api, repository, branch, commit)),
    titlesBetween: (base, head) =>
      once(`titles ${base}...${head}`, async () => {
        const { data } = await rest.repos.compareCommitsWithBasehead({ ...place, basehead: `${base}...${head}`, per_page: 100 });
        return data.commits.map(({ commit }) => commit.message.split('\n')[0] ?? '');
      }),
  };
}

/** For a run without a token: nobody can be asked. */
export function askNobody(reason: string): Questions {
  const unknown = async (): Promise<{ readonly kind: 'unknown'; readonly reason: string }> => ({ kind: 'unknown', reason });
  return { pullRequest: unknown, pullRequestsOf: unknown, pullRequestsFrom: unknown, contains: unknown, titlesBetween: unknown };
}

async function answered<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'known', value: await ask() };
  } catch (error) {
    return { kind: 'unknown', reason: describe(error) };
  }
}

function describe(error: unknown): string {
  const refusal = readRefusal(error);
  if (refusal === undefined || refusal.status === 0) {
    return `GitHub could not be asked: ${reasonOf(error).split('\n')[0]}`;
  }
  return [401, 403, 404].includes(refusal.status)
    ? `HTTP ${refusal.status}; the permission pull-requests: read lets this job ask`
    : `HTTP ${refusal.status}`;
}
