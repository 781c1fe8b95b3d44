import { docsUrl } from '../../basics/product.ts';
import { explainRefusal, refusalMessage } from '../refusal.ts';

/** Why a comment could not be written and what to do about it, for a warning: the verdict of the check stands. */
export function explainCommentRefusal(error: unknown, { fork }: { readonly fork: boolean }): string {
  return `The pull request was not commented on: ${explain(error, fork)}`;
}

function explain(error: unknown, fork: boolean): string {
  if (/locked/i.test(refusalMessage(error) ?? '')) {
    return 'its conversation is locked. Unlock it, or set comment: never.';
  }
  return explainRefusal(error, {
    fork,
    onFork: `it comes from a fork, and GitHub gives such runs a token that can only read, whatever permissions the workflow names. Set comment: never here, or comment from a second workflow (${docsUrl('pull-requests.md#forks')}).`,
    elsewhere:
      'the token of this job may not. Give the job permissions: pull-requests: write (and contents: write for pictures), or set comment: never.',
  });
}
