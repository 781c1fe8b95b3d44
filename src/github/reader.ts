import { reasonOf } from '../errors/user-error.ts';
import type { Clock } from '../system/ports.ts';
import { within } from '../system/within.ts';
import type { RefusedCall } from './repeat.ts';

/** What GitHub's API said to a question. */
export type GithubAnswer =
  /** `headers` by lower-case name. */
  | { readonly kind: 'answer'; readonly data: unknown; readonly headers: RefusedCall['headers'] }
  | { readonly kind: 'refused'; readonly refusal: RefusedCall };

/** Asks GitHub's API. Rejects only when it is stopped. `path` is below the API's address, e.g. `/repos/octo/site/deployments`. */
export type GithubReader = (path: string, query: Readonly<Record<string, string | number>>) => Promise<GithubAnswer>;

/** As long as a workflow step waits for one answer. */
const timeoutMs = 10_000;

/**
 * Asks with a person's own token, each question once. Speaks to the API itself: GitHub's clients for workflow steps would make the
 * command line several times larger.
 */
export function connectReader(token: string, apiUrl: string, clock: Pick<Clock, 'sleep'>, stop: AbortSignal): GithubReader {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'visual-capture' };
  return async (path, query) => {
    const url = new URL(`${apiUrl}${path}`);
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, String(value));
    }
    try {
      return await within(timeoutMs, clock, async (up) => {
        const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.any([up, stop]) });
        const said = Object.fromEntries(response.headers);
        const data: unknown = await response.json().catch(() => undefined);
        return response.ok && data !== undefined
          ? { kind: 'answer', data, headers: said }
          : { kind: 'refused', refusal: { status: response.status, headers: said, message: messageOf(data) } };
      });
    } catch (error) {
      stop.throwIfAborted();
      return { kind: 'refused', refusal: { status: 0, headers: {}, message: reasonOf(error) } };
    }
  };
}

function messageOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : '';
}
