/** The delays between two looks grow from the first to the longest. */
const firstMs = 5_000;
const longestMs = 30_000;
const growth = 1.5;

/** What GitHub said of the requests that are left of the hour; other jobs of the repository live by them too. */
export interface RequestLimit {
  readonly remaining: number;
  /** When they are as many as ever again, from now on. */
  readonly resetInMs: number;
}

export interface PollState {
  /** How often it was looked. */
  readonly looks: number;
  /** How long is still waited at most. */
  readonly leftMs: number;
  /** Requests that a look takes. */
  readonly requests: number;
  readonly limit?: RequestLimit;
  /** GitHub asked not to be asked again before. */
  readonly askedToWaitMs?: number;
}

/**
 * After how long GitHub is asked again. The looks that are still to come use at most half of the requests that are left: a
 * workflow's token has 1,000 in an hour for the whole repository
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
export function decidePollDelay({ looks, leftMs, requests, limit, askedToWaitMs = 0 }: PollState): number {
  const usualMs = Math.min(firstMs * growth ** (looks - 1), longestMs);
  const spreadMs =
    limit === undefined
      ? 0
      : limit.remaining < 2 * requests
        ? limit.resetInMs
        : (Math.min(leftMs, limit.resetInMs) * requests) / (limit.remaining / 2);
  return Math.max(usualMs, spreadMs, askedToWaitMs);
}
