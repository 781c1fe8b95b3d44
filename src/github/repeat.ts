import { parseHttpDate, parseRetryAfter } from '../capture/retry-after.ts';

/** An answer of GitHub that is no success; status 0: there was no answer. */
export interface RefusedCall {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly message: string;
}

/** A request, with the address as octokit's table of routes or the caller has it. */
export interface ApiCall {
  readonly method: string;
  readonly url: string;
}

/** A step must not stand still for longer than this for the sake of a comment. */
const longestWaitMs = 60_000;

/**
 * What GitHub asks for when it names no time
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
 */
const unnamedWaitMs = 60_000;

/** After a failure that has nothing to do with limits. */
const faultWaitMs = 1_000;

/** The one repetition of a request. */
export interface Repeat {
  readonly delayMs: number;
  /** GitHub asked for the wait; there was no answer; there was one that it broke down. */
  readonly because: 'held-back' | 'silence' | 'fault';
}

/** Whether and when a request is repeated; undefined: it is not. */
export function decideRepeat(call: ApiCall, refusal: RefusedCall, now: Date): Repeat | undefined {
  if (isHeldBack(refusal)) {
    const delayMs = heldBackMs(refusal, now);
    return delayMs > longestWaitMs ? undefined : { delayMs, because: 'held-back' };
  }
  if (!isFault(refusal) || !isRepeatable(call)) {
    return undefined;
  }
  return { delayMs: faultWaitMs, because: refusal.status === 0 ? 'silence' : 'fault' };
}

/** How long GitHub asks to be left alone; undefined: it does not ask for that. */
export function askedToWaitMs(refusal: RefusedCall, now: Date): number | undefined {
  return isHeldBack(refusal) ? heldBackMs(refusal, now) : undefined;
}

/** GitHub says both "wait" and "never" with a 403; only the first names a limit. */
function isHeldBack({ status, headers, message }: RefusedCall): boolean {
  const limited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message);
  return status === 429 || (status === 403 && limited);
}

function heldBackMs({ headers }: RefusedCall, now: Date): number {
  const asked = parseRetryAfter(headers['retry-after'], { serverMs: parseHttpDate(headers['date'] ?? ''), now });
  if (asked !== undefined) {
    return asked.ms;
  }
  const reset = Number(headers['x-ratelimit-reset']);
  return headers['x-ratelimit-remaining'] === '0' && reset > 0 ? Math.max(0, reset * 1000 - now.getTime()) : unnamedWaitMs;
}

function isFault({ status }: RefusedCall): boolean {
  return status === 0 || status >= 500;
}

/** Whatever may have been done already must not be done twice: a second comment would be one too many, a second status is the same. */
function isRepeatable({ method, url }: ApiCall): boolean {
  return method !== 'POST' || url.includes('/statuses/');
}
