import type { Clock } from '../../system/ports.ts';

/** The time that one page may take. It stands still while the page waits for others. */
export class RenderBudget {
  readonly #clock: Clock;
  #leftMs: number;
  #endMs: number;

  constructor(budgetMs: number, clock: Clock) {
    this.#leftMs = budgetMs;
    this.#clock = clock;
    this.#endMs = clock.nowMs() + budgetMs;
  }

  /** What is left of it, in milliseconds. */
  leftMs(): number {
    return this.#endMs - this.#clock.nowMs();
  }

  /** Resolves when the time is over; rejects with the signal's reason when it aborts. */
  async whenOver(signal: AbortSignal): Promise<void> {
    while (this.#leftMs > 0) {
      const sleepMs = this.#leftMs;
      this.#leftMs = 0;
      await this.#clock.sleep(sleepMs, signal);
    }
  }

  /** The result of something that is not the page's own work. */
  async without<T>(wait: () => Promise<T>): Promise<T> {
    const startMs = this.#clock.nowMs();
    try {
      return await wait();
    } finally {
      const waitedMs = this.#clock.nowMs() - startMs;
      this.#leftMs += waitedMs;
      this.#endMs += waitedMs;
    }
  }
}
