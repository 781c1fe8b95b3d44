import type { Clock } from '../../system/ports.ts';
import { engineLimits } from '../limits.ts';

/** So many captures at once. Who finds no free slot waits a moment for the next one, first come first served. */
export class Capacity {
  readonly #clock: Clock;
  #free: number;
  /** Called with a slot that became free, which then belongs to the one who waited. */
  readonly #waiting = new Set<() => void>();

  constructor(slots: number, clock: Clock) {
    this.#free = slots;
    this.#clock = clock;
  }

  /**
   * A slot, to be given back by disposing of it; undefined when none became free within the internal retry.
   * Rejects with the signal's reason when it aborts first.
   */
  async take(signal: AbortSignal): Promise<Disposable | undefined> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#slot();
    }
    const slot = (await this.#wasHandedOver(signal)) ? this.#slot() : undefined;
    if (signal.aborted) {
      slot?.[Symbol.dispose]();
      throw signal.reason;
    }
    return slot;
  }

  #slot(): Disposable {
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) {
          return;
        }
        held = false;
        const [first] = this.#waiting;
        if (first === undefined) {
          this.#free += 1;
        } else {
          first();
        }
      },
    };
  }

  #wasHandedOver(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = new AbortController();
    const settle = (handedOver: boolean): void => {
      this.#waiting.delete(handOver);
      resolve(handedOver);
      timer.abort();
    };
    const handOver = (): void => settle(true);
    this.#waiting.add(handOver);
    const giveUp = (): void => settle(false);
    this.#clock.sleep(engineLimits.internalRetryMs, AbortSignal.any([signal, timer.signal])).then(giveUp, giveUp);
    return promise;
  }
}
