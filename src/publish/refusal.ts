import { reasonOf } from '../errors/user-error.ts';
import { readRefusal } from '../github/api.ts';

/** What to do where the token may not, as clauses that follow what was not done and a colon. */
export interface RefusalRemedies {
  /** The run's token can only read, whatever the workflow says. */
  readonly fork: boolean;
  readonly onFork: string;
  readonly elsewhere: string;
}

/** GitHub's own words for a refusal; undefined: it did not refuse. */
export function refusalMessage(error: unknown): string | undefined {
  // octokit adds the address of its documentation, which helps nobody here.
  return readRefusal(error)?.message.split(' - https://')[0];
}

/** Why GitHub did not do what it was asked for and what to do about it, as a clause with a full stop. */
export function explainRefusal(error: unknown, { fork, onFork, elsewhere }: RefusalRemedies): string {
  const refusal = readRefusal(error);
  if (refusal === undefined) {
    return `${reasonOf(error)}. Run the job again.`;
  }
  const { status } = refusal;
  const message = refusalMessage(error) ?? '';
  if (status === 429 || /rate limit/i.test(message)) {
    return 'GitHub takes no more requests for now. Run the job again later.';
  }
  if (status === 401) {
    return 'GitHub does not know the token. Leave github-token out, or check the secret behind it.';
  }
  if (status === 403 || status === 404) {
    return fork ? onFork : elsewhere;
  }
  if (status === 0 || status >= 500) {
    return `GitHub gave no answer (${message}). Run the job again; if it stays so, look at githubstatus.com.`;
  }
  return `GitHub said "${message}" (HTTP ${status}).`;
}
