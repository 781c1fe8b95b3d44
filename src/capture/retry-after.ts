/**
 * No service means to be left alone for longer; a larger value is cut to this, which is still beyond every retry
 * budget, so that it ends the run instead of overflowing a timer.
 */
export const longestRetryAfterMs = 365 * 24 * 3600 * 1000;

const seconds = /^\d+(?:\.\d+)?$/;
/** The three date forms of RFC 9110, section 5.6.7. The last one names no zone and means GMT. */
const imfOrRfc850 = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * How long a Retry-After header (RFC 9110, section 10.2.3) asks to wait, in milliseconds: seconds, or a date measured
 * against the answer's own Date header, so that a wrong clock on either side does not matter. A date in the past is 0.
 * `undefined` when there is no header or it is not of either form: then the caller's own backoff applies.
 *
 * Digits are tested first, because `Date.parse('120')` is a date.
 */
export function parseRetryAfter(
  header: string | undefined,
  { answerDate, now }: { answerDate: string | undefined; now: Date },
): number | undefined {
  const value = header?.trim() ?? '';
  if (seconds.test(value)) {
    return Math.min(Math.ceil(Number(value) * 1000), longestRetryAfterMs);
  }
  const until = parseHttpDate(value);
  if (until === undefined) {
    return undefined;
  }
  const from = parseHttpDate(answerDate?.trim() ?? '') ?? now.getTime();
  return Math.min(Math.max(0, until - from), longestRetryAfterMs);
}

function parseHttpDate(value: string): number | undefined {
  const time = imfOrRfc850.test(value) ? Date.parse(value) : asctime.test(value) ? Date.parse(`${value} GMT`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
