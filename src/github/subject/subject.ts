import type { PullRequest } from '../pull-request.ts';
import type { RunEvent, RunHead } from './run-event.ts';

/** What a run is about: the commit whose pages are captured, and the pull requests that it belongs to. */
export interface Subject {
  /** The captured commit. */
  readonly commit: string;
  /** What people know it by: the head of the pull request, where the captured commit is a merge of it. */
  readonly shownCommit: string;
  readonly pullRequests: FoundPullRequests;
  /** The event that this follows from: the run's own, unless the input `commit` names another commit. */
  readonly event: RunEvent;
}

/** The pull requests that are told what was found. */
export type FoundPullRequests =
  | { readonly kind: 'found'; readonly pullRequests: readonly [PullRequest, ...PullRequest[]] }
  | { readonly kind: 'none'; readonly reason: string }
  /** GitHub did not tell. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What GitHub answered, or why it did not. */
export type Answer<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly reason: string };

/** What GitHub is asked about a run. */
export interface Questions {
  pullRequest(number: number): Promise<Answer<PullRequest>>;
  /** The pull requests, open or not, that a commit belongs to. */
  pullRequestsOf(commit: string): Promise<Answer<readonly PullRequest[]>>;
  /** The open pull requests of a branch, which may be a fork's. */
  pullRequestsFrom(head: RunHead): Promise<Answer<readonly PullRequest[]>>;
  /** Whether a branch contains a commit. */
  contains(branch: string, commit: string): Promise<Answer<boolean>>;
  /** First lines of the messages of the commits that `head` has and `base` has not. */
  titlesBetween(base: string, head: string): Promise<Answer<readonly string[]>>;
}

export function known<T>(answer: Answer<T>): T | undefined {
  return answer.kind === 'known' ? answer.value : undefined;
}

/** The pull requests by number; undefined: there are none, or nobody knows. */
export function numbersOf(pullRequests: FoundPullRequests): readonly number[] | undefined {
  return pullRequests.kind === 'found' ? pullRequests.pullRequests.map(({ number }) => number) : undefined;
}
