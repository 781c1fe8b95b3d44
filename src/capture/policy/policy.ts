import type { Pace } from '../../basics/pace.ts';
import { isHoldReason } from '../../errors/codes.ts';
import type { Failure } from '../../errors/failure.ts';
import type { ApiBilling } from '../../services/capture-api.ts';
import { decideAfterFailure, mayHaveBeenBilled } from '../decide.ts';
import type { SchedulerEventBody } from '../events.ts';
import { type Job, recordRequest, recordWait } from '../job.ts';
import type { AttemptResult, CaptureOutcome } from '../outcome.ts';
import { captureBackoffMs } from './backoff.ts';
import { Throttle } from './throttle.ts';
import { describeTooLong, type TooLong } from './too-long.ts';
import { isSlow, WaitingLine } from './waiting-line.ts';

export interface PolicyOptions extends Omit<Pace, 'attemptTimeoutMs'> {
  /** What the service bills; `free`: nothing is. */
  readonly billing: ApiBilling | 'free';
}

export interface PolicyReports {
  /** Called once for each job. */
  ended(job: Job, outcome: CaptureOutcome): void;
  /** `nowMs`: when it happened, on the clock. */
  event(event: SchedulerEventBody, nowMs: number): void;
}

/** What is to be done next. */
export type PolicyStep =
  | { readonly kind: 'send'; readonly job: Job }
  /** Ask again when a request has ended, and not later than `untilMs`. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'done' };

/** What a run has cost so far. */
export interface Spending {
  requests: number;
  retries: number;
  credits: number;
  possiblyBilled: number;
}

type FailedAttempt = Extract<AttemptResult, { kind: 'failure' }>;

/**
 * After as many requests without any connection no further capture is begun, and the first that gives up ends the run:
 * the others would fare alike.
 */
const unreachableAfter = 3;

/**
 * Decides what a run sends and when: which capture is next, what becomes of it, and when the run must end. It has no
 * effects: time and chance are handed in, so the same calls always give the same schedule.
 */
export class Policy {
  readonly spent: Spending = { requests: 0, retries: 0, credits: 0, possiblyBilled: 0 };
  readonly #options: PolicyOptions;
  readonly #reports: PolicyReports;
  readonly #startMs: number;
  readonly #deadlineMs: number;
  readonly #throttle: Throttle;
  readonly #line: WaitingLine;
  readonly #underWay = new Set<Job>();
  /** Those without a picture so far; further takes are not among them. */
  readonly #withoutPicture: Set<Job>;
  /** Time that requests with a picture took, in all. */
  #pictureMs = 0;
  #pictures = 0;
  #everConnected = false;
  #neverSent = 0;
  #stopped: Failure | undefined;
  #cutShortMs: number | undefined;

  constructor(jobs: readonly Job[], options: PolicyOptions, reports: PolicyReports, nowMs: number) {
    this.#options = options;
    this.#reports = reports;
    this.#startMs = nowMs;
    this.#deadlineMs = options.timeLimitMs > 0 ? nowMs + options.timeLimitMs : Number.POSITIVE_INFINITY;
    this.#throttle = new Throttle({ ...options, deadlineMs: this.#deadlineMs }, reports.event, nowMs);
    this.#line = new WaitingLine(jobs);
    this.#withoutPicture = new Set(jobs);
  }

  /** Why nothing more is sent, once that is so. */
  get stopped(): Failure | undefined {
    return this.#stopped;
  }

  /** When the run was cancelled or its time was up: what is in flight then has its grace, and no more. */
  get cutShortMs(): number | undefined {
    return this.#cutShortMs;
  }

  heldBackMs(nowMs: number): number {
    return this.#throttle.heldBackMs(nowMs);
  }

  /** What to do now. With `mayStart` false nothing new is sent, but time still counts. */
  next(nowMs: number, mayStart = true): PolicyStep {
    this.#passTime(nowMs);
    const idle = this.#underWay.size === 0;
    if (idle && this.#line.size === 0) {
      return { kind: 'done' };
    }
    if (nowMs >= this.#deadlineMs) {
      this.stop({ code: 'time_limit' }, nowMs);
    } else if (idle && this.#capturesLeft() <= 0) {
      this.stop({ code: 'capture_limit' }, nowMs);
    }
    const untilMs = mayStart ? this.#waitUntilMs(nowMs) : Number.POSITIVE_INFINITY;
    return untilMs === undefined ? this.#sendNext(nowMs) : this.#wait(untilMs);
  }

  /** A request has ended. `random` is uniform in [0, 1). */
  answered(job: Job, result: AttemptResult, nowMs: number, random: number): void {
    this.#passTime(nowMs);
    this.#underWay.delete(job);
    this.#bill(result);
    switch (result.kind) {
      case 'image': {
        const requestMs = nowMs - job.sentMs;
        this.#pictures += 1;
        this.#withoutPicture.delete(job);
        this.#pictureMs += requestMs;
        this.#everConnected = true;
        recordRequest(job, 'image', { startMs: this.#startMs, nowMs });
        this.#throttle.accepted(job.id, nowMs);
        this.#end(job, { status: 'captured', image: { ...result.image, requestMs } }, nowMs);
        return;
      }
      case 'failure':
        this.#everConnected ||= result.neverSent !== true;
        this.#neverSent += result.neverSent === true ? 1 : 0;
        recordRequest(job, result.failure.code, { startMs: this.#startMs, nowMs });
        this.#failed(job, result, nowMs, random);
        return;
      case 'aborted':
        this.#throttle.lost(job.id);
        this.#giveUp(job, this.#stopped ?? { code: 'cancelled' }, nowMs);
        return;
      default:
        result satisfies never;
    }
  }

  /** Lets a capture be taken once more, if the run goes on and no first take needs what is left. */
  takeAgain(job: Job, nowMs: number): boolean {
    const granted = this.#stopped === undefined && this.#capturesLeft() > this.#line.size;
    if (granted) {
      this.#line.putBack(job);
      this.#reports.event({ kind: 'again', capture: job.captures[0] }, nowMs);
    }
    return granted;
  }

  /** Nothing more is sent; what waits is given up. What is in flight may still end. */
  stop(failure: Failure, nowMs: number): void {
    if (failure.code === 'cancelled' || failure.code === 'time_limit') {
      this.#cutShortMs ??= nowMs;
    }
    if (this.#stopped !== undefined) {
      return;
    }
    this.#stopped = failure;
    this.#throttle.end(nowMs);
    const waiting = this.#line.takeAll();
    this.#reports.event({ kind: 'stopped', failure, ...this.#countWithoutPicture() }, nowMs);
    for (const job of waiting) {
      this.#giveUp(job, failure, nowMs);
    }
  }

  /** Captures without a picture: those that will stay so, and those that may still come to one. */
  #countWithoutPicture(): { undone: number; underWay: number } {
    const count = (jobs: readonly Job[]): number => jobs.reduce((sum, { captures }) => sum + captures.length, 0);
    const without = [...this.#withoutPicture];
    const underWay = count(without.filter((job) => this.#underWay.has(job)));
    return { undone: count(without) - underWay, underWay };
  }

  #passTime(nowMs: number): void {
    const pictureMs = this.#pictures === 0 ? 0 : this.#pictureMs / this.#pictures;
    this.#throttle.passTime(nowMs, this.#line.size * pictureMs);
  }

  #wait(untilMs: number): PolicyStep {
    return { kind: 'wait', untilMs: this.#cutShortMs === undefined ? Math.min(untilMs, this.#deadlineMs) : untilMs };
  }

  /** Until when nothing may be sent, unless a request ends first; undefined when one may be sent now. */
  #waitUntilMs(nowMs: number): number | undefined {
    if (this.#line.size === 0 || this.#capturesLeft() <= 0) {
      return Number.POSITIVE_INFINITY;
    }
    const readyMs = this.#line.nextReadyMs(!this.#seemsUnreachable);
    return readyMs > nowMs ? readyMs : this.#throttle.waitUntilMs(nowMs);
  }

  #sendNext(nowMs: number): PolicyStep {
    const slow = [...this.#underWay].filter(isSlow).length;
    const slowMayGo = slow < Math.max(1, Math.floor(this.#throttle.limit / 2));
    const job = this.#line.take({ nowMs, risky: this.#throttle.risky, slowMayGo, freshMayGo: !this.#seemsUnreachable });
    if (job === undefined) {
      return this.#wait(Number.POSITIVE_INFINITY);
    }
    if (job.attempts > 0) {
      this.spent.retries += 1;
      recordWait(job, { startMs: this.#startMs, freeSinceMs: this.#throttle.freeSinceMs, nowMs });
    }
    this.spent.requests += 1;
    job.attempts += 1;
    job.sentMs = nowMs;
    job.firstSentMs ??= nowMs;
    this.#underWay.add(job);
    this.#throttle.sent(job.id, nowMs);
    this.#reports.event({ kind: 'sent', capture: job.captures[0], attempt: job.attempts, inFlight: this.#underWay.size }, nowMs);
    return { kind: 'send', job };
  }

  #failed(job: Job, result: FailedAttempt, nowMs: number, random: number): void {
    const { failure } = result;
    const { maxAttempts } = this.#options;
    const decision = decideAfterFailure(failure, { attempts: job.attempts, maxAttempts, earlier: job.failures });
    job.failures.push(failure.code);
    const tooLong = this.#tellThrottle(job, result, nowMs, random);
    if (tooLong !== undefined) {
      const stopping = { ...failure, detail: describeTooLong(tooLong, result.retryAfterMs) };
      this.stop(stopping, nowMs);
      this.#end(job, { status: 'failed', failure: stopping }, nowMs);
      return;
    }
    if (decision === 'stop-run' || (decision === 'give-up' && this.#seemsUnreachable)) {
      this.stop(failure, nowMs);
    }
    if (decision === 'stop-run' || decision === 'give-up') {
      this.#end(job, { status: 'failed', failure }, nowMs);
    } else if (this.#stopped !== undefined) {
      this.#giveUp(job, this.#stopped, nowMs);
    } else {
      this.#repeat(job, decision, result, nowMs, random);
    }
  }

  #tellThrottle(job: Job, { failure, retryAfterMs }: FailedAttempt, nowMs: number, random: number): TooLong | undefined {
    const { code } = failure;
    if (this.#stopped !== undefined) {
      // Nothing more is sent, so there is nothing to hold back.
      this.#throttle.lost(job.id);
      return undefined;
    }
    if (isHoldReason(code)) {
      return this.#throttle.refused(job.id, { reason: code, retryAfterMs }, nowMs, random);
    }
    if (code === 'network_error' || code === 'attempt_timeout') {
      this.#throttle.lost(job.id);
    } else {
      this.#throttle.accepted(job.id, nowMs);
    }
    return undefined;
  }

  #repeat(job: Job, decision: 'repeat-later' | 'repeat-after-hold', result: FailedAttempt, nowMs: number, random: number): void {
    const { failure, retryAfterMs } = result;
    const ownFaults = job.failures.filter((code) => !isHoldReason(code)).length;
    const delayMs = decision === 'repeat-later' ? captureBackoffMs(ownFaults, random, retryAfterMs) : 0;
    // Backoff of our own is short; what an answer asks for may be a day.
    const tooLong = delayMs === retryAfterMs ? this.#throttle.tooLong(nowMs + delayMs, nowMs) : undefined;
    if (tooLong !== undefined) {
      const detail = [failure.detail ?? [], describeTooLong(tooLong, retryAfterMs)].flat().join('; ');
      this.#end(job, { status: 'failed', failure: { ...failure, detail } }, nowMs);
      return;
    }
    job.notBeforeMs = nowMs + delayMs;
    this.#line.putBack(job);
    this.#reports.event({ kind: 'retry', capture: job.captures[0], attempt: job.attempts, failure, delayMs }, nowMs);
  }

  /** Whether the service could never be connected to, in enough requests to be sure. */
  get #seemsUnreachable(): boolean {
    return !this.#everConnected && this.#neverSent >= unreachableAfter;
  }

  #bill(result: AttemptResult): void {
    const { billing } = this.#options;
    if (billing === 'free') {
      return;
    }
    if (result.kind === 'image') {
      this.spent.credits += 1;
    } else if (mayHaveBeenBilled(result, billing)) {
      this.spent.possiblyBilled += 1;
    }
  }

  /** How many more requests may be sent without risking more captures than allowed. */
  #capturesLeft(): number {
    const { maxCaptures, billing } = this.#options;
    const { credits, possiblyBilled } = this.spent;
    return maxCaptures === 0 || billing === 'free'
      ? Number.POSITIVE_INFINITY
      : maxCaptures - credits - possiblyBilled - this.#underWay.size;
  }

  /** Ends a capture because the run has stopped: it failed if it was tried. */
  #giveUp(job: Job, stopped: Failure, nowMs: number): void {
    this.#end(job, { status: job.attempts > 0 ? 'failed' : 'skipped', failure: stopped }, nowMs);
  }

  #end(job: Job, end: EndOfCapture, nowMs: number): void {
    const durationMs = job.firstSentMs === undefined ? 0 : nowMs - job.firstSentMs;
    this.#reports.ended(job, { attempts: job.attempts, durationMs, timeline: job.timeline, ...end });
  }
}

type EndOfCapture =
  | Pick<Extract<CaptureOutcome, { status: 'captured' }>, 'status' | 'image'>
  | Pick<Extract<CaptureOutcome, { status: 'failed' | 'skipped' }>, 'status' | 'failure'>;
