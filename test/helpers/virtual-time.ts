import type { Clock, Random } from '../../src/system/ports.ts';

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  wake: (() => void) | undefined;
}

/** Hundreds of captures end a few hundred sleeps at one moment; only a loop that waits for no time ends as many as these. */
const mostSleepsAtOnce = 2_000;

/**
 * A clock whose time passes only when nothing else can happen: `run` lets all pending work come to rest, then jumps to
 * the next sleeper. Minutes of simulated time take milliseconds, and the same calls give the same schedule.
 */
export class VirtualClock implements Clock {
  readonly #sleepers: Sleeper[] = [];
  readonly #epochMs: number;
  #nowMs = 0;
  #order = 0;

  constructor(epoch = new Date('2026-01-01T00:00:00Z')) {
    this.#epochMs = epoch.getTime();
  }

  nowMs(): number {
    return this.#nowMs;
  }

  date(): Date {
    return new Date(this.#epochMs + this.#nowMs);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const sleeper: Sleeper = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, wake: undefined };
      const abort = (): void => {
        sleeper.wake = undefined;
        reject(signal?.reason);
      };
      sleeper.wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (Number.isFinite(sleeper.atMs)) {
        this.#push(sleeper);
      }
    });
  }

  /**
   * Lets time pass until the work is done. Throws when it waits for something that no clock will bring, and when it goes
   * round and round without letting time pass.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    let sleepsAtOnce = 0;
    const end = (): void => {
      settled = true;
    };
    work.then(end, end);
    for (;;) {
      await rest();
      if (settled) {
        return work;
      }
      const next = this.#pop();
      if (next === undefined) {
        throw new Error(`nothing will happen any more at ${this.#nowMs} ms of virtual time, but the work is not done`);
      }
      sleepsAtOnce = next.atMs > this.#nowMs ? 0 : sleepsAtOnce + 1;
      if (sleepsAtOnce > mostSleepsAtOnce) {
        throw new Error(`time stands still at ${this.#nowMs} ms of virtual time: ${mostSleepsAtOnce} sleeps ended there`);
      }
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.wake?.();
    }
  }

  /** The sleepers are a binary heap, the first to wake on top. */
  #push(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let at = heap.push(sleeper) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent]!, sleeper)) {
        break;
      }
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#sleepers;
    for (;;) {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined) {
        return undefined;
      }
      if (heap.length > 0) {
        this.#sink(last);
      }
      if (top.wake !== undefined) {
        return top;
      }
    }
  }

  #sink(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) {
        break;
      }
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) {
        child += 1;
      }
      if (isBefore(sleeper, heap[child]!)) {
        break;
      }
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = sleeper;
  }
}

/** Random numbers that are the same for the same seed (mulberry32, public domain, Tommy Ettinger 2017). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

function isBefore(a: Sleeper, b: Sleeper): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** Resolves when every promise that can go on has done so. */
function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
