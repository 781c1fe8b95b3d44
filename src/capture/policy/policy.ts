import type { Failure } from '../../errors/failure.ts';
import type { TimelineEntry } from '../../report/model.ts';
import { decideAfterFailure, isHoldReason, mayHaveBeenBilled } from '../decide.ts';
import type { SchedulerEventBody } from '../events.ts';
import type { Job } from '../job.ts';
import type { AttemptResult, CaptureOutcome, HoldReason } from '../outcome.ts';
import { captureBackoffMs, holdJitterMs, holdMs } from './backoff.ts';
import { advance, type Ceiling, cut, limitOf, lowerCut, msUntil, newCeiling, reopen } from './ceiling.ts';
import { type Gate, nextChangeMs, passTime, shut } from './gate.ts';
import { newPacer, type Pacer, paced, rateOf, slowDown, uncount } from './pacer.ts';
import { isSlow, WaitingLine } from './waiting-line.ts';

export interface PolicyOptions {
  readonly concurrency: number;
  readonly maxAttempts: number;
  readonly retryBudgetMs: number;
  /** 0: none. */
  readonly timeLimitMs: number;
  /** Most credits that may be spent; 0: no cap. */
  readonly maxCaptures: number;
  readonly billing: 'per-capture' | 'free';
}

export interface PolicyReports {
  ended(job: Job, outcome: CaptureOutcome): void;
  event(event: SchedulerEventBody): void;
}

/** What is to be done next. */
export type Step =
  | { readonly kind: 'send'; readonly job: Job }
  /** Ask again when a request has ended, and not later than `untilMs`. */
  | { readonly kind: 'wait'; readonly untilMs: number | undefined }
  | { readonly kind: 'done' };

export interface Totals {
  requests: number;
  retries: number;
  credits: number;
  possiblyBilled: number;
}

interface Flight {
  readonly job: Job;
  readonly sentMs: number;
}

const WAIT: Step = { kind: 'wait', untilMs: undefined };
/** Before a refusal was seen, a request that is not refused within this time counts as accepted. */
const ACCEPT_MS = 1000;
const SHORTEST_ACCEPT_MS = 100;
/** As many refusals are remembered to know how long a refusal takes. */
const REMEMBERED_REFUSALS = 16;

/**
 * Decides what a run sends and when: the gate, the ceiling, the pace, the budgets and the order, put together. It has
 * no effects: time and chance are handed in, so the same calls always give the same schedule.
 */
export class Policy {
  readonly totals: Totals = { requests: 0, retries: 0, credits: 0, possiblyBilled: 0 };
  readonly #options: PolicyOptions;
  readonly #reports: PolicyReports;
  readonly #startMs: number;
  readonly #line: WaitingLine;
  readonly #inFlight = new Map<number, Flight>();
  #gate: Gate = { kind: 'open' };
  #ceiling: Ceiling = newCeiling;
  #pacer: Pacer;
  /** Requests sent before this knew nothing of the last refusal. */
  #cutMs = Number.NEGATIVE_INFINITY;
  #refusalMs: readonly number[] = [];
  #heldMs = 0;
  #seenMs: number;
  #limitInUse = false;
  #stopped: { readonly failure: Failure; readonly atMs: number } | undefined;

  constructor(jobs: readonly Job[], options: PolicyOptions, reports: PolicyReports, nowMs: number) {
    this.#options = options;
    this.#reports = reports;
    this.#startMs = nowMs;
    this.#seenMs = nowMs;
    this.#line = new WaitingLine(jobs);
    this.#pacer = newPacer(nowMs);
  }

  get stopped(): { readonly failure: Failure; readonly atMs: number } | undefined {
    return this.#stopped;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  heldBackMs(nowMs: number): number {
    return this.#heldMs + (this.#gate.kind === 'shut' ? Math.min(nowMs, this.#gate.untilMs) - this.#gate.sinceMs : 0);
  }

  /** What to do now. With `mayStart` false nothing new is sent, but time still counts. */
  next(nowMs: number, mayStart = true): Step {
    this.#passTime(nowMs);
    if (this.#stopped === undefined && nowMs >= this.#deadlineMs) {
      this.stop({ code: 'time_limit' }, nowMs);
    }
    if (this.#stopped !== undefined || this.#line.size === 0) {
      return this.#inFlight.size === 0 ? { kind: 'done' } : WAIT;
    }
    const waitMs = this.#waitMs(nowMs, mayStart);
    if (waitMs !== undefined) {
      return { kind: 'wait', untilMs: Math.min(waitMs, this.#deadlineMs) };
    }
    if (this.#creditsLeft() <= 0) {
      if (this.#inFlight.size > 0) {
        return { kind: 'wait', untilMs: this.#deadlineMs };
      }
      this.stop({ code: 'capture_limit' }, nowMs);
      return { kind: 'done' };
    }
    const job = this.#line.take(this.#takeOptions(nowMs));
    return job === undefined
      ? { kind: 'wait', untilMs: Math.min(this.#line.nextReadyMs() ?? Infinity, this.#deadlineMs) }
      : this.#send(job, nowMs);
  }

  /** A request has ended. `random` is uniform in [0, 1). */
  answered(job: Job, result: AttemptResult, nowMs: number, random: number): void {
    this.#passTime(nowMs);
    const flight = this.#inFlight.get(job.id);
    if (flight === undefined) {
      return;
    }
    this.#inFlight.delete(job.id);
    if (result.kind !== 'aborted') {
      job.timeline.push({
        kind: 'request',
        startMs: flight.sentMs - this.#startMs,
        durationMs: nowMs - flight.sentMs,
        result: result.kind === 'image' ? 'image' : result.failure.code,
      });
    }
    switch (result.kind) {
      case 'image':
        this.totals.credits += this.#options.billing === 'per-capture' ? 1 : 0;
        this.#probeEnded(job, true);
        this.#end(job, { status: 'captured', image: result.image }, nowMs);
        return;
      case 'aborted':
        this.#countBilling(result);
        this.#end(job, { status: 'skipped', failure: this.#stopped?.failure ?? { code: 'cancelled' } }, nowMs);
        return;
      case 'failure':
        this.#countBilling(result);
        this.#failed(flight, result, nowMs, random);
        return;
      default:
        result satisfies never;
    }
  }

  /**
   * Puts another take of an ended capture before everything else. False when the run has stopped, or when the credit
   * may be needed for a capture that has no picture yet.
   */
  takeAgain(job: Job): boolean {
    const granted = this.#stopped === undefined && this.#creditsLeft() > this.#line.size;
    if (granted) {
      this.#line.putBack(job);
      this.#reports.event({ kind: 'again', capture: job.captures[0] });
    }
    return granted;
  }

  /** Nothing more is sent; what waits is skipped. What is in flight may still end. */
  stop(failure: Failure, nowMs: number): void {
    if (this.#stopped !== undefined) {
      return;
    }
    this.#heldMs = this.heldBackMs(nowMs);
    this.#gate = { kind: 'open' };
    this.#stopped = { failure, atMs: nowMs };
    const waiting = this.#line.takeAll();
    this.#reports.event({ kind: 'stopped', failure, undone: waiting.length + this.#inFlight.size });
    for (const job of waiting) {
      this.#end(job, { status: 'skipped', failure }, nowMs);
    }
  }

  get #deadlineMs(): number {
    return this.#options.timeLimitMs > 0 ? this.#startMs + this.#options.timeLimitMs : Number.POSITIVE_INFINITY;
  }

  get #acceptMs(): number {
    return this.#refusalMs.length === 0 ? ACCEPT_MS : Math.max(SHORTEST_ACCEPT_MS, Math.max(...this.#refusalMs) * 1.25);
  }

  #limit(): number {
    return Math.min(this.#options.concurrency, Math.floor(limitOf(this.#ceiling)));
  }

  #passTime(nowMs: number): void {
    if (this.#limitInUse) {
      this.#ceiling = advance(this.#ceiling, nowMs - this.#seenMs, this.#line.size > 2 * this.#limit());
    }
    this.#seenMs = nowMs;
    const before = this.#gate;
    this.#gate = passTime(before, nowMs, this.#acceptMs);
    if (before.kind === 'shut' && this.#gate.kind !== 'shut') {
      this.#heldMs += before.untilMs - before.sinceMs;
      this.#reports.event({ kind: 'probing' });
    }
    if (before.kind === 'probing' && this.#gate.kind === 'open') {
      this.#opened();
    }
  }

  #opened(): void {
    const settling = this.#ceiling.cut !== undefined;
    this.#gate = { kind: 'open' };
    this.#ceiling = reopen(this.#ceiling, this.#inFlight.size, this.#acceptMs / 2);
    this.#reports.event({ kind: 'opened', heldBackMs: this.#heldMs });
    if (settling && this.#ceiling.carried !== undefined) {
      this.#reports.event({ kind: 'ceiling', requests: this.#ceiling.carried });
    }
  }

  /** Until when nothing may be sent; undefined when something may be. */
  #waitMs(nowMs: number, mayStart: boolean): number | undefined {
    this.#limitInUse = false;
    const readyMs = this.#line.nextReadyMs() ?? Number.POSITIVE_INFINITY;
    if (!mayStart) {
      return Number.POSITIVE_INFINITY;
    }
    if (this.#gate.kind === 'shut' || (this.#gate.kind === 'probing' && this.#gate.probe !== undefined)) {
      return nextChangeMs(this.#gate, this.#acceptMs) ?? Number.POSITIVE_INFINITY;
    }
    if (readyMs > nowMs) {
      return readyMs;
    }
    if (this.#gate.kind === 'probing') {
      return undefined;
    }
    if (this.#inFlight.size >= this.#limit()) {
      this.#limitInUse = true;
      const growMs = this.#limit() < this.#options.concurrency ? msUntil(this.#ceiling, this.#inFlight.size + 1) : Infinity;
      return nowMs + Math.max(1, growMs);
    }
    return this.#pacer.nextSendMs > nowMs ? this.#pacer.nextSendMs : undefined;
  }

  #takeOptions(nowMs: number) {
    const slow = [...this.#inFlight.values()].filter(({ job }) => isSlow(job)).length;
    const beyondKnown = this.#inFlight.size >= (this.#ceiling.carried ?? Infinity);
    return {
      nowMs,
      risky: this.#gate.kind === 'probing' || beyondKnown,
      slowMayGo: slow < Math.max(1, Math.floor(this.#limit() / 2)),
    };
  }

  #send(job: Job, nowMs: number): Step {
    if (job.firstSentMs === undefined) {
      job.firstSentMs = nowMs;
    } else {
      this.totals.retries += 1;
      this.#recordWait(job, nowMs);
    }
    job.attempts += 1;
    this.totals.requests += 1;
    this.#inFlight.set(job.id, { job, sentMs: nowMs });
    this.#pacer = paced(this.#pacer, nowMs);
    if (this.#gate.kind === 'probing') {
      this.#gate = { ...this.#gate, probe: { id: job.id, sentMs: nowMs } };
    }
    this.#reports.event({ kind: 'sent', capture: job.captures[0], attempt: job.attempts, inFlight: this.#inFlight.size });
    return { kind: 'send', job };
  }

  #failed(flight: Flight, result: Extract<AttemptResult, { kind: 'failure' }>, nowMs: number, random: number): void {
    const { job } = flight;
    const { failure } = result;
    const { code } = failure;
    const decision = decideAfterFailure(failure, {
      attempts: job.attempts,
      maxAttempts: this.#options.maxAttempts,
      earlier: job.failures,
    });
    job.failures.push(code);
    let final = failure;
    if (isHoldReason(code)) {
      final = this.#refused(flight, code, result, nowMs, random) ?? failure;
    } else {
      this.#probeEnded(job, code !== 'network_error' && code !== 'attempt_timeout');
    }
    if (decision === 'stop-run') {
      this.stop(failure, nowMs);
    }
    if (this.#stopped !== undefined && decision !== 'give-up' && decision !== 'stop-run' && final === failure) {
      this.#end(job, { status: 'skipped', failure: this.#stopped.failure }, nowMs);
      return;
    }
    if (decision === 'give-up' || decision === 'stop-run' || this.#stopped !== undefined) {
      this.#end(job, { status: 'failed', failure: final }, nowMs);
      return;
    }
    const delayMs = decision === 'repeat-later' ? captureBackoffMs(job.failures.length, random, result.retryAfterMs) : 0;
    job.notBeforeMs = nowMs + delayMs;
    this.#line.putBack(job);
    this.#reports.event({ kind: 'retry', capture: job.captures[0], attempt: job.attempts, failure, delayMs });
  }

  /** The account or the engine is full. Returns the failure that stops the run when waiting would exceed what is left. */
  #refused(
    flight: Flight,
    reason: HoldReason,
    { retryAfterMs }: { retryAfterMs?: number },
    nowMs: number,
    random: number,
  ): Failure | undefined {
    const stale = flight.sentMs < this.#cutMs;
    this.#refusalMs = [...this.#refusalMs, nowMs - flight.sentMs].slice(-REMEMBERED_REFUSALS);
    this.#pacer = uncount(this.#pacer);
    if (this.#stopped !== undefined) {
      return undefined;
    }
    if (stale) {
      this.#ceiling = reason === 'engine_busy' ? lowerCut(this.#ceiling) : this.#ceiling;
      return retryAfterMs === undefined ? undefined : this.#hold(reason, nowMs, nowMs + retryAfterMs, 1, retryAfterMs);
    }
    const refusals = this.#gate.kind === 'open' ? 1 : this.#gate.refusals + 1;
    if (this.#gate.kind === 'open') {
      if (reason === 'engine_busy') {
        this.#ceiling = cut(this.#ceiling, this.#inFlight.size);
      } else {
        this.#pacer = slowDown(this.#pacer, nowMs);
        this.#reports.event({ kind: 'rate', perSecond: rateOf(this.#pacer, nowMs) ?? 0 });
      }
    }
    this.#cutMs = nowMs;
    const hold = holdMs(refusals, retryAfterMs);
    return this.#hold(reason, nowMs, nowMs + hold, refusals, retryAfterMs, holdJitterMs(hold, random));
  }

  #hold(
    reason: HoldReason,
    nowMs: number,
    leastMs: number,
    refusals: number,
    retryAfterMs: number | undefined,
    jitterMs = 0,
  ): Failure | undefined {
    const gate = this.#gate;
    const sinceMs = gate.kind === 'shut' ? gate.sinceMs : nowMs;
    const latestMs = Math.min(sinceMs + this.#options.retryBudgetMs - this.#heldMs, this.#deadlineMs);
    const least = gate.kind === 'shut' ? Math.max(gate.untilMs, leastMs) : leastMs;
    if (least > latestMs) {
      const failure: Failure = {
        code: reason,
        detail: beyondBudget(least - nowMs, Math.max(0, latestMs - nowMs), retryAfterMs !== undefined),
      };
      this.stop(failure, nowMs);
      return failure;
    }
    const untilMs = Math.min(least + jitterMs, latestMs);
    this.#gate = { ...shut(reason, sinceMs, untilMs, refusals) };
    this.#reports.event({
      kind: 'held-back',
      reason,
      holdMs: untilMs - nowMs,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    return undefined;
  }

  #probeEnded(job: Job, accepted: boolean): void {
    if (this.#gate.kind !== 'probing' || this.#gate.probe?.id !== job.id) {
      return;
    }
    if (accepted) {
      this.#opened();
    } else {
      this.#gate = { kind: 'probing', reason: this.#gate.reason, refusals: this.#gate.refusals };
    }
  }

  #countBilling(result: Exclude<AttemptResult, { kind: 'image' }>): void {
    if (this.#options.billing === 'per-capture' && mayHaveBeenBilled(result)) {
      this.totals.possiblyBilled += 1;
    }
  }

  /** Credits that may still be promised to a request. */
  #creditsLeft(): number {
    const { maxCaptures, billing } = this.#options;
    const { credits, possiblyBilled } = this.totals;
    return maxCaptures === 0 || billing === 'free' ? Infinity : maxCaptures - credits - possiblyBilled - this.#inFlight.size;
  }

  #recordWait(job: Job, nowMs: number): void {
    const last = job.timeline.at(-1);
    const reason = job.failures.at(-1);
    if (last === undefined || reason === undefined) {
      return;
    }
    const startMs = last.startMs + last.durationMs;
    const durationMs = nowMs - this.#startMs - startMs;
    if (durationMs > 0) {
      job.timeline.push({ kind: 'wait', startMs, durationMs, reason } satisfies TimelineEntry);
    }
  }

  #end(job: Job, end: EndOfCapture, nowMs: number): void {
    const { attempts, timeline } = job;
    this.#reports.ended(job, {
      attempts,
      durationMs: job.firstSentMs === undefined ? 0 : nowMs - job.firstSentMs,
      timeline,
      ...end,
    });
  }
}

type EndOfCapture =
  | Pick<Extract<CaptureOutcome, { status: 'captured' }>, 'status' | 'image'>
  | Pick<Extract<CaptureOutcome, { status: 'failed' | 'skipped' }>, 'status' | 'failure'>;

const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

function beyondBudget(waitMs: number, leftMs: number, asked: boolean): string {
  return `${asked ? 'the service asked to wait' : 'the next wait would be'} ${seconds(waitMs)}, but only ${seconds(leftMs)} are left to wait`;
}
