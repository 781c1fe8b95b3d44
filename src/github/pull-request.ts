import { defined, isRecord } from '../basics/record.ts';

/** A pull request as the event or the API tells of it. */
export interface PullRequest {
  readonly number: number;
  readonly open: boolean;
  /** Its head is in another repository, or in one that is gone. */
  readonly fork: boolean;
  /** The commit that people see as its newest; undefined where the event does not tell. */
  readonly headCommit?: string;
  /** The branch that it is to be merged into; undefined where the event does not tell. */
  readonly baseBranch?: string;
}

/** What an event says of the pull request that a run belongs to. */
export type PullRequestLink =
  | { readonly kind: 'known'; readonly pullRequest: PullRequest }
  /** The event knows a commit alone; the API knows whether it is the head of an open pull request. */
  | { readonly kind: 'by-commit'; readonly commit: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Reads the pull request from an event. `sha` is GITHUB_SHA, the newest commit of the branch for manual runs.
 * Pushes and merge queues have none on purpose: the run of the pull request itself says what is to be said there.
 */
export function readPullRequestLink(event: string, payload: unknown, sha: string | undefined): PullRequestLink {
  switch (event) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return known(readPullRequest(fieldOf(payload, 'pull_request')));
    case 'issue_comment':
      return known(readCommentedIssue(fieldOf(payload, 'issue')));
    case 'deployment':
    case 'deployment_status':
      return byCommit(textOf(fieldOf(payload, 'deployment'), 'sha'));
    case 'workflow_run':
      return byCommit(textOf(fieldOf(payload, 'workflow_run'), 'head_sha'));
    case 'workflow_dispatch':
    case 'repository_dispatch':
      return byCommit(sha);
    case 'push':
      return { kind: 'none', reason: 'a push belongs to a branch' };
    case 'merge_group':
      return { kind: 'none', reason: 'a merge queue tests several pull requests at once' };
    default:
      return { kind: 'none', reason: `an event of the kind "${event}" belongs to none` };
  }
}

/** Reads a pull request as events and the API describe it; undefined when it is none. */
export function readPullRequest(value: unknown): PullRequest | undefined {
  const number = fieldOf(value, 'number');
  if (typeof number !== 'number') {
    return undefined;
  }
  const head = fieldOf(value, 'head');
  const base = fieldOf(value, 'base');
  const headCommit = textOf(head, 'sha');
  const baseBranch = textOf(base, 'ref');
  return {
    number,
    open: textOf(value, 'state') !== 'closed',
    fork: textOf(fieldOf(head, 'repo'), 'full_name') !== textOf(fieldOf(base, 'repo'), 'full_name'),
    ...defined({ headCommit, baseBranch }),
  };
}

/** A comment's event tells neither head nor base, so it may be from a fork for all we know. */
function readCommentedIssue(issue: unknown): PullRequest | undefined {
  const number = fieldOf(issue, 'number');
  return fieldOf(issue, 'pull_request') === undefined || typeof number !== 'number'
    ? undefined
    : { number, open: textOf(issue, 'state') !== 'closed', fork: false };
}

function known(pullRequest: PullRequest | undefined): PullRequestLink {
  return pullRequest === undefined ? { kind: 'none', reason: 'the event names none' } : { kind: 'known', pullRequest };
}

function byCommit(commit: string | undefined): PullRequestLink {
  return commit === undefined ? { kind: 'none', reason: 'the event names no commit' } : { kind: 'by-commit', commit };
}

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const text = fieldOf(value, key);
  return typeof text === 'string' ? text : undefined;
}
