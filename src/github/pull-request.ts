import { defined, fieldOf, textOf } from '../basics/record.ts';

/** A pull request as the event or the API tells of it. */
export interface PullRequest {
  readonly number: number;
  readonly open: boolean;
  /** Its head is in another repository, or in one that is gone. */
  readonly fork: boolean;
  /** The commit that people see as its newest; undefined where nobody tells. */
  readonly headCommit?: string;
  /** The branch that it is to be merged into; undefined where nobody tells. */
  readonly baseBranch?: string;
  /** Once it is merged: the commit that did it. */
  readonly mergeCommit?: string;
}

/** Reads a pull request as events and the API describe it; undefined when it is none. */
export function readPullRequest(value: unknown): PullRequest | undefined {
  const number = fieldOf(value, 'number');
  if (typeof number !== 'number') {
    return undefined;
  }
  const head = fieldOf(value, 'head');
  const base = fieldOf(value, 'base');
  const merged = textOf(value, 'merged_at') !== undefined;
  return {
    number,
    open: textOf(value, 'state') !== 'closed',
    fork: textOf(fieldOf(head, 'repo'), 'full_name') !== textOf(fieldOf(base, 'repo'), 'full_name'),
    ...defined({
      headCommit: textOf(head, 'sha'),
      baseBranch: textOf(base, 'ref'),
      // Of an open one it is a merge that was only tried.
      mergeCommit: merged ? textOf(value, 'merge_commit_sha') : undefined,
    }),
  };
}
