import { formatDuration } from '../basics/format.ts';
import type { SchedulerEvent } from '../capture/scheduler.ts';
import type { CaptureStatus } from '../results/model.ts';
import { statusesByRank, statusWords } from '../results/statuses.ts';

/** A hold that ends no more than this later is the same to a person. */
const sameHoldMs = 1000;

/** How far a run is: what every form of progress shows. */
export class Tally {
  readonly total: number;
  private readonly startMs: number;
  private readonly counts = new Map<CaptureStatus, number>();
  private heldUntilMs = 0;

  constructor(total: number, nowMs: number) {
    this.total = total;
    this.startMs = nowMs;
  }

  get done(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  count(status: CaptureStatus): void {
    this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
  }

  /** Takes note of an event. Returns whether it is news: answers to requests sent before a hold often ask for the same. */
  note(event: SchedulerEvent, nowMs: number): boolean {
    if (event.kind === 'held-back') {
      const untilMs = nowMs + event.holdMs;
      const longer = untilMs - this.heldUntilMs > sameHoldMs;
      this.heldUntilMs = Math.max(this.heldUntilMs, untilMs);
      return longer;
    }
    if (event.kind === 'opened') {
      this.heldUntilMs = 0;
    }
    return true;
  }

  /** e.g. `42 of 100 done: 1 failed, 41 unchanged; about 58 s left`. */
  describe(nowMs: number): string {
    const { done, total } = this;
    const found = statusesByRank
      .filter((status) => this.counts.has(status))
      .map((status) => `${this.counts.get(status)} ${statusWords[status].label.toLowerCase()}`);
    const parts = [`${done} of ${total} done${found.length === 0 ? '' : `: ${found.join(', ')}`}`];
    if (this.heldUntilMs > nowMs) {
      parts.push(`held back for ${formatDuration(this.heldUntilMs - nowMs)}`);
    } else if (done >= 3 && done < total) {
      parts.push(`about ${formatDuration(((nowMs - this.startMs) / done) * (total - done))} left`);
    }
    return parts.join('; ');
  }
}
