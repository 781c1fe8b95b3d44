import type { Clock } from '../../system/ports.ts';

/** How long a page without a visitor is still served, in milliseconds. */
export interface Patience {
  /** Until the first one comes: a browser may have to be started, or the address copied. */
  readonly firstMs: number;
  /** Once all have gone: a page that is loaded anew is back before. */
  readonly laterMs: number;
}

/** Who looks at a page, told by their open connections. */
export class Visitors {
  #present = 0;
  #came = new AbortController();
  #left = new AbortController();

  /** Somebody is there, until the function that is returned is called. */
  enter(): () => void {
    this.#present += 1;
    this.#came.abort();
    return () => {
      this.#present -= 1;
      if (this.#present === 0) {
        this.#came = new AbortController();
        this.#left.abort();
        this.#left = new AbortController();
      }
    };
  }

  /** Resolves once nobody has been there for as long as `patience` says, or when the signal aborts. */
  async untilGone(clock: Clock, { firstMs, laterMs }: Patience, signal: AbortSignal): Promise<void> {
    let waitMs = firstMs;
    while (!signal.aborted) {
      if (this.#present > 0) {
        await whenAny([this.#left.signal, signal]);
        waitMs = laterMs;
        continue;
      }
      const came = this.#came.signal;
      const isOver = await clock.sleep(waitMs, AbortSignal.any([came, signal])).then(
        () => true,
        (error: unknown) => {
          if (came.aborted || signal.aborted) {
            return false;
          }
          throw error;
        },
      );
      if (isOver) {
        return;
      }
    }
  }
}

function whenAny(signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  return new Promise((resolve) => {
    if (any.aborted) {
      resolve();
    }
    any.addEventListener('abort', () => resolve(), { once: true });
  });
}
