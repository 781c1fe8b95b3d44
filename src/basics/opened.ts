/**
 * What a function has opened so far, to be closed again, last first, when a later part fails. Stands in for
 * `AsyncDisposableStack`, which Node has from version 24 on only.
 */
export class Opened implements AsyncDisposable {
  #closers: (() => PromiseLike<void> | void)[] = [];

  /** Closes the resource too. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  /** Calls this too. */
  defer(close: () => PromiseLike<void> | void): void {
    this.#closers.push(close);
  }

  /** Leaves everything open from here on; what is returned closes it. */
  keep(): () => Promise<void> {
    const kept = new Opened();
    kept.#closers = this.#closers;
    this.#closers = [];
    return () => kept[Symbol.asyncDispose]();
  }

  /** Closes all of it, also when closing one fails; then throws the first failure. */
  async [Symbol.asyncDispose](): Promise<void> {
    const faults: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) {
      throw faults[0];
    }
  }
}
