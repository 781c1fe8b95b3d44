import type { Pace } from '../../basics/pace.ts';
import type { ErrorCodeName } from '../../errors/codes.ts';
import { errorCode, isHoldReason } from '../../errors/codes.ts';
import { type Failure, withDetail } from '../../errors/failure.ts';
import type { AccountLimit } from '../../results/model.ts';
import { type Decision, decideAfterFailure } from '../decide.ts';
import type { SchedulerEventBody } from '../events.ts';
import { type Job, recordRequest, recordWait } from '../job.ts';
import type { AttemptResult, CaptureOutcome } from '../outcome.ts';
import { Account, type AccountOptions, type Spending } from './account.ts';
import { captureBackoffMs, faultBackoffMs } from './backoff.ts';
import type { Fault } from './breaker.ts';
import { type Flight, Flights } from './flights.ts';
import { noPictures, type PictureTimes, pictureTook } from './hedge.ts';
import { Throttle, type ThrottleOptions } from './throttle.ts';
import { describeTooLong, type TooLong } from './too-long.ts';
import { isSlow, WaitingLine } from './waiting-line.ts';
import { countsAsAttempt, Way } from './way.ts';

export interface PolicyOptions extends Omit<Pace, 'attemptTimeoutMs'>, AccountOptions, Pick<ThrottleOptions, 'knownLimit'> {}

export interface PolicyReports {
  /** Called once for each job. */
  ended(job: Job, outcome: CaptureOutcome): void;
  /** The request is of no use any more: another one of its job has brought the picture. */
  abandoned(flight: Flight): void;
  /** `nowMs`: when it happened, on the clock. */
  event(event: SchedulerEventBody, nowMs: number): void;
}

/** What is to be done next. */
export type PolicyStep =
  | { readonly kind: 'send'; readonly flight: Flight }
  /** Ask again when a request has ended, and not later than `untilMs`. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'done' };

type FailedAttempt = Extract<AttemptResult, { kind: 'failure' }>;

/** Stops for which nothing in flight is waited for longer than its grace; others are the service's word, which says nothing of it. */
const cutsShort: ReadonlySet<ErrorCodeName> = new Set(['cancelled', 'time_limit', 'run_failed']);

/**
 * Decides what a run sends and when: which capture is next, what becomes of it, and when the run must end. It has no
 * effects: time and chance are handed in, so the same calls always give the same schedule.
 */
export class Policy {
  readonly #options: PolicyOptions;
  readonly #reports: PolicyReports;
  readonly #startMs: number;
  readonly #deadlineMs: number;
  readonly #account: Account;
  readonly #throttle: Throttle;
  readonly #way = new Way();
  readonly #line: WaitingLine;
  readonly #underWay = new Flights();
  /** Those without a picture so far; further takes are not among them. */
  readonly #withoutPicture: Set<Job>;
  #pictureTimes: PictureTimes = noPictures;
  #stopped: Failure | undefined;
  #cutShortMs: number | undefined;

  constructor(jobs: readonly Job[], options: PolicyOptions, reports: PolicyReports, nowMs: number) {
    this.#options = options;
    this.#reports = reports;
    this.#startMs = nowMs;
    this.#deadlineMs = options.timeLimitMs > 0 ? nowMs + options.timeLimitMs : Number.POSITIVE_INFINITY;
    this.#account = new Account(options);
    this.#throttle = new Throttle({ ...options, deadlineMs: this.#deadlineMs }, reports.event, nowMs);
    this.#line = new WaitingLine(jobs);
    this.#withoutPicture = new Set(jobs);
  }

  get spent(): Spending {
    return this.#account.spent;
  }

  /** Why nothing more is sent, once that is so. */
  get stopped(): Failure | undefined {
    return this.#stopped;
  }

  /** When the run was cancelled, its time was up or it failed: what is in flight then has its grace, and no more. */
  get cutShortMs(): number | undefined {
    return this.#cutShortMs;
  }

  learnedLimit(nowMs: number): AccountLimit | undefined {
    return this.#throttle.learnedLimit(nowMs);
  }

  heldBackMs(nowMs: number): number {
    return this.#throttle.heldBackMs(nowMs);
  }

  /** What to do now. With `mayStart` false nothing new is sent, but time still counts. */
  next(nowMs: number, mayStart = true): PolicyStep {
    this.#passTime(nowMs);
    const idle = this.#underWay.size === 0;
    const { unreachable } = this.#way;
    if (idle && this.#line.size === 0) {
      return { kind: 'done' };
    }
    if (nowMs >= this.#deadlineMs) {
      this.stop({ code: 'time_limit' }, nowMs);
    } else if (idle && this.#capturesLeft <= 0) {
      this.stop({ code: 'capture_limit' }, nowMs);
    } else if (unreachable !== undefined && nowMs >= unreachable.atMs) {
      this.stop(unreachable.failure, nowMs);
    }
    const untilMs = mayStart ? this.#waitUntilMs(nowMs) : Number.POSITIVE_INFINITY;
    return untilMs === undefined ? this.#sendNext(nowMs) : this.#wait(untilMs);
  }

  /** A request has ended. `random` is uniform in [0, 1). */
  answered(flight: Flight, result: AttemptResult, nowMs: number, random: number): void {
    this.#passTime(nowMs);
    this.#underWay.delete(flight);
    this.#account.bill(result);
    const { job } = flight;
    const goesOn = job.ended || this.#underWay.of(job).length > 0;
    switch (result.kind) {
      case 'image':
        this.#captured(flight, result, nowMs);
        return;
      case 'failure':
        this.#failed(flight, result, { goesOn, nowMs, random });
        return;
      case 'aborted':
        this.#throttle.lost(flight.id);
        if (!goesOn) {
          this.#giveUp(job, this.#stopped ?? { code: 'cancelled' }, nowMs);
        }
        return;
      default:
        result satisfies never;
    }
  }

  /** Lets a capture be taken once more, if the run goes on and no first take needs what is left. */
  takeAgain(job: Job, nowMs: number): boolean {
    const granted = this.#stopped === undefined && this.#capturesLeft > this.#line.size;
    if (granted) {
      this.#line.putBack(job);
      this.#reports.event({ kind: 'again', capture: job.captures[0] }, nowMs);
    }
    return granted;
  }

  /** Nothing more is sent; what waits is given up. What is in flight may still end. */
  stop(failure: Failure, nowMs: number): void {
    if (cutsShort.has(failure.code)) {
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
    const underWay = count(without.filter((job) => this.#underWay.of(job).length > 0));
    return { undone: count(without) - underWay, underWay };
  }

  #passTime(nowMs: number): void {
    this.#throttle.passTime(nowMs, this.#line.size * this.#pictureTimes.meanMs);
  }

  #wait(untilMs: number): PolicyStep {
    const never = Number.POSITIVE_INFINITY;
    const deadlineMs = this.#cutShortMs === undefined ? this.#deadlineMs : never;
    const unreachableMs = this.#stopped === undefined ? (this.#way.unreachable?.atMs ?? never) : never;
    return { kind: 'wait', untilMs: Math.min(untilMs, deadlineMs, unreachableMs) };
  }

  /** Until when nothing may be sent, unless a request ends first; undefined when one may be sent now. */
  #waitUntilMs(nowMs: number): number | undefined {
    if (this.#stopped !== undefined || this.#capturesLeft <= 0) {
      return Number.POSITIVE_INFINITY;
    }
    const readyMs = this.#line.size > 0 ? this.#line.nextReadyMs(!this.#way.isBroken) : this.#nextHang.atMs;
    return readyMs > nowMs ? readyMs : this.#throttle.waitUntilMs(nowMs);
  }

  get #nextHang(): ReturnType<Flights['nextHang']> {
    return this.#underWay.nextHang(this.#pictureTimes, this.#options.maxAttempts);
  }

  #sendNext(nowMs: number): PolicyStep {
    const { job: hanging } = this.#line.size === 0 ? this.#nextHang : {};
    if (hanging !== undefined) {
      recordRequest(hanging, 'abandoned', { startMs: this.#startMs, nowMs });
      this.#reports.event({ kind: 'hedged', capture: hanging.captures[0], afterMs: nowMs - hanging.sentMs }, nowMs);
      return this.#send(hanging, nowMs);
    }
    const slow = this.#underWay.jobs.filter(isSlow).length;
    const slowMayGo = slow < Math.max(1, Math.floor(this.#throttle.limit / 2));
    const job = this.#line.take({ nowMs, risky: this.#throttle.risky, slowMayGo, freshMayGo: !this.#way.isBroken });
    if (job === undefined) {
      return this.#wait(Number.POSITIVE_INFINITY);
    }
    if (job.attempts > 0) {
      recordWait(job, { startMs: this.#startMs, freeSinceMs: this.#throttle.freeSinceMs, nowMs });
    }
    return this.#send(job, nowMs);
  }

  #send(job: Job, nowMs: number): PolicyStep {
    const { spent } = this.#account;
    const flight = { id: spent.requests, job, sentMs: nowMs };
    spent.requests += 1;
    spent.retries += job.attempts > 0 ? 1 : 0;
    job.attempts += 1;
    job.sentMs = nowMs;
    job.firstSentMs ??= nowMs;
    this.#way.sent(nowMs);
    this.#underWay.add(flight);
    this.#throttle.sent(flight.id, nowMs);
    this.#reports.event({ kind: 'sent', capture: job.captures[0], attempt: job.attempts, inFlight: this.#underWay.size }, nowMs);
    return { kind: 'send', flight };
  }

  #captured(flight: Flight, { image }: Extract<AttemptResult, { kind: 'image' }>, nowMs: number): void {
    const { job, sentMs } = flight;
    this.#throttle.accepted(flight.id, nowMs);
    this.#throttle.pictureArrived(nowMs);
    this.#heard(sentMs, nowMs);
    const requestMs = nowMs - sentMs;
    this.#pictureTimes = pictureTook(this.#pictureTimes, requestMs);
    this.#withoutPicture.delete(job);
    if (!job.ended) {
      recordRequest(job, 'image', { startMs: this.#startMs, nowMs });
      this.#end(job, { status: 'captured', image: { ...image, requestMs } }, nowMs);
      for (const other of this.#underWay.of(job)) {
        this.#reports.abandoned(other);
      }
    }
  }

  #failed(flight: Flight, result: FailedAttempt, at: FailedAt): void {
    const { job, sentMs } = flight;
    const { failure } = result;
    const { nowMs } = at;
    const fault = this.#way.failed({ job, sentMs, nowMs, failure, isLast: !this.#couldShowTheWay(job) });
    const tooLong = this.#tellThrottle(flight, result, fault, at);
    if (fault === undefined && failure.code !== 'attempt_timeout') {
      this.#heard(sentMs, nowMs);
    }
    const stops = tooLong !== undefined || errorCode(failure.code).stops === 'run';
    const ending = tooLong === undefined ? failure : withDetail(failure, describeTooLong(tooLong, result.retryAfter?.ms));
    if (stops) {
      this.stop(ending, nowMs);
    }
    if (!at.goesOn) {
      recordRequest(job, failure.code, { startMs: this.#startMs, nowMs });
      job.spentAttempts += countsAsAttempt(failure, fault) ? 1 : 0;
      const decision = stops ? 'give-up' : this.#decide(job, failure);
      job.failures.push(failure);
      this.#follow(job, decision, { ...result, failure: ending }, fault, at);
    }
  }

  #decide(job: Job, failure: Failure): Decision {
    return decideAfterFailure(failure, {
      spentAttempts: job.spentAttempts,
      maxAttempts: this.#options.maxAttempts,
      earlier: job.failures.map(({ code }) => code),
    });
  }

  #follow(job: Job, decision: Decision, result: FailedAttempt, fault: Fault | undefined, at: FailedAt): void {
    if (decision === 'give-up') {
      this.#end(job, { status: 'failed', failure: result.failure }, at.nowMs);
    } else if (this.#stopped !== undefined) {
      this.#giveUp(job, this.#stopped, at.nowMs);
    } else if (fault?.kind === 'broken') {
      this.#line.putBack(job);
    } else if (decision === 'repeat-after-hold') {
      this.#repeat(job, 'after-hold', result, at);
    } else {
      this.#repeat(job, fault === undefined ? 'after-backoff' : 'after-fault', result, at);
    }
  }

  /** Whether a capture is left, besides the job, whose answer would show that the way to the service is open. */
  #couldShowTheWay(job: Job): boolean {
    const could = (other: Job): boolean => other !== job && this.#way.isTrusted(other);
    return this.#line.some(could) || this.#underWay.jobs.some(could);
  }

  /** A service has answered: faults before that were of their captures, and some have had as many as they may. */
  #heard(sentMs: number, nowMs: number): void {
    for (const [job, faults] of this.#way.answered(sentMs, nowMs)) {
      job.spentAttempts += faults;
      const last = job.failures.at(-1);
      if (last !== undefined && job.spentAttempts >= this.#options.maxAttempts && this.#line.remove(job)) {
        this.#end(job, { status: 'failed', failure: last }, nowMs);
      }
    }
  }

  #tellThrottle(
    { id }: Flight,
    { failure: { code }, retryAfter }: FailedAttempt,
    fault: Fault | undefined,
    { nowMs, random }: FailedAt,
  ): TooLong | undefined {
    if (this.#stopped !== undefined) {
      // Nothing more is sent, so there is nothing to hold back.
      this.#throttle.lost(id);
      return undefined;
    }
    if (isHoldReason(code)) {
      return this.#throttle.refused(id, code, retryAfter, nowMs, random);
    }
    if (fault?.kind === 'broken') {
      return this.#throttle.broken(id, code, fault.pauseMs, nowMs, random);
    }
    if (fault !== undefined || code === 'attempt_timeout') {
      this.#throttle.lost(id);
    } else {
      this.#throttle.accepted(id, nowMs);
    }
    return undefined;
  }

  #repeat(
    job: Job,
    when: 'after-hold' | 'after-backoff' | 'after-fault',
    result: FailedAttempt,
    { nowMs, random }: FailedAt,
  ): void {
    const { failure, retryAfter } = result;
    const retryAfterMs = retryAfter?.ms;
    const faults = job.failures.filter(({ code }) => !isHoldReason(code)).length;
    const backoffMs = when === 'after-fault' ? faultBackoffMs(faults, random) : captureBackoffMs(faults, random);
    const delayMs = when === 'after-hold' ? 0 : Math.max(retryAfterMs ?? 0, backoffMs);
    // Backoff of our own is short; what an answer asks for may be a day.
    const tooLong = delayMs === retryAfterMs ? this.#throttle.tooLong(nowMs + delayMs, nowMs) : undefined;
    if (tooLong !== undefined) {
      this.#end(job, { status: 'failed', failure: withDetail(failure, describeTooLong(tooLong, retryAfterMs)) }, nowMs);
      return;
    }
    job.notBeforeMs = nowMs + delayMs;
    this.#line.putBack(job);
    this.#reports.event({ kind: 'retry', capture: job.captures[0], attempt: job.attempts, failure, delayMs }, nowMs);
  }

  get #capturesLeft(): number {
    return this.#account.capturesLeft(this.#underWay.size);
  }

  /** Ends a capture because the run has stopped: it failed if it was tried. */
  #giveUp(job: Job, stopped: Failure, nowMs: number): void {
    this.#end(job, { status: job.attempts > 0 ? 'failed' : 'skipped', failure: stopped }, nowMs);
  }

  #end(job: Job, end: EndOfCapture, nowMs: number): void {
    job.ended = true;
    const durationMs = job.firstSentMs === undefined ? 0 : nowMs - job.firstSentMs;
    this.#reports.ended(job, { attempts: job.attempts, durationMs, timeline: job.timeline, ...end });
  }
}

interface FailedAt {
  /** Another request of the job is under way, or the job has ended: nothing becomes of it yet. */
  readonly goesOn: boolean;
  readonly nowMs: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}

type EndOfCapture =
  | Pick<Extract<CaptureOutcome, { status: 'captured' }>, 'status' | 'image'>
  | Pick<Extract<CaptureOutcome, { status: 'failed' | 'skipped' }>, 'status' | 'failure'>;
