import type { PullRequest } from '../../../src/github/pull-request.ts';
import { decideBranch } from '../../../src/github/subject/decide-branch.ts';
import { decideSubject, type SubjectFacts } from '../../../src/github/subject/decide-subject.ts';
import { readDefaultBranch, readRunEvent } from '../../../src/github/subject/event-rules.ts';
import { findAcceptances } from '../../../src/github/subject/find-acceptances.ts';
import type { Answer, Questions } from '../../../src/github/subject/subject.ts';

/** What GitHub knows of the repository. */
export interface World {
  readonly pulls?: readonly PullRequest[];
  /** Which pull requests a commit belongs to, besides those whose head or merge it is. */
  readonly branches?: Readonly<Record<string, readonly string[]>>;
  readonly titles?: readonly string[];
  /** GitHub answers nothing. */
  readonly silent?: true;
}

/** The sentence of every question that was asked. */
export function askWorld({ pulls = [], branches = {}, titles = [], silent }: World, asked: string[] = []): Questions {
  const answer = async <T>(question: string, value: T | undefined): Promise<Answer<T>> => {
    asked.push(question);
    return silent === true || value === undefined ? { kind: 'unknown', reason: 'HTTP 403' } : { kind: 'known', value };
  };
  return {
    pullRequest: (number) =>
      answer(
        `pull ${number}`,
        pulls.find((pull) => pull.number === number),
      ),
    pullRequestsOf: (commit) =>
      answer(
        `pulls of ${commit}`,
        pulls.filter(({ headCommit, mergeCommit }) => headCommit === commit || mergeCommit === commit),
      ),
    pullRequestsFrom: ({ owner, branch }) => answer(`pulls from ${owner}:${branch}`, pulls),
    contains: (branch, commit) => answer(`${branch} contains ${commit}`, branches[branch]?.includes(commit) ?? false),
    titlesBetween: (base, head) => answer(`titles ${base}...${head}`, titles),
  };
}

export function pull(number: number, more: Partial<PullRequest> = {}): PullRequest {
  return { number, open: true, fork: false, headCommit: `head${number}`, baseBranch: 'main', ...more };
}

/** What comes of an event: all that the table in the documentation tells. */
export async function decide(
  { name, payload, ref }: { readonly name: string; readonly payload?: unknown; readonly ref?: string },
  world: World = {},
  more: Partial<SubjectFacts> = {},
) {
  const asked: string[] = [];
  const ask = askWorld(world, asked);
  const { about: event } = readRunEvent({ name, payload, sha: 'github-sha', ref });
  const defaultBranch = readDefaultBranch(payload);
  const subject = await decideSubject(event, { sha: 'github-sha', defaultBranch, capturesCheckout: false, ...more }, ask);
  const { pullRequests } = subject;
  return {
    commit: subject.commit,
    shown: subject.shownCommit,
    told: pullRequests.kind === 'found' ? pullRequests.pullRequests.map(({ number }) => number) : [],
    reason: pullRequests.kind === 'found' ? undefined : pullRequests.reason,
    branch: await decideBranch(subject, defaultBranch, ask),
    accepted: await findAcceptances(subject, [1, 2, 3, 7, 8, 9, 104], ask),
    asked,
  };
}
