/** Time that may be lost to one thing in all, however many share in losing it. */
export class TimeBudget {
  #leftMs: number;
  #lostUntilMs = Number.NEGATIVE_INFINITY;

  constructor(totalMs: number) {
    this.#leftMs = totalMs;
  }

  get leftMs(): number {
    return this.#leftMs;
  }

  /** Takes off what lies between two moments of one clock. What several lose at the same time is lost once. */
  lose(fromMs: number, untilMs: number): void {
    const lostMs = untilMs - Math.max(fromMs, this.#lostUntilMs);
    if (lostMs > 0) {
      this.#leftMs = Math.max(0, this.#leftMs - lostMs);
      this.#lostUntilMs = untilMs;
    }
  }
}
