import type { Clock } from '../../system/ports.ts';

/** The time that one page may take. It stands still while the page waits for others. */
export class RenderBudget {
  readonly #clock: Clock;
  #leftMs: number;

  constructor(budgetMs: number, clock: Clock) {
    this.#leftMs = budgetMs;
    this.#clock = clock;
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
      this.#leftMs += this.#clock.nowMs() - startMs;
    }
  }
}
