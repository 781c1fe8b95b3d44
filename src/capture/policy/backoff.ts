/** First wait before one capture is repeated after a passing fault of its own. */
const captureBaseMs = 500;
/** First wait before one capture is repeated that no service has answered. */
const faultBaseMs = 1000;
/** First hold of the whole run when the service does not say how long. */
export const holdBaseMs = 1000;
/** First step of a wait until a date that cannot be measured. */
const unsureBaseMs = 4000;
/** No wait of our own choosing is longer. */
export const longestMs = 30_000;
/** How much a hold may be lengthened at random, so that jobs held back together do not return together. */
const holdJitter = 0.1;

/**
 * The wait before a capture is repeated: exponential, between half of the step and the whole ("equal jitter", Brooker,
 * "Exponential Backoff and Jitter", AWS Architecture Blog 2015).
 * `failures` counts from 1, `random` is uniform in [0, 1).
 */
export function captureBackoffMs(failures: number, random: number): number {
  return exponential(captureBaseMs, failures) * (0.5 + random / 2);
}

/**
 * The wait before a capture is repeated that no service has answered. Longer than the other one and never cut by chance:
 * six attempts reach over half a minute, in which a network or a gateway may come back.
 */
export function faultBackoffMs(failures: number, random: number): number {
  const stepMs = exponential(faultBaseMs, failures);
  return stepMs + holdJitterMs(stepMs, random);
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

/**
 * How far a Retry-After is believed that is a date of a clock which the service does not tell: ours may be wrong by any
 * time, so a long wait is tried in steps. `refusals` counts the holds in a row, from 1.
 */
export function believedMs(retryAfterMs: number, refusals: number): number {
  return retryAfterMs <= longestMs ? retryAfterMs : Math.min(retryAfterMs, exponential(unsureBaseMs, refusals));
}

/** What is added to a hold, never taken off. */
export function holdJitterMs(hold: number, random: number): number {
  return Math.min(hold, longestMs) * holdJitter * random;
}

function exponential(baseMs: number, count: number): number {
  return Math.min(longestMs, baseMs * 2 ** Math.min(count - 1, 30));
}
