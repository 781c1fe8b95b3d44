import type { ErrorCodeName, HoldReason } from '../../errors/codes.ts';
import type { AccountLimit } from '../../results/model.ts';
import type { SchedulerEventBody } from '../events.ts';
import type { RetryAfter } from '../retry-after.ts';
import { believedMs, holdJitterMs, holdMs } from './backoff.ts';
import {
  forget,
  type Gate,
  type GateCause,
  goThrough,
  isProbe,
  nextChangeMs,
  openGate,
  passTime,
  refusalsOf,
  shut,
} from './gate.ts';
import { Pacer } from './pacer.ts';
import { acceptedAfterMs, newPatience, type Patience, refusalTook } from './patience.ts';
import { fullBudget, gateClosed, gateOpened, pictureArrived, type RetryBudget, spentMs } from './retry-budget.ts';
import { Room } from './room.ts';
import type { TooLong } from './too-long.ts';

export interface ThrottleOptions {
  /** Most requests in flight, whatever the service could carry. */
  readonly concurrency: number;
  /** How long the gate may be closed since the last picture. */
  readonly retryBudgetMs: number;
  /** When the run ends in any case. */
  readonly deadlineMs: number;
  /** The account's limit as an earlier run has met it. */
  readonly knownLimit?: AccountLimit;
}

interface Hold {
  readonly cause: GateCause;
  readonly reason: ErrorCodeName;
  readonly asked: number | undefined;
  readonly leastMs: number;
  readonly jitterMs: number;
  /** Holds in a row, this one included. */
  readonly refusals: number;
}

interface Flight {
  readonly sentMs: number;
  /** How many others were in flight when it was sent. */
  readonly others: number;
  /** The service was seen to let it pass. */
  passed: boolean;
}

/** After as long without a request, what the service took before is not sure any more: the limit is ramped up again. */
const quietMs = 1000;

/**
 * Whether one more request may be sent now: the gate, the ceiling and the pace together. It knows requests by number
 * and nothing of captures.
 */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #report: (event: SchedulerEventBody, nowMs: number) => void;
  readonly #flights = new Map<number, Flight>();
  readonly #pacer: Pacer;
  readonly #room: Room;
  #gate: Gate = openGate;
  #budget: RetryBudget = fullBudget;
  /** How long refusals took, and how long requests that came to no service. */
  #patience: Readonly<Record<GateCause, Patience>> = { refusal: newPatience, fault: newPatience };
  /** When the last refusal that counted came: requests sent before knew nothing of it. */
  #cutMs = Number.NEGATIVE_INFINITY;
  #freeSinceMs = Number.NEGATIVE_INFINITY;
  #sentMs = Number.POSITIVE_INFINITY;
  /** Of holds that are over. */
  #heldMs = 0;

  constructor(options: ThrottleOptions, report: (event: SchedulerEventBody, nowMs: number) => void, nowMs: number) {
    this.#options = options;
    this.#report = report;
    this.#pacer = new Pacer(nowMs, options.knownLimit);
    this.#room = new Room(nowMs);
  }

  /** The account's limit as it is known. */
  learnedLimit(nowMs: number): AccountLimit | undefined {
    return this.#pacer.learned(nowMs);
  }

  /** How many may be in flight now. */
  get limit(): number {
    return Math.min(this.#options.concurrency, this.#room.limit);
  }

  /** Whether the next request is likelier than others to be refused: a probe, or one beyond what is known to be carried. */
  get risky(): boolean {
    return this.#gate.kind === 'probing' || this.#flights.size >= (this.#room.carried ?? Number.POSITIVE_INFINITY);
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
    this.#room.passTime(nowMs, workLeftMs, this.limit);
    const before = this.#gate;
    this.#gate = passTime(before, nowMs, this.#acceptedAfterMs());
    if (before.kind === 'shut' && this.#gate.kind !== 'shut') {
      this.#heldMs += before.untilMs - before.sinceMs;
      this.#freeSinceMs = before.untilMs;
      this.#report({ kind: 'probing' }, nowMs);
    }
    if (before.kind === 'probing' && this.#gate.kind === 'open') {
      this.#open(before.probe?.id, nowMs);
    }
  }

  /** Until when nothing may be sent, unless an answer comes first; undefined when one request may be sent now. */
  waitUntilMs(nowMs: number): number | undefined {
    if (this.#gate.kind !== 'open') {
      return nextChangeMs(this.#gate, this.#acceptedAfterMs());
    }
    if (this.#flights.size >= this.limit) {
      const growthMs = this.#room.waitFor(this.#flights.size + 1);
      return this.limit >= this.#options.concurrency ? Number.POSITIVE_INFINITY : nowMs + growthMs;
    }
    const freeAtMs = this.#pacer.freeAtMs(nowMs, this.#room.mayBeLimited);
    return freeAtMs > nowMs ? freeAtMs : undefined;
  }

  sent(id: number, nowMs: number): void {
    if (nowMs - this.#sentMs > quietMs) {
      this.#room.reopen(this.#flights.size, this.#acceptedAfterMs() / 2);
    }
    this.#sentMs = nowMs;
    this.#flights.set(id, { sentMs: nowMs, others: this.#flights.size, passed: false });
    this.#pacer.sent(nowMs);
    this.#gate = goThrough(this.#gate, { id, sentMs: nowMs });
  }

  /** The service has answered other than by a refusal. */
  accepted(id: number, nowMs: number): void {
    const flight = this.#flights.get(id);
    if (flight !== undefined) {
      this.#flights.delete(id);
      this.#pass(flight, nowMs);
    }
    if (isProbe(this.#gate, id)) {
      this.#open(id, nowMs);
    }
    this.#gate = forget(this.#gate, id);
  }

  /** A picture has arrived: what was waited for it was not in vain. */
  pictureArrived(nowMs: number): void {
    this.#budget = pictureArrived(this.#budget, nowMs);
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
  refused(id: number, reason: HoldReason, asked: RetryAfter | undefined, nowMs: number, random: number): TooLong | undefined {
    const flight = this.#flights.get(id);
    if (flight === undefined) {
      return undefined;
    }
    this.#flights.delete(id);
    this.#took('refusal', flight, nowMs);
    this.#passOld(nowMs);
    this.#gate = forget(this.#gate, id);
    const known = refusalsOf(this.#gate);
    const late = flight.sentMs < this.#cutMs;
    const measures = !late && this.#gate.kind === 'open';
    this.#tellPacer(reason, flight, nowMs, measures);
    const askedMs = asked?.unsure === true ? believedMs(asked.ms, known + 1) : asked?.ms;
    const hold = { cause: 'refusal', reason, asked: askedMs } as const;
    if (late) {
      return this.#shut({ ...hold, leastMs: askedMs ?? 0, jitterMs: 0, refusals: known }, nowMs);
    }
    this.#cutMs = nowMs;
    const leastMs = this.#leastHoldMs(reason, known + 1, askedMs, nowMs);
    if (measures) {
      this.#cut(reason, flight, nowMs, leastMs);
    }
    return this.#shut({ ...hold, leastMs, jitterMs: holdJitterMs(leastMs, random), refusals: known + 1 }, nowMs);
  }

  /** The way to the service is broken: shuts the gate, until one request has found it open again. */
  broken(id: number, reason: ErrorCodeName, pauseMs: number, nowMs: number, random: number): TooLong | undefined {
    const flight = this.#flights.get(id);
    this.lost(id);
    if (flight !== undefined) {
      this.#took('fault', flight, nowMs);
    }
    const jitterMs = holdJitterMs(pauseMs, random);
    return this.#shut({ cause: 'fault', reason, asked: undefined, leastMs: pauseMs, jitterMs, refusals: 0 }, nowMs);
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

  #took(cause: GateCause, { sentMs }: Flight, nowMs: number): void {
    this.#patience = { ...this.#patience, [cause]: refusalTook(this.#patience[cause], nowMs - sentMs) };
  }

  #acceptedAfterMs(): number {
    return acceptedAfterMs(this.#patience[this.#gate.kind === 'open' ? 'refusal' : this.#gate.cause]);
  }

  #tellPacer(reason: HoldReason, { sentMs, others, passed }: Flight, nowMs: number, measures: boolean): void {
    if (reason === 'rate_limited') {
      this.#room.rateLimited(others);
      this.#pacer.refused(sentMs, nowMs, measures);
    } else if (!passed) {
      // The account's limit let it pass, and was not told so yet.
      this.#pacer.accepted(sentMs, nowMs);
    }
  }

  /** What was not refused in the time that refusals take has passed, long before its picture arrives. */
  #passOld(nowMs: number): void {
    const afterMs = acceptedAfterMs(this.#patience.refusal);
    for (const flight of this.#flights.values()) {
      if (nowMs - flight.sentMs >= afterMs) {
        this.#pass(flight, nowMs);
      }
    }
  }

  #pass(flight: Flight, nowMs: number): void {
    if (!flight.passed) {
      flight.passed = true;
      this.#room.passed(flight.others);
      this.#pacer.accepted(flight.sentMs, nowMs);
    }
  }

  /** Where the service does not say how long to wait, or was seen to say too little, the limit's known windows do. */
  #leastHoldMs(reason: HoldReason, refusals: number, askedMs: number | undefined, nowMs: number): number {
    const usualMs = holdMs(refusals, askedMs);
    if (reason !== 'rate_limited' || (askedMs !== undefined && refusals < 2)) {
      return usualMs;
    }
    return Math.max(askedMs ?? 0, this.#pacer.holdMs(refusals, nowMs) ?? usualMs);
  }

  #cut(reason: HoldReason, { others }: Flight, nowMs: number, leastMs: number): void {
    switch (reason) {
      case 'engine_busy':
        this.#room.cut(others, leastMs);
        this.#reportCeiling(nowMs);
        return;
      case 'rate_limited':
        if (this.#room.cutIfAboutRoom(others, leastMs)) {
          this.#reportCeiling(nowMs);
        }
        this.#reportRate(nowMs);
        return;
      default:
        reason satisfies never;
    }
  }

  #reportRate(nowMs: number): void {
    const { requests, windowMs } = this.#pacer.learned(nowMs) ?? { requests: 0, windowMs: 1000 };
    this.#report({ kind: 'rate', requests, windowMs }, nowMs);
  }

  #reportCeiling(nowMs: number): void {
    this.#report({ kind: 'ceiling', requests: Math.floor(this.#room.carried ?? 1) }, nowMs);
  }

  /** Shuts the gate or keeps it shut for longer, unless that is more than what is left to wait. */
  #shut(hold: Hold, nowMs: number): TooLong | undefined {
    const gate = this.#gate;
    const before = gate.kind === 'shut' ? gate : { sinceMs: nowMs, untilMs: nowMs };
    const neededMs = Math.max(before.untilMs, nowMs + hold.leastMs);
    const tooLong = this.tooLong(neededMs, nowMs);
    if (tooLong !== undefined) {
      return tooLong;
    }
    const untilMs = Math.max(before.untilMs, Math.min(nowMs + hold.leastMs + hold.jitterMs, this.#latest(nowMs).untilMs));
    if (untilMs > before.untilMs) {
      this.#gate = shut(gate, nowMs, untilMs, hold.refusals, hold.cause);
      this.#budget = gateClosed(this.#budget, nowMs);
      const asked = hold.asked === undefined ? {} : { retryAfterMs: hold.asked };
      this.#report({ kind: 'held-back', reason: hold.reason, holdMs: untilMs - nowMs, ...asked }, nowMs);
    }
    return undefined;
  }

  /** Until when the run may wait at most, and by which limit. */
  #latest(nowMs: number): { readonly untilMs: number; readonly by: TooLong['by'] } {
    const { deadlineMs, retryBudgetMs } = this.#options;
    const budgetEndMs = nowMs + retryBudgetMs - spentMs(this.#budget, nowMs);
    return budgetEndMs <= deadlineMs ? { untilMs: budgetEndMs, by: 'retry-budget' } : { untilMs: deadlineMs, by: 'time-limit' };
  }

  #open(probe: number | undefined, nowMs: number): void {
    const flight = probe === undefined ? undefined : this.#flights.get(probe);
    if (flight !== undefined) {
      this.#pass(flight, nowMs);
    }
    // Half of the time that a refusal takes: quick, and still few are on their way when the first refusal comes back.
    this.#room.reopen(this.#flights.size, this.#acceptedAfterMs() / 2);
    this.#gate = openGate;
    this.#budget = gateOpened(this.#budget, nowMs);
    this.#freeSinceMs = nowMs;
    this.#report({ kind: 'opened', heldBackMs: this.#heldMs }, nowMs);
  }
}
