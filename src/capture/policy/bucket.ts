/** Where between the two bounds of a measurement the rate is taken to be: 0 the lower one, 1 the upper one. */
const between = 0.4;
/** How long a measured rate is kept before more is tried; doubles each time it is found again. */
const firstPlateauMs = 3000;
const longestPlateauMs = 80_000;
/** A slow rate is kept for as many requests at least. */
const plateauRequests = 4;
/** The time that growth takes to double the rate, after the plateau. */
const growthMs = 10_000;
/** Rates within this share of each other are the same rate. */
const sameShare = 0.3;
/** A rate is not measured over less: the first refusal may come with the first answers. */
const shortestCountMs = 1000;
/** What is sent in this time after a hold is what was saved up in it. */
const burstMs = 2000;
/** One request in five minutes. */
const lowestPerSecond = 1 / 300;

/**
 * An account's limit as a token bucket: so many requests a second, and what was not used is saved up. Its rate lies
 * between two bounds. Lower: what was accepted from one refusal to the next, over that time, since the bucket was empty
 * at both ends. Upper: the pace at which a request was refused. Taking a value between them, as in a bisection, closes in
 * on the limit; the idea of AWS's adaptive retry mode, with another measurement.
 */
export interface Bucket {
  /** Requests per second as measured; undefined before the first refusal: then nothing is paced. */
  readonly perSecond: number | undefined;
  readonly plateauMs: number;
  /** What can be saved up, as far as it was seen. */
  readonly depth: number;
  readonly tokens: number;
  /** When the tokens were counted. */
  readonly atMs: number;
  /** When the last refusal came, and when requests went through again after it. */
  readonly emptiedMs: number;
  readonly openedMs: number;
}

export function newBucket(nowMs: number): Bucket {
  return {
    perSecond: undefined,
    plateauMs: firstPlateauMs,
    depth: Number.POSITIVE_INFINITY,
    tokens: 0,
    atMs: nowMs,
    emptiedMs: nowMs,
    openedMs: nowMs,
  };
}

/** Requests per second at the moment: the measured rate, after its plateau more and more. */
export function rateOf({ perSecond, plateauMs, openedMs }: Bucket, nowMs: number): number | undefined {
  if (perSecond === undefined) {
    return undefined;
  }
  const keptMs = Math.max(plateauMs, (plateauRequests * 1000) / perSecond);
  const beyond = Math.max(0, nowMs - openedMs - keptMs) / growthMs;
  return perSecond * (1 + beyond ** 3);
}

/** When there is a token for the next request. */
export function tokenAtMs(bucket: Bucket, nowMs: number): number {
  const perSecond = rateOf(bucket, nowMs);
  const missing = 1 - tokensAt(bucket, nowMs);
  return perSecond === undefined || missing <= 0 ? nowMs : nowMs + (missing * 1000) / perSecond;
}

/** A request is being sent. */
export function takeToken(bucket: Bucket, nowMs: number): Bucket {
  return bucket.perSecond === undefined ? bucket : { ...bucket, tokens: tokensAt(bucket, nowMs) - 1, atMs: nowMs };
}

/** Requests go through again after a hold. */
export function reopenBucket(bucket: Bucket, nowMs: number): Bucket {
  return { ...bucket, openedMs: nowMs };
}

/**
 * A request was refused: measures anew. `accepted`: how many were, since the last refusal; `paced`: they were sent when the
 * bucket had tokens for them.
 */
export function emptyBucket(bucket: Bucket, { accepted, paced }: { accepted: number; paced: boolean }, nowMs: number): Bucket {
  const tokens = tokensAt(bucket, nowMs);
  const lower = (accepted * 1000) / Math.max(shortestCountMs, nowMs - bucket.emptiedMs);
  // With tokens left it was not the pace that was refused.
  const upper = paced && tokens < 1 ? rateOf(bucket, nowMs) : undefined;
  const perSecond = Math.max(lowestPerSecond, lower + Math.max(0, (upper ?? lower) - lower) * between);
  const openMs = nowMs - bucket.openedMs;
  return {
    perSecond,
    plateauMs: nextPlateauMs(bucket, perSecond),
    // Refused soon after a hold, what seemed to be saved up meanwhile was not.
    depth: paced && openMs < burstMs ? Math.max(1, Math.min(bucket.depth, accepted) / 2) : bucket.depth,
    tokens: 0,
    atMs: nowMs,
    emptiedMs: nowMs,
    openedMs: nowMs,
  };
}

function tokensAt(bucket: Bucket, nowMs: number): number {
  const gained = ((nowMs - bucket.atMs) / 1000) * (rateOf(bucket, nowMs) ?? 0);
  return Math.min(bucket.depth, bucket.tokens + gained);
}

function nextPlateauMs({ perSecond: before, plateauMs }: Bucket, perSecond: number): number {
  if (before === undefined) {
    return firstPlateauMs;
  }
  return Math.abs(perSecond - before) <= sameShare * before
    ? Math.min(longestPlateauMs, plateauMs * 2)
    : Math.max(firstPlateauMs, plateauMs / 2);
}
