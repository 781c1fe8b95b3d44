import { parseHttpDate } from './retry-after.ts';

/**
 * What time it is at the service, by the Date header of its answers: also for an answer that has none, once another one
 * had.
 */
export class ServerClock {
  #aheadMs: number | undefined;

  /** The service's time, in milliseconds since 1970; undefined as long as it has never told it. */
  read(dateHeader: string | undefined, now: Date): number | undefined {
    const toldMs = parseHttpDate(dateHeader?.trim() ?? '');
    if (toldMs !== undefined) {
      this.#aheadMs = toldMs - now.getTime();
    }
    return this.#aheadMs === undefined ? undefined : now.getTime() + this.#aheadMs;
  }
}
