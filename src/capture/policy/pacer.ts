import type { AccountLimit } from '../../results/model.ts';
import { holdBaseMs, longestMs } from './backoff.ts';
import { type Bucket, emptyBucket, newBucket, rateOf, reopenBucket, takeToken, tokenAtMs } from './bucket.ts';
import { Guess } from './guess.ts';
import { LimitLog } from './limit-log.ts';
import { Windows } from './windows.ts';

/** Longer than the longest usual window nothing is waited for unasked: what was learned may be wrong by then. */
const longestPaceMs = 61_000;
/** As long as no wait for a window was seen to end as expected, the waits are short: it may be none. */
const unsurePaceMs = 8000;
const unsureHoldMs = 4000;
const waitedMs = 1000;
/** A pace that may be too low is tried after this time without a refusal, longer each time, and after so many windows. */
const firstTryMs = 20_000;
const longestTryMs = 160_000;
const tryWindows = 2;

/**
 * Learns an account's rate limit and keeps to it, instead of running into it again and again: by windows as long as the
 * limit may be one (so many a minute), else as a token bucket. Before the first `rate_limited` nothing is paced.
 */
export class Pacer {
  readonly #log = new LimitLog();
  readonly #windows = new Windows(this.#log);
  readonly #guess: Guess | undefined;
  #bucket: Bucket;
  #sentMs = 0;
  #limited = false;
  /** A request was refused, and none was accepted since. */
  #closed = false;
  /** When one request more than the windows allow is sent, to see whether the limit is higher; and how long after the last one. */
  #tryMs = Number.POSITIVE_INFINITY;
  #tryAfterMs = firstTryMs;
  #triedMs: number | undefined;
  /** When a request was sent after a wait; and how often such a one was accepted since the pace was refused last. */
  #waitedMs: number | undefined;
  #kept = 0;

  /** `known`: the limit that an earlier run has met. */
  constructor(nowMs: number, known?: AccountLimit) {
    this.#bucket = newBucket(nowMs);
    this.#guess = known && new Guess(known);
  }

  /** When the next request may be sent. `aboutRoom`: what is refused may not be the pace at all. */
  freeAtMs(nowMs: number, aboutRoom: boolean): number {
    if (!this.#limited) {
      return this.#guess?.freeAtMs(nowMs) ?? nowMs;
    }
    const windowMs = this.windowFreeAtMs(nowMs);
    const freeAtMs = windowMs === undefined ? (aboutRoom ? nowMs : tokenAtMs(this.#bucket, nowMs)) : this.#orTry(windowMs, nowMs);
    return Math.min(freeAtMs, Math.max(nowMs, this.#sentMs + (this.#kept > 0 ? longestPaceMs : unsurePaceMs)));
  }

  /** How long to hold back after so many refusals in a row, by the limit's windows; undefined when it has none. */
  holdMs(refusals: number, nowMs: number): number | undefined {
    const windowMs = this.windowFreeAtMs(nowMs);
    const mostMs = this.#kept > 0 ? longestMs : Math.min(longestMs, unsureHoldMs * 2 ** Math.min(refusals - 1, 10));
    return windowMs === undefined ? undefined : Math.max(holdBaseMs, Math.min(mostMs, windowMs - nowMs));
  }

  /** When the next request may be sent by what is known of the limit's windows; undefined when it has none. */
  windowFreeAtMs(nowMs: number): number | undefined {
    return this.#windows.possible ? this.#windows.freeAtMs(nowMs) : undefined;
  }

  /** The limit as it is known: that of this run, or of an earlier one that this run has not reached. */
  learned(nowMs: number): AccountLimit | undefined {
    if (!this.#limited) {
      return this.#guess?.isOpen === true ? this.#guess.limit : undefined;
    }
    const window = this.#windows.shortest;
    return window === undefined
      ? asLimit(rateOf(this.#bucket, nowMs) ?? 0)
      : { requests: window.most, windowMs: window.lengthMs };
  }

  sent(nowMs: number): void {
    if (nowMs - this.#sentMs > waitedMs) {
      this.#waitedMs = nowMs;
    }
    if (nowMs >= this.#tryMs) {
      this.#triedMs = nowMs;
      this.#tryMs = Number.POSITIVE_INFINITY;
    }
    this.#guess?.sent(this.#log, nowMs);
    this.#sentMs = nowMs;
    this.#log.sent(nowMs);
    this.#windows.sent(nowMs);
    this.#bucket = takeToken(this.#bucket, nowMs);
  }

  /** The limit let the request pass, whatever became of it then. */
  accepted(sentMs: number, nowMs: number): void {
    const hadWindows = this.#windows.possible;
    if (sentMs === this.#triedMs) {
      this.#tryMs = nowMs;
    } else if (sentMs === this.#waitedMs) {
      this.#kept += 1;
    }
    this.#log.accepted(sentMs);
    this.#windows.accepted(sentMs);
    if (this.#closed && sentMs > this.#bucket.emptiedMs) {
      this.#closed = false;
      this.#windows.opened(sentMs);
      this.#bucket = reopenBucket(this.#bucket, nowMs);
    }
    if (this.#limited && hadWindows && !this.#windows.possible) {
      this.#bucket = reopenBucket(this.#bucket, nowMs);
    }
  }

  /** The account's limit was reached. `measures`: the request was sent freely, after the last refusal was known. */
  refused(sentMs: number, nowMs: number, measures: boolean): void {
    const paced = this.#limited && !this.#windows.possible;
    const refusal = { sentMs, answeredMs: nowMs };
    this.#log.refused(refusal);
    if (this.#guess?.refused(this.#log, nowMs) === true) {
      this.#windows.atLeast(this.#guess.limit.windowMs);
    }
    this.#windows.refused(refusal);
    if (measures) {
      const accepted = this.#log.count('counted', this.#bucket.emptiedMs, sentMs);
      this.#bucket = emptyBucket(this.#bucket, { accepted, paced }, nowMs);
    }
    if (sentMs === this.#triedMs) {
      this.#tryAfterMs = Math.min(longestTryMs, this.#tryAfterMs * 2);
    } else if (measures) {
      this.#kept = 0;
    }
    this.#tryMs = nowMs + Math.max(this.#tryAfterMs, tryWindows * (this.#windows.shortest?.lengthMs ?? 0));
    this.#limited = true;
    this.#closed = true;
  }

  /** Halfway between the last request and the one that the windows allow, when it is time to try. */
  #orTry(windowMs: number, nowMs: number): number {
    const tryMs = Math.max(this.#tryMs, (this.#sentMs + windowMs) / 2);
    return this.#closed ? windowMs : Math.max(nowMs, Math.min(windowMs, tryMs));
  }
}

/** Whole requests, in a second or in as long as one takes. */
function asLimit(perSecond: number): AccountLimit {
  return perSecond >= 1
    ? { requests: Math.round(perSecond), windowMs: 1000 }
    : { requests: 1, windowMs: Math.round(1000 / Math.max(perSecond, 1e-6)) };
}
