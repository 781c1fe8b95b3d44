import { isHoldReason } from '../../errors/codes.ts';
import { type Failure, withDetail } from '../../errors/failure.ts';
import { readWay } from '../decide.ts';
import type { Job } from '../job.ts';
import { Breaker, type Fault } from './breaker.ts';

/** A service that has answered nothing for as long, from the first request on, is not there. */
const unreachableAfterMs = 45_000;

export interface FailedRequest {
  readonly job: Job;
  /** On the run's clock, in milliseconds. */
  readonly sentMs: number;
  readonly nowMs: number;
  readonly failure: Failure;
  /** No other capture is left that could show the way to the service to be open. */
  readonly isLast: boolean;
}

/** The way to the service: whether it is open, and whether there was ever anybody at its end. */
export class Way {
  readonly #breaker = new Breaker();
  #firstSentMs = Number.POSITIVE_INFINITY;
  /** When a service answered last, whatever it said. */
  #answerMs: number | undefined;
  #unreachable: Failure | undefined;

  get isBroken(): boolean {
    return this.#breaker.isBroken;
  }

  /** The service has answered nothing since the first request: when the run is to end, and with which failure. */
  get unreachable(): { readonly failure: Failure; readonly atMs: number } | undefined {
    return this.#unreachable && { failure: this.#unreachable, atMs: this.#firstSentMs + unreachableAfterMs };
  }

  /** Whether a capture's answers could show that the way is open: others fail where it is. */
  isTrusted(job: Job): boolean {
    return !this.#breaker.isSuspect(job);
  }

  sent(nowMs: number): void {
    this.#firstSentMs = Math.min(this.#firstSentMs, nowMs);
  }

  /** A service has answered. Faults before that were of their captures: how many, by job. */
  answered(sentMs: number, nowMs: number): ReadonlyMap<Job, number> {
    this.#answerMs = nowMs;
    this.#unreachable = undefined;
    return this.#breaker.answered(sentMs);
  }

  /** What a failed request comes to that no service has answered; undefined when one did, or others were answered meanwhile. */
  failed({ job, sentMs, nowMs, failure, isLast }: FailedRequest): Fault | undefined {
    const way = readWay(failure);
    const heard = this.#answerMs !== undefined;
    if (way === 'answered' || (way === 'silence' && this.#answerMs !== undefined && this.#answerMs > sentMs)) {
      return undefined;
    }
    const fault = this.#breaker.fault(job, { sentMs, nowMs, mayBeOwn: way === 'unanswered', isLast: isLast && heard });
    if (fault.kind === 'broken' && !heard) {
      this.#unreachable = withDetail(failure, `the service has answered nothing in ${unreachableAfterMs / 1000} s`);
    }
    return fault;
  }
}

/** `max-attempts` counts what reached the page: nothing that a full service refused or that came to no service. */
export function countsAsAttempt({ code }: Failure, fault: Fault | undefined): boolean {
  return fault === undefined || code === 'attempt_timeout' ? !isHoldReason(code) : fault.kind === 'own';
}
