import { defined } from '../basics/record.ts';
import { type ErrorCodeName, errorCodes } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Capture } from '../plan/capture.ts';
import type { ServiceTotals } from '../results/model.ts';
import type { Clock, Random } from '../system/ports.ts';
import { whenAborted } from '../system/when-aborted.ts';
import type { CaptureClient } from './client.ts';
import type { SchedulerEvent } from './events.ts';
import { anotherTake, groupIntoJobs, type Job } from './job.ts';
import type { AttemptResult, CaptureOutcome } from './outcome.ts';
import type { Flight } from './policy/flights.ts';
import { Policy, type PolicyOptions, type PolicyStep } from './policy/policy.ts';

export type { SchedulerEvent } from './events.ts';

export interface SchedulerOptions extends PolicyOptions {
  /** How long each capture is expected to take, by capture id; likely slow ones are sent first. */
  readonly expectedDurationMs?: ReadonlyMap<string, number>;
  /** How long requests in flight may go on after a cancellation or the time limit. */
  readonly graceMs?: number;
}

export interface SchedulerPorts {
  readonly render: CaptureClient['render'];
  readonly send: CaptureClient['send'];
  readonly clock: Clock;
  readonly random: Random;
}

export interface SchedulerListener {
  /**
   * Called exactly once for each capture, as soon as it has ended. `takeAgain` captures it anew, before what was not
   * sent yet, and tells how that ended: `skipped` when the run has stopped or may not spend more on it.
   */
  onOutcome(capture: Capture, outcome: CaptureOutcome, takeAgain: TakeAgain): void | Promise<void>;
  onEvent?(event: SchedulerEvent): void;
}

export type TakeAgain = () => Promise<CaptureOutcome>;

export interface SchedulerResult {
  readonly service: ServiceTotals;
  /** Why the run stopped early, if it did. */
  readonly stopped?: Failure;
  /** What was thrown that should not have been, by whoever took part. */
  readonly fault?: unknown;
}

/** GitHub gives a cancelled job 7.5 s, and what comes must be judged and the reports written in them. */
const defaultGraceMs = 2000;
/** Outcomes that may wait for their listener before no new requests are sent, so that pictures do not pile up. */
const backlog = 16;
/** Long sleeps are cut, because timers overflow after 24 days. */
const longestSleepMs = 3_600_000;

/**
 * Captures everything, as fast as the service allows and never against its word: the policy decides, this sends,
 * waits and reports. Resolves when every capture has ended and every outcome was taken: whatever is
 * thrown ends the captures that were not finished as `run_failed`. The signal's reason, when it is a failure of the error
 * table, says why the run stops.
 */
export async function runCaptures(
  captures: readonly Capture[],
  options: SchedulerOptions,
  ports: SchedulerPorts,
  listener: SchedulerListener,
  signal: AbortSignal,
): Promise<SchedulerResult> {
  const run = new Run(captures, options, ports, listener);
  const cancel = (): void => run.stop(failureOf(signal.reason));
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) {
    cancel();
  }
  try {
    return await run.toEnd();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The effects around the policy: requests, sleeping, and handing outcomes over. */
class Run {
  readonly #options: SchedulerOptions;
  readonly #ports: SchedulerPorts;
  readonly #listener: SchedulerListener;
  readonly #policy: Policy;
  readonly #requests = new AbortController();
  readonly #abandon = new Map<Flight, AbortController>();
  /** Outcomes that the listener has not finished with. */
  readonly #unsettled = new Set<Promise<void>>();
  /** Who waits for another take, by its job. */
  readonly #retakes = new Map<Job, (outcome: CaptureOutcome) => void>();
  /** Listeners that wait for another take: they hold nothing back. */
  #waiting = 0;
  #jobs: number;
  readonly #wake: Wake;
  /** Captures that have not ended. */
  readonly #open: Set<Job>;
  #fault: unknown;
  /** Set when the policy itself failed: nobody decides any more. */
  #broken: Failure | undefined;

  constructor(captures: readonly Capture[], options: SchedulerOptions, ports: SchedulerPorts, listener: SchedulerListener) {
    this.#options = options;
    this.#ports = ports;
    this.#listener = listener;
    this.#wake = new Wake(ports.clock);
    const startMs = ports.clock.nowMs();
    const jobs = groupIntoJobs(captures, ports.render, options.expectedDurationMs);
    this.#jobs = jobs.length;
    this.#open = new Set(jobs);
    this.#policy = new Policy(
      jobs,
      options,
      {
        ended: (job, outcome) => this.#deliver(job, outcome),
        abandoned: (flight) => this.#abandon.get(flight)?.abort(),
        event: (event, nowMs) => this.#tellEvent({ ...event, atMs: nowMs - startMs }),
      },
      startMs,
    );
  }

  stop(failure: Failure): void {
    this.#decide(() => this.#policy.stop(failure, this.#ports.clock.nowMs()));
    this.#wake.now();
  }

  async toEnd(): Promise<SchedulerResult> {
    try {
      await this.#sendAll();
    } catch (error) {
      this.#breakOff(error);
    }
    while (this.#unsettled.size > 0) {
      await Promise.all(this.#unsettled);
    }
    const { spent, stopped } = this.#policy;
    const nowMs = this.#ports.clock.nowMs();
    const heldBackMs = Math.round(this.#policy.heldBackMs(nowMs));
    const service = { ...spent, heldBackMs, ...defined({ limit: this.#policy.learnedLimit(nowMs) }) };
    return { service, ...defined({ stopped: this.#broken ?? stopped, fault: this.#fault }) };
  }

  async #sendAll(): Promise<void> {
    const { clock } = this.#ports;
    for (let step = this.#next(); step.kind !== 'done' || this.#unsettled.size > 0; step = this.#next()) {
      if (step.kind === 'send') {
        void this.#send(step.flight);
      } else if (step.kind === 'done') {
        // A listener may still ask for another take.
        await this.#wake.wait();
      } else {
        const untilMs = Math.min(step.untilMs, this.#endGrace());
        await this.#wake.wait(Math.min(untilMs - clock.nowMs(), longestSleepMs));
      }
      if (this.#broken !== undefined) {
        return;
      }
    }
  }

  #next(): PolicyStep {
    const mayStart = this.#unsettled.size - this.#waiting < backlog + this.#options.concurrency;
    return this.#policy.next(this.#ports.clock.nowMs(), mayStart);
  }

  async #send(flight: Flight): Promise<void> {
    const { send, clock, random } = this.#ports;
    const abandon = new AbortController();
    this.#abandon.set(flight, abandon);
    let result: AttemptResult = { kind: 'aborted' };
    try {
      result = await send(flight.job.request, AbortSignal.any([this.#requests.signal, abandon.signal]));
    } catch (error) {
      this.#fail(error);
    }
    this.#decide(() => this.#policy.answered(flight, result, clock.nowMs(), random.next()));
    this.#abandon.delete(flight);
    this.#wake.now();
  }

  #deliver(job: Job, outcome: CaptureOutcome): void {
    this.#open.delete(job);
    const taken = this.#retakes.get(job);
    if (taken !== undefined) {
      this.#retakes.delete(job);
      taken(outcome);
      return;
    }
    // Captures that share a request share its further takes as well.
    const takes: Promise<CaptureOutcome>[] = [];
    for (const capture of job.captures) {
      let asked = 0;
      const takeAgain = async (): Promise<CaptureOutcome> => {
        const nth = asked++;
        takes[nth] ??= this.#takeAgain(job);
        this.#waiting += 1;
        return takes[nth].finally(() => {
          this.#waiting -= 1;
        });
      };
      const settled = this.#tell(capture, outcome, takeAgain).finally(() => {
        this.#unsettled.delete(settled);
        this.#wake.now();
      });
      this.#unsettled.add(settled);
    }
  }

  #takeAgain(job: Job): Promise<CaptureOutcome> {
    const { promise, resolve } = Promise.withResolvers<CaptureOutcome>();
    const again = anotherTake(job, this.#jobs++);
    this.#retakes.set(again, resolve);
    const taken = this.#decide(() => this.#policy.takeAgain(again, this.#ports.clock.nowMs()));
    if (taken !== true) {
      this.#retakes.delete(again);
      const failure = this.#broken ?? this.#policy.stopped ?? { code: 'capture_limit' };
      resolve({ status: 'skipped', failure, attempts: 0, durationMs: 0, timeline: [] });
    }
    this.#wake.now();
    return promise;
  }

  async #tell(capture: Capture, outcome: CaptureOutcome, takeAgain: TakeAgain): Promise<void> {
    try {
      await this.#listener.onOutcome(capture, outcome, takeAgain);
    } catch (error) {
      this.#fail(error);
    }
  }

  #tellEvent(event: SchedulerEvent): void {
    if (this.#fault !== undefined) {
      return;
    }
    try {
      this.#listener.onEvent?.(event);
    } catch (error) {
      this.#fault = error;
      // The policy is in the middle of something.
      queueMicrotask(() => this.#fail(error));
    }
  }

  /** An error that the policy knows nothing of: what is under way and what is to come ends by it. */
  #fail(error: unknown): void {
    this.#fault ??= error;
    this.#requests.abort();
    this.stop({ code: 'run_failed', detail: reasonOf(error) });
  }

  /** Asks the policy; undefined when it fails, or has failed before. */
  #decide<T>(ask: () => T): T | undefined {
    if (this.#broken !== undefined) {
      return undefined;
    }
    try {
      return ask();
    } catch (error) {
      this.#breakOff(error);
      return undefined;
    }
  }

  /** Ends everything without the policy, which has failed. */
  #breakOff(error: unknown): void {
    if (this.#broken !== undefined) {
      return;
    }
    this.#fault ??= error;
    const failure: Failure = { code: 'run_failed', detail: reasonOf(error) };
    this.#broken = failure;
    this.#requests.abort();
    for (const job of [...this.#retakes.keys(), ...this.#open]) {
      const { attempts, timeline } = job;
      this.#deliver(job, { status: attempts > 0 ? 'failed' : 'skipped', failure, attempts, durationMs: 0, timeline });
    }
    this.#wake.now();
  }

  /** Ends what is in flight when its grace is over; else says when that will be. */
  #endGrace(): number {
    const { cutShortMs } = this.#policy;
    if (cutShortMs === undefined || this.#requests.signal.aborted) {
      return Number.POSITIVE_INFINITY;
    }
    const endMs = cutShortMs + (this.#options.graceMs ?? defaultGraceMs);
    if (this.#ports.clock.nowMs() >= endMs) {
      this.#requests.abort();
    }
    return endMs;
  }
}

/** What the reason of a signal says of why the run stops. */
export function failureOf(reason: unknown): Failure {
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const { code } = reason;
    if (typeof code === 'string' && Object.hasOwn(errorCodes, code)) {
      return {
        code: code as ErrorCodeName,
        ...('detail' in reason && typeof reason.detail === 'string' ? { detail: reason.detail } : {}),
      };
    }
  }
  const detail = reason instanceof Error && reason.name !== 'AbortError' ? reason.message : reason;
  return { code: 'cancelled', ...(typeof detail === 'string' ? { detail } : {}) };
}

/** Lets a loop sleep until a time or until something has happened, whichever comes first. */
class Wake {
  readonly #clock: Clock;
  #happened = false;
  #sleeping: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): void {
    this.#happened = true;
    this.#sleeping?.abort();
  }

  /** Without a time it waits for something to happen. */
  async wait(delayMs?: number): Promise<void> {
    if (!this.#happened) {
      this.#sleeping = new AbortController();
      const { signal } = this.#sleeping;
      await (delayMs === undefined ? whenAborted(signal) : this.#clock.sleep(Math.max(delayMs, 0), signal).catch(() => {}));
      this.#sleeping = undefined;
    }
    this.#happened = false;
  }
}
