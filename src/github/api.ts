import { getOctokit } from '@actions/github';
import { isRecord } from '../basics/record.ts';
import type { Clock } from '../system/ports.ts';
import { decideRepeat, type RefusedCall } from './repeat.ts';

/** GitHub's REST and GraphQL clients with a token. */
export type GithubApi = ReturnType<typeof getOctokit>;

/** A request that takes longer is as good as lost: GitHub itself ends its own after 10 seconds. */
const requestTimeoutMs = 30_000;

/**
 * Connects to `apiUrl`. A request that GitHub holds back for a short time, or that breaks down and does no harm twice,
 * is repeated once; every other error is the caller's.
 */
export function connectGithub(token: string, apiUrl: string, clock: Pick<Clock, 'sleep' | 'date'>): GithubApi {
  const api = getOctokit(token, { baseUrl: apiUrl });
  api.hook.wrap('request', async (send, options) => {
    const attempt = () => send({ ...options, request: { ...options.request, signal: AbortSignal.timeout(requestTimeoutMs) } });
    try {
      return await attempt();
    } catch (error) {
      const refusal = readRefusal(error);
      const delayMs = refusal === undefined ? undefined : decideRepeat(options.method, refusal, clock.date());
      if (delayMs === undefined) {
        throw error;
      }
      await clock.sleep(delayMs);
      return await attempt();
    }
  });
  return api;
}

/** What octokit throws for an answer that is no success, or for none; undefined for anything else, such as a fault of ours. */
export function readRefusal(error: unknown): RefusedCall | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('status' in error)) {
    return undefined;
  }
  const response = 'response' in error && isRecord(error.response) ? error.response : {};
  const headers = isRecord(response['headers']) ? response['headers'] : {};
  // octokit makes a 500 of a request that was never answered.
  return {
    status: response['status'] === undefined ? 0 : Number(error.status),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value === undefined ? undefined : String(value)]),
    ),
    message: error.message,
  };
}
