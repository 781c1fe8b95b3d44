import type { Job } from '../job.ts';

export interface TakeOptions {
  readonly nowMs: number;
  /** The request may well be refused: take the capture that has the most attempts left. */
  readonly risky: boolean;
  /** Whether a capture that ran into a timeout may take one more place. */
  readonly slowMayGo: boolean;
  /** Whether a capture that was not sent yet may be begun. */
  readonly freshMayGo: boolean;
}

/** More often than a capture meets a full service by chance. */
const refusedOften = 10;

/**
 * The captures that wait to be sent. Repeated ones go first; of the others the one expected to take longest, which
 * shortens the end of a run (Graham, "Bounds on Multiprocessing Timing Anomalies", 1969). Captures without a known
 * duration count as the median of the known ones.
 */
export class WaitingLine {
  readonly #fresh: Job[];
  readonly #repeats: Job[] = [];

  constructor(jobs: readonly Job[]) {
    const usualMs = median(jobs.flatMap((job) => job.expectedMs ?? []));
    // Sorted so that the next one stands at the end, where taking it is cheap. Equal ones keep their order.
    this.#fresh = [...jobs].sort((a, b) => (b.expectedMs ?? usualMs) - (a.expectedMs ?? usualMs)).reverse();
  }

  get size(): number {
    return this.#fresh.length + this.#repeats.length;
  }

  /** Puts a capture back to be repeated at its `notBeforeMs`. */
  putBack(job: Job): void {
    this.#repeats.push(job);
  }

  /** Takes out the next capture that may be sent now. */
  take(options: TakeOptions): Job | undefined {
    const fresh = options.freshMayGo ? this.#fresh.at(-1) : undefined;
    if (options.risky && fresh !== undefined) {
      return this.#fresh.pop();
    }
    const repeat = this.#pickRepeat(options, (job) => !isStubborn(job) && (options.slowMayGo || !isSlow(job)));
    if (repeat === undefined && fresh !== undefined) {
      return this.#fresh.pop();
    }
    const job = repeat ?? this.#pickRepeat(options, (one) => !isStubborn(one)) ?? this.#pickRepeat(options, () => true);
    if (job !== undefined) {
      this.remove(job);
    }
    return job;
  }

  /** When the next capture may be sent: at any time, or when the first backoff is over. */
  nextReadyMs(freshMayGo: boolean): number {
    return freshMayGo && this.#fresh.length > 0
      ? Number.NEGATIVE_INFINITY
      : Math.min(...this.#repeats.map((job) => job.notBeforeMs));
  }

  some(test: (job: Job) => boolean): boolean {
    return this.#repeats.some(test) || this.#fresh.some(test);
  }

  /** Takes out a capture that waits to be repeated; false when it does not. */
  remove(job: Job): boolean {
    const at = this.#repeats.indexOf(job);
    if (at >= 0) {
      this.#repeats.splice(at, 1);
    }
    return at >= 0;
  }

  /** Empties the line. */
  takeAll(): Job[] {
    return [...this.#repeats.splice(0), ...this.#fresh.splice(0).reverse()];
  }

  #pickRepeat({ nowMs, risky }: TakeOptions, mayGo: (job: Job) => boolean): Job | undefined {
    const ready = this.#repeats.filter((job) => job.notBeforeMs <= nowMs && mayGo(job));
    return risky ? ready.reduce<Job | undefined>(fewerAttempts, undefined) : ready[0];
  }
}

/** Whether the capture's last request ran into a timeout: such captures never take all places. */
export function isSlow(job: Job): boolean {
  const last = job.failures.at(-1)?.code;
  return last === 'attempt_timeout' || last === 'render_timeout';
}

/** Whether the service refuses it again and again: it goes last, so that it holds nobody else back. */
function isStubborn({ attempts, spentAttempts }: Job): boolean {
  return attempts - spentAttempts > refusedOften;
}

function fewerAttempts(best: Job | undefined, job: Job): Job {
  return best === undefined || job.attempts < best.attempts ? job : best;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
