/** First wait before one capture is repeated after a passing fault of its own. */
const captureBaseMs = 500;
/** First hold of the whole run when the service does not say how long. */
const holdBaseMs = 1000;
/** No wait of our own choosing is longer. */
const longestMs = 30_000;
/** How much a hold may be lengthened at random, so that jobs held back together do not return together. */
const holdJitter = 0.1;

/**
 * The wait before a capture is repeated: exponential, between half of the step and the whole ("equal jitter", Brooker,
 * "Exponential Backoff and Jitter", AWS Architecture Blog 2015). Never shorter than what the answer asked for.
 * `failures` counts from 1, `random` is uniform in [0, 1).
 */
export function captureBackoffMs(failures: number, random: number, retryAfterMs = 0): number {
  const stepMs = exponential(captureBaseMs, failures);
  return Math.max(retryAfterMs, stepMs * (0.5 + random / 2));
}

/**
 * The shortest hold of the whole run: what the service asks for, or an exponential one if it asks for nothing or for
 * no time at all. `refusals` counts the holds in a row, from 1.
 */
export function holdMs(refusals: number, retryAfterMs: number | undefined): number {
  return retryAfterMs === undefined || retryAfterMs < holdBaseMs
    ? Math.max(exponential(holdBaseMs, refusals), retryAfterMs ?? 0)
    : retryAfterMs;
}

/** What is added to a hold, never taken off. */
export function holdJitterMs(hold: number, random: number): number {
  return Math.min(hold, longestMs) * holdJitter * random;
}

function exponential(baseMs: number, count: number): number {
  return Math.min(longestMs, baseMs * 2 ** Math.min(count - 1, 30));
}
