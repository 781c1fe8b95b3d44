import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttemptResult } from '../../src/capture/outcome.ts';
import { defaultApi } from '../../src/services/registry.ts';
import {
  failure,
  makeCaptures,
  picture,
  runInVirtualTime,
  type VirtualRun,
  type VirtualRunSetup,
} from '../helpers/virtual-run.ts';

/** Floating-point sums of times. */
const epsilonMs = 1e-6;

const retryAfterMs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 500, 1000, 2000, 7000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
);
const refusal = fc
  .record({ code: fc.constantFrom('engine_busy', 'rate_limited'), retryAfterMs }, { requiredKeys: ['code'] })
  .map(({ code, ...rest }): AttemptResult => failure(code as 'engine_busy', rest));
const ownRetryAfter = retryAfterMs.map((ms) => failure('unexpected_response', { status: 502, retryAfterMs: ms }));
const plainFault = fc.constantFrom(
  failure('network_error'),
  failure('network_error', { neverSent: true }),
  failure('attempt_timeout'),
  failure('render_timeout', { status: 504 }),
  failure('unexpected_response', { status: 502 }),
  failure('unexpected_response', { status: 200 }),
  failure('unexpected_response', { status: 302 }),
  failure('selector_not_found', { status: 400 }),
);
const fault = fc.oneof({ weight: 2, arbitrary: plainFault }, { weight: 1, arbitrary: ownRetryAfter });
const stop = fc.constantFrom(failure('payment_required', { status: 402 }), failure('invalid_api_key', { status: 401 }));

/** What the service does with each request in turn, over and over. */
const script = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0, 20_000, 60_000)),
    result: fc.oneof(
      { weight: 60, arbitrary: fc.constant(picture) },
      { weight: 25, arbitrary: refusal },
      { weight: 14, arbitrary: fault },
      { weight: 1, arbitrary: stop },
    ),
  }),
  { minLength: 1, maxLength: 40 },
);

const options = fc.record({
  concurrency: fc.integer({ min: 1, max: 30 }),
  maxAttempts: fc.integer({ min: 1, max: 7 }),
  retryBudgetMs: fc.constantFrom(0, 1000, 30_000, 300_000),
  timeLimitMs: fc.constantFrom(0, 0, 1, 20_000, 90_000),
  maxCaptures: fc.constantFrom(0, 0, 1, 7, 30),
  graceMs: fc.constantFrom(0, 3000),
  billing: fc.constantFrom(defaultApi.billing, 'free' as const),
});

const runs = fc
  .record({
    count: fc.integer({ min: 0, max: 60 }),
    twins: fc.boolean(),
    script,
    options,
    seed: fc.integer(),
    abortAtMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined, freq: 6 }),
  })
  .map(({ count, twins, script: answers, options: chosen, seed, abortAtMs }): Checked => {
    const captures = makeCaptures(count);
    const doubled = captures.map((capture) => ({ ...capture, id: `${capture.id}-again` }));
    return {
      captures: twins ? [...captures, ...doubled] : captures,
      options: chosen,
      seed,
      answer: (_url, nth) => answers[nth % answers.length]!,
      ...(abortAtMs === undefined ? {} : { abort: { atMs: abortAtMs, reason: 'SIGTERM' } }),
    };
  });

type Checked = VirtualRunSetup & Required<Pick<VirtualRunSetup, 'options'>>;

function forAllRuns(check: (run: VirtualRun, setup: Checked) => void | Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(runs, async (setup) => check(await runInVirtualTime(setup), setup)),
    { numRuns: 300 },
  );
}

test('every capture ends exactly once', () =>
  forAllRuns((run, { captures }) => {
    expect([...run.calls].sort()).toEqual(captures.map(({ id }) => id).sort());
  }));

test('exactly those captures are skipped for which nothing was sent', () =>
  forAllRuns((run) => {
    for (const { status, attempts } of run.outcomes.values()) {
      expect(status === 'skipped').toBe(attempts === 0);
    }
  }));

test('nothing is sent while the run is held back', () =>
  forAllRuns((run) => {
    let heldUntilMs = 0;
    for (const event of run.events) {
      if (event.kind === 'held-back') {
        heldUntilMs = Math.max(heldUntilMs, event.atMs + event.holdMs);
      } else if (event.kind === 'sent') {
        expect(event.atMs).toBeGreaterThanOrEqual(heldUntilMs - epsilonMs);
      }
    }
  }));

test('no hold is shorter than the service asks', () =>
  forAllRuns((run) => {
    for (const event of run.events) {
      if (event.kind === 'held-back') {
        expect(event.holdMs).toBeGreaterThanOrEqual((event.retryAfterMs ?? 0) - epsilonMs);
      }
    }
  }));

test('no capture waits on its own account for longer than the run may', () =>
  forAllRuns((run, { options: { retryBudgetMs } }) => {
    for (const event of run.events) {
      if (event.kind === 'retry') {
        // 30 s: the longest wait of our own choosing.
        expect(event.delayMs).toBeLessThanOrEqual(Math.max(30_000, retryBudgetMs!));
      }
    }
  }));

test('nothing is held back once the run has stopped', () =>
  forAllRuns((run) => {
    const stopped = run.events.findIndex(({ kind }) => kind === 'stopped');
    const after = stopped < 0 ? [] : run.events.slice(stopped + 1);
    expect(after.filter(({ kind }) => kind === 'held-back' || kind === 'probing')).toEqual([]);
  }));

test('after a hold one request goes ahead, and the next waits until it is accepted or lost', () =>
  forAllRuns((run) => {
    for (const { fromMs, toMs } of probingTimes(run)) {
      const probes = run.sent.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
      for (const [at, probe] of probes.entries()) {
        expect(probe.atMs).toBeGreaterThanOrEqual(probes[at - 1]?.endMs ?? 0);
      }
    }
  }));

function probingTimes({ events, endMs }: VirtualRun): { fromMs: number; toMs: number }[] {
  return events.flatMap((event, at) => {
    const next = events.slice(at + 1).find(({ kind }) => kind === 'opened' || kind === 'held-back' || kind === 'stopped');
    return event.kind === 'probing' ? [{ fromMs: event.atMs, toMs: next?.atMs ?? endMs }] : [];
  });
}

test('there are never more requests in flight than allowed', () =>
  forAllRuns((run, { options: { concurrency } }) => {
    for (const { inFlight } of run.sent) {
      expect(inFlight).toBeLessThanOrEqual(concurrency!);
    }
  }));

test('no budget is exceeded', () =>
  forAllRuns((run, { options: { maxAttempts, timeLimitMs, maxCaptures, graceMs, billing } }) => {
    const { service } = run;
    for (const { timeline } of run.outcomes.values()) {
      const results = timeline.flatMap((entry) => (entry.kind === 'request' ? entry.result : []));
      const ofPage = results.filter((result) => !['image', 'abandoned', ...ofTheWay].includes(result));
      expect(ofPage.length).toBeLessThanOrEqual(maxAttempts!);
    }
    if (timeLimitMs! > 0) {
      expect(Math.max(0, ...run.sent.map(({ atMs }) => atMs))).toBeLessThan(timeLimitMs!);
      expect(run.endMs).toBeLessThanOrEqual(timeLimitMs! + graceMs! + epsilonMs);
    }
    if (maxCaptures! > 0 && billing !== 'free') {
      expect(service.credits + service.possiblyBilled).toBeLessThanOrEqual(maxCaptures!);
    }
  }));

/** Codes that may tell of the service or of the way to it, and nothing of the page. */
const ofTheWay = ['engine_busy', 'rate_limited', 'network_error', 'unexpected_response'];

test('the run is never held back for longer than its budget without a picture', () =>
  forAllRuns((run, { options: { retryBudgetMs } }) => {
    let [closedMs, spentMs, seenMs]: [number | undefined, number, number] = [undefined, 0, 0];
    const pass = (nowMs: number): void => {
      const pictureMs = run.pictureMs.filter((atMs) => atMs > seenMs && atMs <= nowMs).at(-1);
      spentMs =
        (pictureMs === undefined ? spentMs : 0) +
        (closedMs === undefined ? 0 : nowMs - Math.max(pictureMs ?? 0, closedMs, seenMs));
      seenMs = nowMs;
    };
    for (const event of run.events) {
      if (event.kind === 'held-back') {
        pass(event.atMs);
        closedMs ??= event.atMs;
        expect(spentMs + event.holdMs).toBeLessThanOrEqual(retryBudgetMs! + epsilonMs);
      } else if (event.kind === 'opened') {
        pass(event.atMs);
        closedMs = undefined;
      }
    }
  }));

test('after a cancellation nothing is sent, and the run ends within its grace', () =>
  forAllRuns((run, { abort, options: { graceMs } }) => {
    if (abort !== undefined && run.stopped?.code === 'cancelled') {
      expect(run.stopped.detail).toBe('SIGTERM');
      for (const { atMs } of run.sent) {
        expect(atMs).toBeLessThanOrEqual(abort.atMs);
      }
      expect(run.endMs).toBeLessThanOrEqual(abort.atMs + graceMs! + epsilonMs);
    }
  }));

test('the account of the run is what was sent', () =>
  forAllRuns((run, { options: { billing } }) => {
    const bodies = new Map([...run.outcomes].map(([id, outcome]) => [id.replace(/-again$/, ''), outcome]));
    const attempts = [...bodies.values()].reduce((sum, outcome) => sum + outcome.attempts, 0);
    expect(run.service.requests).toBe(run.sent.length);
    expect(run.service.requests).toBe(attempts);
    const captured = [...bodies.values()].filter(({ status }) => status === 'captured').length;
    expect(run.service.credits).toBe(billing !== 'free' ? captured : 0);
    const started = [...bodies.values()].filter((outcome) => outcome.attempts > 0).length;
    expect(run.service.retries).toBe(run.sent.length - started);
  }));

test('the timeline of a capture holds its requests and waits without gaps', () =>
  forAllRuns((run) => {
    for (const { timeline, attempts } of run.outcomes.values()) {
      for (const [at, entry] of timeline.entries()) {
        const before = timeline[at - 1];
        expect(entry.durationMs).toBeGreaterThanOrEqual(0);
        if (before !== undefined) {
          expect(entry.startMs).toBeCloseTo(before.startMs + before.durationMs, 5);
        }
      }
      const requests = timeline.filter(({ kind }) => kind === 'request').length;
      expect(attempts - requests).toBeOneOf([0, 1]);
    }
  }));

test('the same seed gives the same schedule', () =>
  forAllRuns(async (run, setup) => {
    const again = await runInVirtualTime(setup);
    expect(again.sent).toEqual(run.sent);
    expect(again.endMs).toBe(run.endMs);
  }));
