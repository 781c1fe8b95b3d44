import type { getOctokit } from '@actions/github';
import { isRecord } from '../basics/record.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Clock } from '../system/ports.ts';
import { within } from '../system/within.ts';
import { longestSilenceMs, patienceOf } from './patience.ts';
import { decideRepeat, type RefusedCall, type Repeat } from './repeat.ts';

/** GitHub's REST and GraphQL clients with a token. */
export type GithubApi = ReturnType<typeof getOctokit>;

interface Answer {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
}

/** A request that was not answered, or not to the end. In the form of octokit's own errors. */
class Unanswered extends Error {
  override readonly name = 'HttpError';
  readonly status = 500;
}

/**
 * Connects to `apiUrl`. A request that GitHub holds back for a short time, or that breaks down and does no harm twice,
 * is repeated once; every other error is the caller's. All clients of one clock share their patience: when a GitHub
 * that does not answer has used it up, further requests fail at once. When `stop` aborts, every request fails with its reason.
 * The package is loaded when it is needed: runs without a token never come to it (`npm run bench start`).
 */
export async function connectGithub(
  token: string,
  apiUrl: string,
  clock: Pick<Clock, 'sleep' | 'date' | 'nowMs'>,
  stop: AbortSignal = new AbortController().signal,
): Promise<GithubApi> {
  const { getOctokit: open } = await import('@actions/github');
  const api = open(token, { baseUrl: apiUrl });
  const { silence, heldBack } = patienceOf(clock);

  async function attempt<Received extends Answer>(
    send: (signal: AbortSignal) => Received | Promise<Received>,
  ): Promise<Received> {
    stop.throwIfAborted();
    if (silence.leftMs === 0) {
      throw new Unanswered('it did not answer before, so it is not asked any more');
    }
    const startMs = clock.nowMs();
    const limitMs = Math.min(longestSilenceMs, silence.leftMs);
    return await within(limitMs, clock, async (up) => {
      try {
        const answer = await send(AbortSignal.any([up, stop]));
        if (isCutOff(answer)) {
          throw new Unanswered('the answer was cut off');
        }
        return answer;
      } catch (error) {
        stop.throwIfAborted();
        if (up.aborted) {
          silence.lose(startMs, Math.max(clock.nowMs(), startMs + limitMs));
          throw new Unanswered(reasonOf(up.reason), { cause: error });
        }
        if (readRefusal(error)?.status === 0) {
          silence.lose(startMs, clock.nowMs());
        }
        throw error;
      }
    });
  }

  /** Whether there is patience for it. */
  async function pause({ delayMs, because }: Repeat): Promise<boolean> {
    const budget = { 'held-back': heldBack, silence, fault: undefined }[because];
    if (budget !== undefined && delayMs > budget.leftMs) {
      return false;
    }
    const startMs = clock.nowMs();
    await clock.sleep(delayMs, stop);
    budget?.lose(startMs, clock.nowMs());
    return true;
  }

  api.hook.wrap('request', async (send, options) => {
    const sendOnce = () =>
      attempt((signal) => {
        // What is handed to `send` is lost: octokit's own hooks go on with the object that they were given.
        options.request = { ...options.request, signal };
        return send(options);
      });
    try {
      return await sendOnce();
    } catch (error) {
      const refusal = readRefusal(error);
      const repeat = refusal === undefined ? undefined : decideRepeat(options, refusal, clock.date());
      if (repeat === undefined || !(await pause(repeat))) {
        throw error;
      }
      return await sendOnce();
    }
  });
  return api;
}

/** octokit gives back what it could read of an answer that ends too soon: a text, where the whole would be JSON. */
function isCutOff({ status, headers, data }: Answer): boolean {
  const type = 'content-type' in headers ? String(headers['content-type']) : '';
  return status !== 204 && typeof data === 'string' && /^application\/([\w.+-]+\+)?json\b/.test(type);
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
