/** As in AWS's adaptive mode: what is kept of the rate at a cut, and requests per second gained per cubic second. */
const BETA = 0.7;
const CUBIC = 0.4;
const FIRST_PLATEAU_MS = 10_000;
const LONGEST_PLATEAU_MS = 80_000;
const SAME = 0.15;
/** No account is paced below one request in ten seconds. */
const LOWEST_PER_SECOND = 0.1;

/**
 * Learns an account's rate limit and spreads the requests over time. Between two moments at which a limit of the
 * token-bucket kind is used up, the account let through exactly what it refills; so the rate is the number of
 * requests accepted from one cut to the next, over the time between them.
 */
export interface Pacer {
  /** Requests per second, undefined before the first `rate_limited`. */
  readonly perSecond: number | undefined;
  readonly plateauMs: number;
  /** When the current rate began to be used. */
  readonly sinceMs: number;
  readonly nextSendMs: number;
  /** What is being counted for the next measurement. */
  readonly window: { readonly startMs: number; readonly accepted: number };
}

export function newPacer(nowMs: number): Pacer {
  return {
    perSecond: undefined,
    plateauMs: FIRST_PLATEAU_MS,
    sinceMs: nowMs,
    nextSendMs: nowMs,
    window: { startMs: nowMs, accepted: 0 },
  };
}

/** A request is being sent. */
export function paced(pacer: Pacer, nowMs: number): Pacer {
  const rate = rateOf(pacer, nowMs);
  return {
    ...pacer,
    nextSendMs: rate === undefined ? nowMs : Math.max(nowMs, pacer.nextSendMs) + 1000 / rate,
    window: { ...pacer.window, accepted: pacer.window.accepted + 1 },
  };
}

/** A request was refused, so it did not count against the limit. */
export function uncount(pacer: Pacer): Pacer {
  return { ...pacer, window: { ...pacer.window, accepted: pacer.window.accepted - 1 } };
}

/** The account's limit was reached. */
export function slowDown(pacer: Pacer, nowMs: number): Pacer {
  const { window, perSecond: before } = pacer;
  const measured = (window.accepted * 1000) / Math.max(1000, nowMs - window.startMs);
  const perSecond = Math.max(LOWEST_PER_SECOND, measured);
  const same = before !== undefined && Math.abs(perSecond - before) <= SAME * before;
  return {
    perSecond,
    plateauMs: same ? Math.min(LONGEST_PLATEAU_MS, pacer.plateauMs * 2) : FIRST_PLATEAU_MS,
    sinceMs: nowMs,
    nextSendMs: nowMs,
    window: { startMs: nowMs, accepted: 0 },
  };
}

/** Requests per second at the moment: the measured rate, approached from below, kept for a while, then probed. */
export function rateOf({ perSecond, plateauMs, sinceMs }: Pacer, nowMs: number): number | undefined {
  if (perSecond === undefined) {
    return undefined;
  }
  const riseMs = 1000 * Math.cbrt((perSecond * (1 - BETA)) / CUBIC);
  const ms = nowMs - sinceMs;
  if (ms < riseMs) {
    return perSecond - CUBIC * ((riseMs - ms) / 1000) ** 3;
  }
  return perSecond + CUBIC * (Math.max(0, ms - riseMs - plateauMs) / 1000) ** 3;
}
