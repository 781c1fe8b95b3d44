/** How a request counts: `any`: it was sent; `counted`: it was not refused so far; `accepted`: its answer has come. */
export type Counting = 'any' | 'counted' | 'accepted';

/**
 * What the account's limit has seen of this run: when requests were sent, and which of them it refused. Times in
 * milliseconds, in their order.
 */
export class LimitLog {
  readonly #times: Readonly<Record<Counting, number[]>> = { any: [], counted: [], accepted: [] };
  readonly #refusals: Refusal[] = [];

  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  times(counting: Counting): readonly number[] {
    return this.#times[counting];
  }

  sent(atMs: number): void {
    this.#times.any.push(atMs);
    this.#times.counted.push(atMs);
  }

  accepted(sentMs: number): void {
    const { accepted } = this.#times;
    accepted.splice(indexAfter(accepted, sentMs), 0, sentMs);
  }

  refused(refusal: Refusal): void {
    const { counted } = this.#times;
    const at = indexAfter(counted, refusal.sentMs) - 1;
    if (counted[at] === refusal.sentMs) {
      counted.splice(at, 1);
    }
    this.#refusals.push(refusal);
  }

  /** How many were sent from the one time on, to the other one inclusive. */
  count(counting: Counting, fromMs: number, toMs: number): number {
    const times = this.#times[counting];
    return indexAfter(times, toMs) - indexAfter(times, fromMs - 1e-6);
  }

  /** When the n-th newest was sent, from 1. */
  newest(counting: Counting, nth: number): number | undefined {
    return this.#times[counting].at(-nth);
  }
}

export interface Refusal {
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** Where the first time later than this stands, by bisection. */
export function indexAfter(times: readonly number[], ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
