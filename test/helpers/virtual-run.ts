import { defined } from '../../src/basics/record.ts';
import type { CaptureClient } from '../../src/capture/client.ts';
import type { AttemptResult, CapturedImage, CaptureOutcome } from '../../src/capture/outcome.ts';
import {
  runCaptures,
  type SchedulerEvent,
  type SchedulerListener,
  type SchedulerOptions,
  type SchedulerResult,
} from '../../src/capture/scheduler.ts';
import type { ErrorCodeName } from '../../src/errors/codes.ts';
import type { Capture } from '../../src/plan/capture.ts';
import { defaultApi } from '../../src/services/registry.ts';
import type { Random } from '../../src/system/ports.ts';
import { renderRequest } from './request.ts';
import { seededRandom, VirtualClock } from './virtual-time.ts';

/** A picture for tests that do not look at it. */
export const anyImage: CapturedImage = { bytes: new Uint8Array(0), format: 'png', size: { width: 1, height: 1 } };
export const picture: AttemptResult = { kind: 'image', image: anyImage };

export function failure(
  code: ErrorCodeName,
  rest: { status?: number; retryAfterMs?: number; neverSent?: true } = {},
): AttemptResult {
  const { status, retryAfterMs: ms, ...others } = rest;
  const retryAfter = ms === undefined ? undefined : { ms, unsure: false };
  return { kind: 'failure', failure: { code, ...defined({ status }) }, ...others, ...defined({ retryAfter }) };
}

/** Captures that differ in their URL alone, which ends in the capture's number. */
export function makeCaptures(count: number, from = 0): Capture[] {
  return Array.from({ length: count }, (_, at) => makeCapture(`page-${from + at}`));
}

export function makeCapture(name: string, url = `https://site.example/${name}`): Capture {
  return {
    id: `${name}/small`,
    name,
    viewport: { name: 'small', width: 320, height: 200, scale: 1 },
    page: { kind: 'url', url },
    settings: { format: 'png' },
    compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
  };
}

export const ordinaryOptions: SchedulerOptions = {
  concurrency: 8,
  maxAttempts: 6,
  retryBudgetMs: 300_000,
  timeLimitMs: 0,
  maxCaptures: 0,
  billing: defaultApi.billing,
};

export interface Sent {
  readonly atMs: number;
  readonly url: string;
  /** Infinity while the request is under way. */
  endMs: number;
  /** Requests under way, this one included. */
  readonly inFlight: number;
}

export interface VirtualRun extends SchedulerResult {
  /** How each capture ended, by its id, in the order in which they ended. */
  readonly outcomes: ReadonlyMap<string, CaptureOutcome>;
  /** Ids, one for each call of the listener. */
  readonly calls: readonly string[];
  readonly events: readonly SchedulerEvent[];
  readonly sent: readonly Sent[];
  /** When pictures arrived. */
  readonly pictureMs: readonly number[];
  readonly endMs: number;
}

export interface VirtualRunSetup {
  readonly captures: readonly Capture[];
  readonly options?: Partial<SchedulerOptions>;
  /** What a request comes to; `nth` counts all requests from 0. Ended by the signal as a client does. */
  readonly answer: (
    url: string,
    nth: number,
    clock: VirtualClock,
  ) => { readonly afterMs: number; readonly result: AttemptResult };
  readonly seed?: number;
  readonly abort?: { readonly atMs: number; readonly reason?: unknown };
  readonly onOutcome?: SchedulerListener['onOutcome'];
  readonly onEvent?: SchedulerListener['onEvent'];
  /** Default: a seeded one. */
  readonly random?: Random;
}

/** Runs the scheduler in virtual time against a scripted service. */
export async function runInVirtualTime(setup: VirtualRunSetup): Promise<VirtualRun> {
  const clock = new VirtualClock();
  const outcomes = new Map<string, CaptureOutcome>();
  const calls: string[] = [];
  const events: SchedulerEvent[] = [];
  const sent: Sent[] = [];
  const pictureMs: number[] = [];
  let inFlight = 0;

  const send: CaptureClient['send'] = async ({ body }, signal) => {
    const url = String((JSON.parse(body ?? '') as { url: string }).url);
    inFlight += 1;
    const { afterMs, result } = setup.answer(url, sent.length, clock);
    const request: Sent = { atMs: clock.nowMs(), url, endMs: Number.POSITIVE_INFINITY, inFlight };
    sent.push(request);
    try {
      await clock.sleep(afterMs, signal);
      if (result.kind === 'image') {
        pictureMs.push(clock.nowMs());
      }
      return result;
    } catch {
      return { kind: 'aborted' };
    } finally {
      inFlight -= 1;
      request.endMs = clock.nowMs();
    }
  };

  const cancel = new AbortController();
  if (setup.abort !== undefined) {
    const { atMs, reason } = setup.abort;
    void clock.sleep(atMs).then(() => cancel.abort(reason));
  }
  const result = await clock.run(
    runCaptures(
      setup.captures,
      { ...ordinaryOptions, ...setup.options },
      { render: renderRequest, send, clock, random: setup.random ?? seededRandom(setup.seed ?? 1) },
      {
        onOutcome: (capture, outcome, takeAgain) => {
          calls.push(capture.id);
          outcomes.set(capture.id, outcome);
          return setup.onOutcome?.(capture, outcome, takeAgain);
        },
        onEvent: (event) => {
          events.push(event);
          setup.onEvent?.(event);
        },
      },
      cancel.signal,
    ),
  );
  return { ...result, outcomes, calls, events, sent, pictureMs, endMs: clock.nowMs() };
}
