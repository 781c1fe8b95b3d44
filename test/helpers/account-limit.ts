/** How many requests an account may send, in the shapes that services use. Times in milliseconds. */
export type AccountLimit = {
  /** Whether a refusal says when the next request is free. */
  readonly retryAfter: boolean;
} & (
  | { readonly kind: 'bucket'; readonly perSecond: number; readonly burst: number }
  /** The count begins anew at `phaseMs` and every `windowMs` from there; without a phase, with the first request. */
  | { readonly kind: 'fixed-window'; readonly count: number; readonly windowMs: number; readonly phaseMs?: number }
  /** So many in any `windowMs`; where refusals count, each of them takes a place as well. */
  | { readonly kind: 'sliding-log'; readonly count: number; readonly windowMs: number; readonly refusalsCount: boolean }
);

export interface LimitState {
  /** Takes a place for a request, if there is one. */
  take(nowMs: number): boolean;
  /** When there is a place if nothing else is sent: `nowMs` if there is one now. */
  freeAtMs(nowMs: number): number;
}

export function openLimit(limit: AccountLimit | undefined): LimitState {
  switch (limit?.kind) {
    case undefined:
      return { take: () => true, freeAtMs: (nowMs) => nowMs };
    case 'bucket':
      return bucket(limit.perSecond, limit.burst);
    case 'fixed-window':
      return fixedWindow(limit.count, limit.windowMs, limit.phaseMs);
    case 'sliding-log':
      return slidingLog(limit.count, limit.windowMs, limit.refusalsCount);
    default:
      return limit satisfies never;
  }
}

/** Floating-point sums of times: a place that is free a nanosecond later is free. */
const epsilon = 1e-9;

function bucket(perSecond: number, burst: number): LimitState {
  let tokens = burst;
  let pouredMs = 0;
  const pour = (nowMs: number): void => {
    tokens = Math.min(burst, tokens + ((nowMs - pouredMs) / 1000) * perSecond);
    pouredMs = nowMs;
  };
  return {
    take(nowMs) {
      pour(nowMs);
      const free = tokens >= 1 - epsilon;
      tokens -= free ? 1 : 0;
      return free;
    },
    freeAtMs(nowMs) {
      pour(nowMs);
      return nowMs + (Math.max(0, 1 - epsilon - tokens) / perSecond) * 1000;
    },
  };
}

function fixedWindow(count: number, windowMs: number, phaseMs: number | undefined): LimitState {
  let beginMs = Number.NEGATIVE_INFINITY;
  let taken = 0;
  return {
    take(nowMs) {
      if (nowMs >= beginMs + windowMs) {
        beginMs = phaseMs === undefined ? nowMs : phaseMs + Math.floor((nowMs - phaseMs) / windowMs) * windowMs;
        taken = 0;
      }
      const free = taken < count;
      taken += free ? 1 : 0;
      return free;
    },
    freeAtMs: (nowMs) => (nowMs >= beginMs + windowMs || taken < count ? nowMs : beginMs + windowMs),
  };
}

function slidingLog(count: number, windowMs: number, refusalsCount: boolean): LimitState {
  let log: number[] = [];
  return {
    take(nowMs) {
      log = log.filter((atMs) => atMs + windowMs > nowMs);
      const free = log.length < count;
      if (free || refusalsCount) {
        log.push(nowMs);
      }
      return free;
    },
    freeAtMs(nowMs) {
      const last = log.at(-count);
      return last === undefined ? nowMs : Math.max(nowMs, last + windowMs);
    },
  };
}
