import { type ErrorCodeName, errorCodes } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { Capture } from '../plan/capture.ts';
import type { Clock, Random } from '../ports.ts';
import type { ServiceTotals } from '../report/model.ts';
import type { CaptureClient } from './client.ts';
import type { SchedulerEvent } from './events.ts';
import { groupIntoJobs, type Job } from './job.ts';
import type { CaptureOutcome } from './outcome.ts';
import { Policy, type PolicyOptions, type Step } from './policy/policy.ts';

export type { SchedulerEvent } from './events.ts';

export interface SchedulerOptions extends PolicyOptions {
  /** How long each capture took in the last run, by capture id; likely slow ones are sent first. */
  readonly expectedDurationMs?: ReadonlyMap<string, number>;
  /** How long requests in flight may go on after a cancellation or the time limit. */
  readonly graceMs?: number;
}

export interface SchedulerPorts {
  readonly send: CaptureClient['send'];
  readonly clock: Clock;
  readonly random: Random;
}

export interface SchedulerListener {
  /** Called exactly once for each capture, as soon as it has ended. */
  onOutcome(capture: Capture, outcome: CaptureOutcome): void | Promise<void>;
  onEvent?(event: SchedulerEvent): void;
}

export interface SchedulerResult {
  readonly service: ServiceTotals;
  /** Why the run stopped early, if it did. */
  readonly stopped?: Failure;
}

/** GitHub gives a cancelled job 7.5 s before it is killed, and the reports must be written in them. */
const GRACE_MS = 3000;
/** Outcomes that may wait for their listener before no new requests are sent, so that pictures do not pile up. */
const BACKLOG = 16;
/** Long sleeps are cut, because timers overflow after 24 days. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * Captures everything, as fast as the service allows and never against its word: the policy decides, this sends,
 * waits and reports. Resolves when every capture has ended and every outcome was taken; rejects only for errors thrown
 * by `send` or by the listener. The signal's reason, when it is a failure of the error table, says why the run stops.
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
  /** Outcomes that the listener has not finished with. */
  readonly #unsettled = new Set<Promise<void>>();
  readonly #wake: Wake;
  #crash: { readonly error: unknown } | undefined;

  constructor(captures: readonly Capture[], options: SchedulerOptions, ports: SchedulerPorts, listener: SchedulerListener) {
    this.#options = options;
    this.#ports = ports;
    this.#listener = listener;
    this.#wake = new Wake(ports.clock);
    const startMs = ports.clock.nowMs();
    this.#policy = new Policy(
      groupIntoJobs(captures, options.expectedDurationMs),
      options,
      {
        ended: (job, outcome) => this.#deliver(job, outcome),
        event: (event) => listener.onEvent?.({ ...event, atMs: ports.clock.nowMs() - startMs }),
      },
      startMs,
    );
  }

  stop(failure: Failure): void {
    this.#policy.stop(failure, this.#ports.clock.nowMs());
    this.#wake.now();
  }

  async toEnd(): Promise<SchedulerResult> {
    const { clock } = this.#ports;
    for (let step = this.#next(); step.kind !== 'done'; step = this.#next()) {
      if (step.kind === 'send') {
        void this.#send(step.job);
      } else {
        const untilMs = Math.min(step.untilMs ?? Number.POSITIVE_INFINITY, this.#endGrace());
        await this.#wake.wait(Math.min(untilMs - clock.nowMs(), LONGEST_SLEEP_MS));
      }
    }
    while (this.#unsettled.size > 0) {
      await Promise.all(this.#unsettled);
    }
    if (this.#crash !== undefined) {
      throw this.#crash.error;
    }
    const { totals, stopped } = this.#policy;
    const service = { ...totals, heldBackMs: this.#policy.heldBackMs(clock.nowMs()) };
    return { service, ...(stopped === undefined ? {} : { stopped: stopped.failure }) };
  }

  #next(): Step {
    const mayStart = this.#unsettled.size < BACKLOG + this.#options.concurrency;
    return this.#policy.next(this.#ports.clock.nowMs(), mayStart);
  }

  async #send(job: Job): Promise<void> {
    const { send, clock, random } = this.#ports;
    try {
      const result = await send(job.body, this.#requests.signal);
      this.#policy.answered(job, result, clock.nowMs(), random.next());
    } catch (error) {
      this.#fail(error);
      this.#policy.answered(job, { kind: 'aborted' }, clock.nowMs(), 0);
    }
    this.#wake.now();
  }

  #deliver(job: Job, outcome: CaptureOutcome): void {
    for (const capture of job.captures) {
      const settled = this.#tell(capture, outcome).finally(() => {
        this.#unsettled.delete(settled);
        this.#wake.now();
      });
      this.#unsettled.add(settled);
    }
  }

  async #tell(capture: Capture, outcome: CaptureOutcome): Promise<void> {
    try {
      await this.#listener.onOutcome(capture, outcome);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** An error that no policy can deal with: ends everything, and the run rejects with it. */
  #fail(error: unknown): void {
    this.#crash ??= { error };
    this.#requests.abort();
    this.stop({ code: 'cancelled' });
  }

  /** Ends what is in flight when its grace is over; else says when that will be. */
  #endGrace(): number {
    const { stopped } = this.#policy;
    if (stopped === undefined || !isCutShort(stopped.failure.code) || this.#requests.signal.aborted) {
      return Number.POSITIVE_INFINITY;
    }
    const endMs = stopped.atMs + (this.#options.graceMs ?? GRACE_MS);
    if (this.#ports.clock.nowMs() >= endMs) {
      this.#requests.abort();
    }
    return endMs;
  }
}

/** Whether a stop ends what is in flight after the grace. Otherwise it may finish: it is paid for already. */
function isCutShort(code: ErrorCodeName): boolean {
  return code === 'cancelled' || code === 'time_limit';
}

function failureOf(reason: unknown): Failure {
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const { code } = reason;
    if (typeof code === 'string' && Object.hasOwn(errorCodes, code)) {
      return {
        code: code as ErrorCodeName,
        ...('detail' in reason && typeof reason.detail === 'string' ? { detail: reason.detail } : {}),
      };
    }
  }
  return { code: 'cancelled', ...(typeof reason === 'string' ? { detail: reason } : {}) };
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

  async wait(delayMs: number): Promise<void> {
    if (!this.#happened) {
      this.#sleeping = new AbortController();
      await this.#clock.sleep(delayMs, this.#sleeping.signal).catch(() => {});
      this.#sleeping = undefined;
    }
    this.#happened = false;
  }
}
