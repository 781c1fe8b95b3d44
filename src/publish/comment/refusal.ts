import { docsUrl } from '../../basics/product.ts';
import { reasonOf } from '../../errors/user-error.ts';
import { readRefusal } from '../../github/api.ts';

/** Why a comment could not be written and what to do about it, for a warning: the verdict of the check stands. */
export function explainCommentRefusal(error: unknown, { fork }: { readonly fork: boolean }): string {
  return `The pull request was not commented on: ${explain(error, fork)}`;
}

function explain(error: unknown, fork: boolean): string {
  const refusal = readRefusal(error);
  if (refusal === undefined) {
    return `${reasonOf(error)}. Run the job again.`;
  }
  const { status } = refusal;
  // octokit adds the address of its documentation, which helps nobody here.
  const message = refusal.message.split(' - https://')[0] ?? '';
  if (/locked/i.test(message)) {
    return 'its conversation is locked. Unlock it, or set comment: never.';
  }
  if (status === 429 || /rate limit/i.test(message)) {
    return 'GitHub takes no more requests for now. Run the job again later.';
  }
  if (status === 401) {
    return 'GitHub does not know the token. Leave github-token out, or check the secret behind it.';
  }
  if (status === 403 || status === 404) {
    return fork
      ? `it comes from a fork, and GitHub gives such runs a token that can only read, whatever permissions the workflow names. Set comment: never here, or comment from a second workflow (${docsUrl('pull-requests.md#forks')}).`
      : 'the token of this job may not. Give the job permissions: pull-requests: write (and contents: write for pictures), or set comment: never.';
  }
  if (status === 0 || status >= 500) {
    return `GitHub gave no answer (${message}). Run the job again; if it stays so, look at githubstatus.com.`;
  }
  return `GitHub said "${message}" (HTTP ${status}).`;
}
