/**
 * So many at once. Who finds no turn free waits for the next one, first come first served. Not p-limit: that runs a
 * function, and a turn here is held by `using` over what comes after, and handed on with what it belongs to.
 */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** A turn, to be given back by disposing of it. */
  async take(): Promise<Disposable> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return {
      [Symbol.dispose]: () => {
        const next = this.#waiting.shift();
        if (next === undefined) {
          this.#free += 1;
        } else {
          next();
        }
      },
    };
  }
}
