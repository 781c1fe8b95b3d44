import type { Job } from '../job.ts';
import { hangsAfterMs, type PictureTimes } from './hedge.ts';

/** A request under way. A job has several of them when one hangs. */
export interface Flight {
  readonly id: number;
  readonly job: Job;
  readonly sentMs: number;
}

/** The requests under way. */
export class Flights {
  readonly #all = new Set<Flight>();

  get size(): number {
    return this.#all.size;
  }

  get jobs(): Job[] {
    return [...this.#all].map(({ job }) => job);
  }

  add(flight: Flight): void {
    this.#all.add(flight);
  }

  delete(flight: Flight): void {
    this.#all.delete(flight);
  }

  of(job: Job): Flight[] {
    return [...this.#all].filter((flight) => flight.job === job);
  }

  /** The job whose newest request hangs first, of those that may be sent once more, and when it can be said to hang. */
  nextHang(times: PictureTimes, maxAttempts: number): { readonly job?: Job; readonly atMs: number } {
    let next: { readonly job?: Job; readonly atMs: number } = { atMs: Number.POSITIVE_INFINITY };
    for (const job of new Set(this.jobs)) {
      const atMs = job.sentMs + hangsAfterMs(times, job.expectedMs);
      if (atMs < next.atMs && !job.ended && job.spentAttempts + this.of(job).length < maxAttempts) {
        next = { job, atMs };
      }
    }
    return next;
  }
}
