import type { PullRequest } from '../pull-request.ts';

/** What the event that started a run says of what the run is about. */
export type RunEvent =
  | { readonly kind: 'pull-request'; readonly pullRequest: PullRequest }
  /** A comment on a pull request, by number: the event tells neither head nor base. */
  | { readonly kind: 'comment'; readonly pullRequest: number }
  /** Pull requests that are tested together before they are merged into `base`. */
  | { readonly kind: 'merge-group'; readonly commit: string; readonly headRef: string; readonly base: string | undefined }
  /** The newest commit of a branch; `pushed` are the commits that came with it. */
  | { readonly kind: 'branch'; readonly commit: string; readonly branch: string; readonly pushed: readonly string[] }
  /** Some commit, that of a deployment for example. */
  | { readonly kind: 'commit'; readonly commit: string; readonly branch: BranchOfCommit; readonly head?: RunHead }
  /** Nothing that the event names; `reason` says so. */
  | { readonly kind: 'none'; readonly commit: string; readonly reason: string };

/** What an event says of the branch of its commit. */
export type BranchOfCommit =
  /** GitHub itself names it. */
  | { readonly kind: 'certain'; readonly name: string }
  /** Whoever sent the event names it. */
  | { readonly kind: 'claimed'; readonly name: string }
  | { readonly kind: 'unknown' }
  /** The commit itself is only GITHUB_SHA, for want of a better one. */
  | { readonly kind: 'assumed' };

/** Where a run of a workflow took its commit from, which may be a fork. */
export interface RunHead {
  readonly repositoryId: number;
  readonly owner: string;
  readonly branch: string;
}

/** An event as the runner tells it. */
export interface RunnerEvent {
  /** GITHUB_EVENT_NAME. */
  readonly name: string;
  readonly payload: unknown;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** GITHUB_REF. */
  readonly ref: string | undefined;
}
