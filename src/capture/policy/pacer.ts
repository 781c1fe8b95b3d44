/** The share of the measured rate that is used right after a cut, as in CUBIC. */
const beta = 0.7;
/** Where between the two bounds of a measurement the rate is taken to be: 0 the lower one, 1 the upper one. */
const between = 0.4;
/** Counted in steps: the way back to the measured rate, the time it is kept, and the time that growth takes to double it. */
const rise = 4;
const firstPlateau = 5;
const longestPlateau = 80;
const growth = 20;
/** Rates within this share of each other are the same rate. */
const sameShare = 0.3;
/** A step is a request that the pace held up; slow paces take at least one step in this time. */
const longestStepMs = 1000;
/** A rate is not measured over less: the first refusal may come with the first answers. */
const shortestCountMs = 1000;
const lowestPerSecond = 0.1;

/**
 * Learns an account's rate limit and spreads the requests over time instead of running into the limit again and
 * again; the idea of AWS's adaptive retry mode (a client-side rate on a cubic curve), with another measurement.
 *
 * The limit lies between two bounds. Upper: the pace at which a request was refused. Lower: what was accepted from one
 * refusal to the next, over that time; for an account that may save up requests (a token bucket) this is the limit
 * itself, since its bucket was empty at both ends. Taking a value between them, as in a bisection, closes in on the
 * limit whether or not the account may save up.
 */
export interface Pacer {
  /** Undefined before the first `rate_limited`: then requests are not paced. */
  readonly measured: Measurement | undefined;
  /** How many steps the measured rate is kept before more is tried; doubles each time it is found again. */
  readonly plateau: number;
  /** Lengthens the plateau when the retry budget runs low, at least 1. */
  readonly scarcity: number;
  /** The position on the curve since the last refusal. Advances only where the pace is what holds requests up. */
  readonly steps: number;
  readonly nextSendMs: number;
  /** What was sent since the last refusal, for the next measurement. */
  readonly count: { readonly sinceMs: number; readonly sent: number; readonly refused: number };
}

interface Measurement {
  readonly upperPerSecond: number;
  readonly accepted: number;
  readonly ms: number;
}

export function newPacer(nowMs: number): Pacer {
  return {
    measured: undefined,
    plateau: firstPlateau,
    scarcity: 1,
    steps: 0,
    nextSendMs: nowMs,
    count: { sinceMs: nowMs, sent: 0, refused: 0 },
  };
}

/** A request is being sent. */
export function paced(pacer: Pacer, nowMs: number): Pacer {
  const count = { ...pacer.count, sent: pacer.count.sent + 1 };
  const perSecond = paceOf(pacer);
  if (perSecond === undefined) {
    return { ...pacer, nextSendMs: nowMs, count };
  }
  const intervalMs = 1000 / perSecond;
  const heldUp = nowMs - pacer.nextSendMs < intervalMs;
  const steps = pacer.steps + (heldUp ? Math.max(1, intervalMs / longestStepMs) : 0);
  return { ...pacer, steps, nextSendMs: Math.max(nowMs, pacer.nextSendMs) + intervalMs, count };
}

/** A request that was sent at `sentMs` was refused, for whatever reason, so the account did not count it. */
export function uncount(pacer: Pacer, sentMs: number): Pacer {
  const { measured, count } = pacer;
  if (sentMs >= count.sinceMs) {
    return { ...pacer, count: { ...count, refused: count.refused + 1 } };
  }
  return measured === undefined ? pacer : { ...pacer, measured: { ...measured, accepted: measured.accepted - 1 } };
}

/** The account's limit was reached: measures it anew. `scarcity`: how much more than its time a hold costs, at least 1. */
export function slowDown(pacer: Pacer, nowMs: number, scarcity: number): Pacer {
  const { count } = pacer;
  const ms = Math.max(shortestCountMs, nowMs - count.sinceMs);
  const upperPerSecond = paceOf(pacer) ?? (count.sent * 1000) / ms;
  const measured = { upperPerSecond, accepted: count.sent - count.refused, ms };
  return {
    measured,
    plateau: nextPlateau(pacer, perSecondOf(measured)),
    scarcity,
    steps: 0,
    nextSendMs: nowMs,
    count: { sinceMs: nowMs, sent: 0, refused: 0 },
  };
}

/** Requests per second at the moment, undefined while nothing is paced: approaches the measured rate, keeps it, tries more. */
export function paceOf({ measured, plateau, scarcity, steps }: Pacer): number | undefined {
  if (measured === undefined) {
    return undefined;
  }
  const short = Math.max(0, 1 - steps / rise);
  const beyond = Math.max(0, steps - rise - plateau * scarcity) / growth;
  return perSecondOf(measured) * (1 - (1 - beta) * short ** 3 + beyond ** 3);
}

function perSecondOf({ upperPerSecond, accepted, ms }: Measurement): number {
  const lower = (accepted * 1000) / ms;
  return Math.max(lowestPerSecond, lower + Math.max(0, upperPerSecond - lower) * between);
}

function nextPlateau({ measured, plateau }: Pacer, perSecond: number): number {
  if (measured === undefined) {
    return firstPlateau;
  }
  const before = perSecondOf(measured);
  return Math.abs(perSecond - before) <= sameShare * before
    ? Math.min(longestPlateau, plateau * 2)
    : Math.max(firstPlateau, plateau / 2);
}
