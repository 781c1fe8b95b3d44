/**
 * No service means to be left alone for longer; a larger value is cut to this, which is still beyond every retry
 * budget, so that it ends the run instead of overflowing a timer.
 */
export const longestRetryAfterMs = 365 * 24 * 3600 * 1000;

const seconds = /^\d+(?:\.\d+)?$/;
/** The three date forms of RFC 9110, section 5.6.7. The last one names no zone and means GMT. */
const imfOrRfc850 = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** How long a service asks to be left alone. */
export interface RetryAfter {
  readonly ms: number;
  /** It asked by a date, and its time is not known: ours may be wrong by any time. */
  readonly unsure: boolean;
}

/**
 * How long a Retry-After header (RFC 9110, section 10.2.3) asks to wait: seconds, or a date measured against the
 * service's own clock where that is known, so that a wrong clock on either side does not matter. A date in the past is 0.
 * `undefined` when there is no header or it is not of either form: then the caller's own backoff applies.
 *
 * Digits are tested first, because `Date.parse('120')` is a date.
 */
export function parseRetryAfter(
  header: string | undefined,
  { serverMs, now }: { readonly serverMs: number | undefined; readonly now: Date },
): RetryAfter | undefined {
  const value = header?.trim() ?? '';
  if (seconds.test(value)) {
    return { ms: Math.min(Math.ceil(Number(value) * 1000), longestRetryAfterMs), unsure: false };
  }
  const untilMs = parseHttpDate(value);
  if (untilMs === undefined) {
    return undefined;
  }
  const ms = Math.min(Math.max(0, untilMs - (serverMs ?? now.getTime())), longestRetryAfterMs);
  return { ms, unsure: serverMs === undefined };
}

/** A date as HTTP writes it, in milliseconds since 1970; undefined when it is none. */
export function parseHttpDate(value: string): number | undefined {
  const time = imfOrRfc850.test(value) ? Date.parse(value) : asctime.test(value) ? Date.parse(`${value} GMT`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
