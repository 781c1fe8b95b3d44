import type { HoldReason } from '../../errors/codes.ts';
import type { SchedulerEventBody } from '../events.ts';
import { holdJitterMs, holdMs } from './backoff.ts';
import { advance, type Ceiling, cut, limitOf, msUntil, newCeiling, reopen } from './ceiling.ts';
import { forget, type Gate, goThrough, isProbe, nextChangeMs, openGate, passTime, refusalsOf, shut } from './gate.ts';
import { newPacer, type Pacer, paced, paceOf, slowDown, uncount } from './pacer.ts';
import { acceptedAfterMs, newPatience, type Patience, refusalTook } from './patience.ts';
import type { TooLong } from './too-long.ts';

export interface ThrottleOptions {
  /** Most requests in flight, whatever the service could carry. */
  readonly concurrency: number;
  /** How long the gate may be shut in all. */
  readonly retryBudgetMs: number;
  /** When the run ends in any case. */
  readonly deadlineMs: number;
}

/** A refusal, as the answer told it. */
export interface RefusedRequest {
  readonly reason: HoldReason;
  readonly retryAfterMs: number | undefined;
}

interface Hold {
  readonly leastMs: number;
  readonly jitterMs: number;
  /** Holds in a row, this one included. */
  readonly refusals: number;
}

interface Flight {
  readonly sentMs: number;
  /** How many others were in flight when it was sent. */
  readonly others: number;
}

/**
 * Whether one more request may be sent now: the gate, the ceiling and the pace together. It knows requests by number
 * and nothing of captures.
 */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #report: (event: SchedulerEventBody, nowMs: number) => void;
  readonly #flights = new Map<number, Flight>();
  #gate: Gate = openGate;
  #ceiling: Ceiling = newCeiling;
  #pacer: Pacer;
  #patience: Patience = newPatience;
  /** When the last refusal that counted came: requests sent before knew nothing of it. */
  #cutMs = Number.NEGATIVE_INFINITY;
  #freeSinceMs = Number.NEGATIVE_INFINITY;
  /** Of holds that are over. */
  #heldMs = 0;
  #seenMs: number;
  #limitInUse = false;

  constructor(options: ThrottleOptions, report: (event: SchedulerEventBody, nowMs: number) => void, nowMs: number) {
    this.#options = options;
    this.#report = report;
    this.#pacer = newPacer(nowMs);
    this.#seenMs = nowMs;
  }

  get inFlight(): number {
    return this.#flights.size;
  }

  /** How many may be in flight now. */
  get limit(): number {
    return Math.min(this.#options.concurrency, Math.floor(limitOf(this.#ceiling)));
  }

  /** Whether the next request is likelier than others to be refused: a probe, or one beyond what is known to be carried. */
  get risky(): boolean {
    return this.#gate.kind === 'probing' || this.#flights.size >= (this.#ceiling.carried ?? Number.POSITIVE_INFINITY);
  }

  /** Since when requests may go through the gate: the probe since the end of the hold, the others since it was opened. */
  get freeSinceMs(): number {
    return this.#freeSinceMs;
  }

  heldBackMs(nowMs: number): number {
    return this.#heldMs + (this.#gate.kind === 'shut' ? Math.min(nowMs, this.#gate.untilMs) - this.#gate.sinceMs : 0);
  }

  /** Lets time pass. `workLeftMs`: how long what waits would take one after the other. */
  passTime(nowMs: number, workLeftMs: number): void {
    if (this.#limitInUse) {
      this.#ceiling = advance(this.#ceiling, nowMs - this.#seenMs, workLeftMs / this.limit);
      this.#limitInUse = false;
    }
    this.#seenMs = nowMs;
    const before = this.#gate;
    this.#gate = passTime(before, nowMs, acceptedAfterMs(this.#patience));
    if (before.kind === 'shut' && this.#gate.kind !== 'shut') {
      this.#heldMs += before.untilMs - before.sinceMs;
      this.#freeSinceMs = before.untilMs;
      this.#report({ kind: 'probing' }, nowMs);
    }
    if (before.kind === 'probing' && this.#gate.kind === 'open') {
      this.#open(nowMs);
    }
  }

  /** Until when nothing may be sent, unless an answer comes first; undefined when one request may be sent now. */
  waitUntilMs(nowMs: number): number | undefined {
    if (this.#gate.kind !== 'open') {
      return nextChangeMs(this.#gate, acceptedAfterMs(this.#patience));
    }
    if (this.#flights.size >= this.limit) {
      this.#limitInUse = true;
      return nowMs + this.#msUntilGrowth();
    }
    return this.#pacer.nextSendMs > nowMs ? this.#pacer.nextSendMs : undefined;
  }

  sent(id: number, nowMs: number): void {
    this.#flights.set(id, { sentMs: nowMs, others: this.#flights.size });
    this.#pacer = paced(this.#pacer, nowMs);
    this.#gate = goThrough(this.#gate, { id, sentMs: nowMs });
  }

  /** The service has answered other than by a refusal. */
  accepted(id: number, nowMs: number): void {
    this.#flights.delete(id);
    if (isProbe(this.#gate, id)) {
      this.#open(nowMs);
    }
    this.#gate = forget(this.#gate, id);
  }

  /** The request ended without an answer, which says nothing about the service: a lost probe is followed by another. */
  lost(id: number): void {
    this.#flights.delete(id);
    this.#gate = forget(this.#gate, id);
  }

  /**
   * The account or the engine is full: shuts the gate for at least as long as the service asks. The first refusal of
   * a request that was sent after the last cut also cuts the ceiling or the pace; those sent before it cannot have
   * known better, and only their Retry-After counts. `random` is uniform in [0, 1).
   */
  refused(id: number, refusal: RefusedRequest, nowMs: number, random: number): TooLong | undefined {
    const { reason, retryAfterMs } = refusal;
    const flight = this.#flights.get(id);
    if (flight === undefined) {
      return undefined;
    }
    this.#flights.delete(id);
    this.#patience = refusalTook(this.#patience, nowMs - flight.sentMs);
    this.#pacer = uncount(this.#pacer, flight.sentMs);
    this.#gate = forget(this.#gate, id);
    const known = refusalsOf(this.#gate);
    if (flight.sentMs < this.#cutMs) {
      return this.#shut(refusal, nowMs, { leastMs: retryAfterMs ?? 0, jitterMs: 0, refusals: known });
    }
    this.#cutMs = nowMs;
    const leastMs = holdMs(known + 1, retryAfterMs);
    if (this.#gate.kind === 'open') {
      this.#cut(reason, flight, nowMs, leastMs);
    }
    return this.#shut(refusal, nowMs, { leastMs, jitterMs: holdJitterMs(leastMs, random), refusals: known + 1 });
  }

  /** Whether waiting until then is more than what is left to wait; undefined: it is not. */
  tooLong(untilMs: number, nowMs: number): TooLong | undefined {
    const latest = this.#latest(nowMs);
    return untilMs <= latest.untilMs
      ? undefined
      : { waitMs: untilMs - nowMs, leftMs: Math.max(0, latest.untilMs - nowMs), by: latest.by };
  }

  /** Nothing more will be sent: a hold under way ends here. */
  end(nowMs: number): void {
    this.#heldMs = this.heldBackMs(nowMs);
    this.#gate = openGate;
  }

  #cut(reason: HoldReason, { others }: Flight, nowMs: number, leastMs: number): void {
    switch (reason) {
      case 'engine_busy':
        this.#ceiling = cut(this.#ceiling, others, leastMs * this.#scarcity(nowMs));
        this.#report({ kind: 'ceiling', requests: Math.floor(this.#ceiling.carried ?? 1) }, nowMs);
        return;
      case 'rate_limited':
        this.#pacer = slowDown(this.#pacer, nowMs, this.#scarcity(nowMs));
        this.#report({ kind: 'rate', perSecond: paceOf(this.#pacer) ?? 0 }, nowMs);
        return;
      default:
        reason satisfies never;
    }
  }

  /**
   * How much more a hold costs than its time, because the retry budget runs low: probes become rarer as it is used
   * up, so that they alone never use it up.
   */
  #scarcity(nowMs: number): number {
    const { retryBudgetMs } = this.#options;
    return retryBudgetMs / Math.max(1, retryBudgetMs - this.heldBackMs(nowMs));
  }

  /** Shuts the gate or keeps it shut for longer, unless that is more than what is left to wait. */
  #shut({ reason, retryAfterMs }: RefusedRequest, nowMs: number, hold: Hold): TooLong | undefined {
    const gate = this.#gate;
    const before = gate.kind === 'shut' ? gate : { sinceMs: nowMs, untilMs: nowMs };
    const neededMs = Math.max(before.untilMs, nowMs + hold.leastMs);
    const tooLong = this.tooLong(neededMs, nowMs);
    if (tooLong !== undefined) {
      return tooLong;
    }
    const untilMs = Math.max(before.untilMs, Math.min(nowMs + hold.leastMs + hold.jitterMs, this.#latest(nowMs).untilMs));
    if (untilMs > before.untilMs) {
      this.#gate = shut(gate, nowMs, untilMs, hold.refusals);
      const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
      this.#report({ kind: 'held-back', reason, holdMs: untilMs - nowMs, ...asked }, nowMs);
    }
    return undefined;
  }

  /** Until when the run may wait at most, and by which limit. */
  #latest(nowMs: number): { readonly untilMs: number; readonly by: TooLong['by'] } {
    const { deadlineMs, retryBudgetMs } = this.#options;
    const sinceMs = this.#gate.kind === 'shut' ? this.#gate.sinceMs : nowMs;
    const budgetEndMs = sinceMs + retryBudgetMs - this.#heldMs;
    return budgetEndMs <= deadlineMs ? { untilMs: budgetEndMs, by: 'retry-budget' } : { untilMs: deadlineMs, by: 'time-limit' };
  }

  #open(nowMs: number): void {
    this.#gate = openGate;
    this.#freeSinceMs = nowMs;
    // Half of the time that a refusal takes: quick, and still few are on their way when the first refusal comes back.
    this.#ceiling = reopen(this.#ceiling, this.#flights.size, acceptedAfterMs(this.#patience) / 2);
    this.#report({ kind: 'opened', heldBackMs: this.#heldMs }, nowMs);
  }

  #msUntilGrowth(): number {
    const capped = this.limit >= this.#options.concurrency;
    return capped ? Number.POSITIVE_INFINITY : Math.max(1, msUntil(this.#ceiling, this.#flights.size + 1));
  }
}
