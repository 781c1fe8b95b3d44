import type { Job } from '../job.ts';

/** So many requests in a row that no service has answered are no accident: the way to it is broken. */
const tripsAt = 3;
/** A capture with as many faults of its own, each while others were answered, breaks connections itself. */
const surelyOwn = 2;
/** The pause before the way is tried again grows by this factor. */
const firstPauseMs = 1000;
const pauseGrowth = 1.2;
const longestPauseMs = 15_000;

/** What a request that no service has answered comes to. */
export type Fault =
  /** Whose fault it was is not known before the next answer. */
  | { readonly kind: 'undecided' }
  /** It was the capture's own: others are answered. */
  | { readonly kind: 'own' }
  /** The way to the service is broken: nothing is sent for so long, and then one request to look. */
  | { readonly kind: 'broken'; readonly pauseMs: number };

export interface FaultFacts {
  /** On the run's clock, in milliseconds. */
  readonly sentMs: number;
  readonly nowMs: number;
  /** If it is the capture's own, it is still to be counted. */
  readonly mayBeOwn: boolean;
  /** The service has answered before, and there is no other capture left that could prove the way to be open. */
  readonly isLast: boolean;
}

/**
 * Tells faults of captures from a broken way to the service (no network, a gateway without its service): in a row and
 * with no answer in between they are the way's, and count against no capture. It has no effects.
 */
export class Breaker {
  readonly #undecided = new Map<Job, number>();
  readonly #proven = new Map<Job, number>();
  #inRow = 0;
  /** Since when the way is broken, and how often it was tried. */
  #broken: { readonly sinceMs: number; readonly pauses: number } | undefined;

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  /** Whether the capture had a fault of its own before. */
  isSuspect(job: Job): boolean {
    return this.#proven.has(job);
  }

  /** No service has answered a request of the job. */
  fault(job: Job, { sentMs, nowMs, mayBeOwn, isLast }: FaultFacts): Fault {
    if (this.#broken === undefined && (isLast || (this.#proven.get(job) ?? 0) >= surelyOwn)) {
      return { kind: 'own' };
    }
    this.#inRow += 1;
    if (this.#broken === undefined && this.#inRow < tripsAt) {
      if (mayBeOwn) {
        this.#undecided.set(job, (this.#undecided.get(job) ?? 0) + 1);
      }
      return { kind: 'undecided' };
    }
    this.#undecided.clear();
    const { sinceMs, pauses } = this.#broken ?? { sinceMs: nowMs, pauses: 0 };
    // What was under way before cannot have known better.
    const tried = this.#broken === undefined || sentMs > sinceMs;
    this.#broken = { sinceMs, pauses: tried ? pauses + 1 : pauses };
    return { kind: 'broken', pauseMs: tried ? Math.min(longestPauseMs, firstPauseMs * pauseGrowth ** pauses) : 0 };
  }

  /** A service has answered a request that was sent at `sentMs`. What was undecided was their own: how often, by job. */
  answered(sentMs: number): ReadonlyMap<Job, number> {
    if (this.#broken !== undefined && sentMs < this.#broken.sinceMs) {
      return new Map();
    }
    const own = new Map(this.#undecided);
    for (const [job, faults] of own) {
      this.#proven.set(job, (this.#proven.get(job) ?? 0) + faults);
    }
    this.#undecided.clear();
    this.#inRow = 0;
    this.#broken = undefined;
    return own;
  }
}
