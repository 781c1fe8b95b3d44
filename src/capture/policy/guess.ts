import type { AccountLimit } from '../../results/model.ts';
import type { LimitLog } from './limit-log.ts';

/** A refusal comes sooner than this; what is not refused by then was accepted. */
const answeredMs = 1000;

/**
 * The limit that an earlier run has met. It is kept to until it is reached; then one request more shows whether it still
 * holds. If that is accepted, it is forgotten, and the run learns for itself.
 */
export class Guess {
  readonly limit: AccountLimit;
  #triedMs: number | undefined;
  #over = false;

  constructor(limit: AccountLimit) {
    this.limit = limit;
  }

  /** Nothing has spoken for or against it. */
  get isOpen(): boolean {
    return !this.#over;
  }

  /** When the next request may be sent. */
  freeAtMs(nowMs: number): number {
    if (this.#over || this.#triedMs === undefined) {
      return nowMs;
    }
    const knownMs = this.#triedMs + answeredMs;
    this.#over = nowMs >= knownMs;
    return Math.max(nowMs, knownMs);
  }

  sent(log: LimitLog, nowMs: number): void {
    if (this.#reached(log, nowMs)) {
      this.#triedMs ??= nowMs;
    }
  }

  /** A request was refused. Returns whether the limit was reached by then, so that it still holds. */
  refused(log: LimitLog, nowMs: number): boolean {
    const holds = !this.#over && this.#reached(log, nowMs);
    this.#over = true;
    return holds;
  }

  #reached(log: LimitLog, nowMs: number): boolean {
    return log.count('counted', nowMs - this.limit.windowMs, nowMs) >= this.limit.requests;
  }
}
