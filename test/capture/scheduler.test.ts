import { describe, expect, test } from 'vitest';
import { defined } from '../../src/basics/record.ts';
import type { AttemptResult } from '../../src/capture/outcome.ts';
import { failure, makeCapture, makeCaptures, picture, runInVirtualTime } from '../helpers/virtual-run.ts';

const take = { afterMs: 1000, result: picture };
const ends = (afterMs: number, result: AttemptResult) => ({ afterMs, result });
const busy = (retryAfterMs?: number): AttemptResult => failure('engine_busy', { status: 503, ...defined({ retryAfterMs }) });

describe('holding everything back', () => {
  test('one refusal holds every capture, one goes ahead, the others follow', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(8),
      options: { concurrency: 3 },
      answer: (_, nth) => (nth === 0 ? ends(100, busy(5000)) : take),
    });
    const later = run.sent.filter(({ atMs }) => atMs > 100);
    expect(later[0]?.atMs).toBeGreaterThanOrEqual(5100);
    expect(later[1]?.atMs).toBeGreaterThan(later[0]?.atMs ?? 0);
    expect(run.service.heldBackMs).toBeGreaterThanOrEqual(5000);
    expect([...run.outcomes.values()].every(({ status }) => status === 'captured')).toBe(true);
  });

  test('a late refusal of a request that was sent before the cut does not cut again, but its Retry-After counts', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(40),
      // The second refusal comes when the gate has been open again for a while.
      answer: (_, nth) => (nth === 2 ? ends(100, busy(1000)) : nth === 3 ? ends(4000, busy(3000)) : take),
    });
    expect(run.events.filter(({ kind }) => kind === 'ceiling')).toHaveLength(1);
    expect(run.sent.filter(({ atMs }) => atMs > 4000 && atMs < 7000)).toEqual([]);
  });

  test('refusals that come together are one hold, not a growing one', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(20),
      answer: (_, nth) => (nth < 4 ? ends(100 + nth, busy()) : take),
    });
    expect(run.service.heldBackMs).toBeLessThan(1200);
  });

  test('a Retry-After beyond what is left ends the run at once and says so', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(3),
      options: { concurrency: 1, retryBudgetMs: 60_000 },
      answer: () => ends(10, busy(3_600_000)),
    });
    expect(run.endMs).toBe(10);
    expect(run.stopped).toMatchObject({
      code: 'engine_busy',
      detail: 'the service asks to wait 3600 s, but retry-budget leaves only 60 s',
    });
    expect(
      ['page-0', 'page-1', 'page-2'].map((name) => run.outcomes.get(`${name}/small`)).map((one) => [one?.status, one?.attempts]),
    ).toEqual([
      ['failed', 1],
      ['skipped', 0],
      ['skipped', 0],
    ]);
  });
});

test('a Retry-After beyond the time limit names that limit', async () => {
  const run = await runInVirtualTime({
    captures: makeCaptures(1),
    options: { retryBudgetMs: 60_000, timeLimitMs: 5000 },
    answer: () => ends(10, busy(30_000)),
  });
  expect(run.stopped?.detail).toBe('the service asks to wait 30 s, but time-limit leaves only 4.9 s');
});

test('a capture whose own Retry-After is beyond what is left fails at once, and the others go on', async () => {
  const badGateway = failure('unexpected_response', { status: 502, retryAfterMs: 86_400_000 });
  const run = await runInVirtualTime({
    captures: makeCaptures(3),
    answer: (_, nth) => (nth === 0 ? ends(100, badGateway) : take),
  });
  expect(run.endMs).toBeLessThan(10_000);
  expect([...run.outcomes.values()].map(({ status }) => status)).toEqual(['failed', 'captured', 'captured']);
  expect(run.outcomes.get('page-0/small')).toMatchObject({
    failure: { status: 502, detail: 'the service asks to wait 86400 s, but retry-budget leaves only 300 s' },
  });
});

test('a refusal that comes after the run has stopped holds nothing back', async () => {
  const run = await runInVirtualTime({
    captures: makeCaptures(20),
    answer: (_, nth) => (nth === 0 ? ends(100, failure('payment_required', { status: 402 })) : ends(200, busy(15_000))),
  });
  expect(run.service.heldBackMs).toBe(0);
  expect(run.endMs).toBe(200);
  expect(run.events.at(-1)).toMatchObject({ kind: 'stopped', atMs: 100 });
});

test('the time that the run was held back is told in whole milliseconds', async () => {
  const run = await runInVirtualTime({
    captures: makeCaptures(1),
    answer: (_, nth) => (nth === 0 ? ends(100, busy(1000)) : take),
  });
  expect(run.service.heldBackMs).toBeGreaterThan(1000);
  expect(Number.isInteger(run.service.heldBackMs)).toBe(true);
});

test('the time of a picture is that of the request that brought it, with no waiting', async () => {
  const run = await runInVirtualTime({
    captures: makeCaptures(1),
    answer: (_, nth) => (nth === 0 ? ends(100, busy(5000)) : take),
  });
  expect(run.outcomes.get('page-0/small')).toMatchObject({ attempts: 2, image: { requestMs: 1000 } });
});

describe('stops', () => {
  test.each(['invalid_api_key', 'payment_required', 'insufficient_scope', 'engine_unavailable'] as const)(
    '%s ends the run, what is in flight may finish',
    async (code) => {
      const run = await runInVirtualTime({
        captures: makeCaptures(10),
        options: { concurrency: 2 },
        answer: (_, nth) => (nth === 0 ? ends(10, failure(code)) : ends(20_000, picture)),
      });
      const statuses = [...run.outcomes.values()].map(({ status }) => status);
      expect(statuses.filter((status) => status === 'failed')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'captured')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'skipped')).toHaveLength(8);
      expect(run.stopped?.code).toBe(code);
    },
  );

  test('what was tried has failed with the reason of the stop, what was not is skipped with it', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(5),
      options: { concurrency: 3, graceMs: 0 },
      answer: (_, nth) =>
        [ends(10, failure('render_timeout')), ends(60_000, picture), ends(100, failure('payment_required'))][nth] ?? take,
      abort: { atMs: 200 },
    });
    expect([...run.outcomes].map(([id, one]) => [id, one.status, 'failure' in one ? one.failure.code : '']).sort()).toEqual([
      ['page-0/small', 'failed', 'payment_required'],
      ['page-1/small', 'failed', 'payment_required'],
      ['page-2/small', 'failed', 'payment_required'],
      ['page-3/small', 'failed', 'payment_required'],
      ['page-4/small', 'skipped', 'payment_required'],
    ]);
  });

  test('a stop counts the captures that have no picture, and apart from them those under way', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(6),
      options: { concurrency: 2 },
      answer: (_, nth) =>
        [ends(10, picture), ends(20, failure('bad_request')), ends(9000, picture)][nth] ?? ends(50, failure('payment_required')),
    });
    expect(run.events.find(({ kind }) => kind === 'stopped')).toMatchObject({ undone: 4, underWay: 1 });
  });

  test('a cancellation gives what is in flight its grace, also after another stop', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(10),
      options: { concurrency: 2, graceMs: 3000 },
      answer: (_, nth) => (nth === 0 ? ends(10, failure('payment_required')) : ends(60_000, picture)),
      abort: { atMs: 5000 },
    });
    expect(run.endMs).toBe(8000);
  });

  test('the reason of the signal becomes the code', async () => {
    const abort = { atMs: 500, reason: { code: 'time_limit', detail: 'the job is nearly over' } };
    const run = await runInVirtualTime({ captures: makeCaptures(2), answer: () => take, abort, options: { graceMs: 0 } });
    expect(run.stopped).toEqual(abort.reason);
  });

  test.each([
    ['a name that never resolves', 5, failure('network_error', { neverSent: true })],
    ['a gateway without a service', 80, failure('unexpected_response', { status: 502 })],
    ['a host that never answers', 15_000, failure('attempt_timeout')],
  ])('%s ends the run after 45 s with one failure', async (_, afterMs, result) => {
    const run = await runInVirtualTime({ captures: makeCaptures(200), answer: () => ends(afterMs, result) });
    expect(run.stopped?.detail).toContain('the service has answered nothing in 45 s');
    expect(run.stopped?.code).toBe(result.kind === 'failure' ? result.failure.code : undefined);
    expect(run.endMs).toBeGreaterThanOrEqual(45_000);
    expect(run.endMs).toBeLessThanOrEqual(45_000 + afterMs);
    expect(run.sent.length).toBeLessThan(30);
    for (const { status, attempts } of run.outcomes.values()) {
      expect(status).toBe(attempts === 0 ? 'skipped' : 'failed');
    }
  });

  test('the cap on credits is exact, and says which captures were left', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(9), options: { maxCaptures: 4 }, answer: () => take });
    expect(run.service.credits).toBe(4);
    expect(run.stopped?.code).toBe('capture_limit');
    expect([...run.outcomes.values()].filter(({ status }) => status === 'skipped')).toHaveLength(5);
  });

  test('a run that ends just at its time limit has not been stopped', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(1), options: { timeLimitMs: 1000 }, answer: () => take });
    expect(run.stopped).toBeUndefined();
  });
});

test('identical requests are sent once and shared', async () => {
  const twins = [makeCapture('a', 'https://x.example/'), makeCapture('b', 'https://x.example/')];
  const run = await runInVirtualTime({ captures: twins, answer: () => take });
  expect(run.sent).toHaveLength(1);
  expect(run.service.credits).toBe(1);
  expect(run.outcomes.get('a/small')).toEqual(run.outcomes.get('b/small'));
});

test('waits are told with their reason', async () => {
  const run = await runInVirtualTime({
    captures: makeCaptures(1),
    answer: (_, nth) => (nth === 0 ? ends(100, busy(2000)) : nth === 1 ? ends(100, failure('network_error')) : take),
  });
  const { timeline } = run.outcomes.get('page-0/small')!;
  expect(timeline.map((entry) => (entry.kind === 'wait' ? entry.reason : entry.result))).toEqual([
    'engine_busy',
    'engine_busy',
    'network_error',
    'network_error',
    'image',
  ]);
});

describe('a broken way to the service', () => {
  const broken = ends(20, failure('network_error'));
  const during = (clock: { nowMs(): number }, fromMs: number, toMs: number): boolean =>
    clock.nowMs() >= fromMs && clock.nowMs() < toMs;

  test('holds every capture, one request at a time looks, and nobody’s attempts are spent', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(100),
      options: { maxAttempts: 1 },
      answer: (_, __, clock) => (during(clock, 5000, 65_000) ? broken : take),
    });
    expect([...run.outcomes.values()].every(({ status }) => status === 'captured')).toBe(true);
    expect(run.sent.filter(({ atMs }) => atMs >= 8000 && atMs < 65_000).length).toBeLessThan(20);
    expect(run.endMs).toBeLessThan(105_000);
  });

  test('does not stay for what one capture does to its own connection', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(60),
      options: { maxAttempts: 4 },
      answer: (url) => (url.endsWith('page-1') ? broken : take),
    });
    expect(run.outcomes.get('page-1/small')).toMatchObject({ status: 'failed', attempts: 4 });
    expect([...run.outcomes.values()].filter(({ status }) => status === 'captured')).toHaveLength(59);
    expect(run.service.heldBackMs).toBe(0);
  });

  test('ends the run when nothing came through for the retry budget since the last picture', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(100),
      options: { retryBudgetMs: 60_000 },
      answer: (_, __, clock) => (clock.nowMs() >= 10_000 ? broken : take),
    });
    expect(run.stopped).toMatchObject({ code: 'network_error', detail: expect.stringContaining('retry-budget') });
    expect(run.endMs).toBeGreaterThan(60_000);
    expect(run.endMs).toBeLessThan(75_000);
  });
});

describe('the retry budget', () => {
  test('never stops a run that gets on, however often it is held back', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(50),
      options: { concurrency: 1, retryBudgetMs: 30_000 },
      answer: (_, nth) => (nth % 2 === 0 ? ends(100, busy(20_000)) : take),
    });
    expect(run.stopped).toBeUndefined();
    expect(run.service.heldBackMs).toBeGreaterThan(900_000);
  });

  test('refusals spend no attempts', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(1),
      options: { maxAttempts: 2 },
      answer: (_, nth) => (nth < 12 ? ends(100, busy(2000)) : take),
    });
    expect(run.outcomes.get('page-0/small')).toMatchObject({ status: 'captured', attempts: 13 });
  });
});

describe('a limit that an earlier run has met', () => {
  const minute = { requests: 20, windowMs: 60_000 };
  /** 20 in any minute; refusals do not count. */
  const limited = (limit: number) => {
    const sentMs: number[] = [];
    return (_: string, __: number, clock: { nowMs(): number }) => {
      const nowMs = clock.nowMs();
      if (sentMs.filter((atMs) => atMs > nowMs - 60_000).length >= limit) {
        return ends(50, failure('rate_limited', { status: 429 }));
      }
      sentMs.push(nowMs);
      return take;
    };
  };

  test('is told by the run that meets it', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(60), answer: limited(20) });
    expect(run.service.limit).toEqual(minute);
  });

  test('costs one refusal to find again, not a search', async () => {
    const learned = await runInVirtualTime({ captures: makeCaptures(60), answer: limited(20) });
    const known = await runInVirtualTime({ captures: makeCaptures(60), options: { knownLimit: minute }, answer: limited(20) });
    expect(known.service.requests).toBeLessThan(learned.service.requests);
    expect(known.service.requests).toBeLessThanOrEqual(65);
    expect(known.service.limit).toEqual(minute);
  });

  test('is forgotten when the account may send more by now', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(60), options: { knownLimit: minute }, answer: () => take });
    const unlimited = await runInVirtualTime({ captures: makeCaptures(60), answer: () => take });
    expect(run.endMs).toBeLessThan(unlimited.endMs + 2500);
    expect(run.service.limit).toBeUndefined();
  });

  test('is handed on by a run that did not reach it', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(5), options: { knownLimit: minute }, answer: () => take });
    expect(run.service.limit).toEqual(minute);
  });
});

describe('a request that hangs', () => {
  const hangs = ends(60_000, failure('attempt_timeout'));

  test('is sent once more when nothing else is left, and the first answer counts', async () => {
    const run = await runInVirtualTime({ captures: makeCaptures(30), answer: (_, nth) => (nth === 20 ? hangs : take) });
    const hedged = run.events.find(({ kind }) => kind === 'hedged');
    expect(hedged).toMatchObject({ capture: { id: 'page-20/small' }, afterMs: 5000 });
    expect(run.endMs).toBeLessThan(15_000);
    expect(run.service).toMatchObject({ requests: 31, retries: 1, credits: 30, possiblyBilled: 1 });
    expect(run.outcomes.get('page-20/small')).toMatchObject({ status: 'captured', attempts: 2 });
    expect(run.outcomes.get('page-20/small')?.timeline).toMatchObject([
      { kind: 'request', result: 'abandoned', durationMs: expect.closeTo(5000) },
      { kind: 'request', result: 'image', durationMs: expect.closeTo(1000) },
    ]);
  });

  test('counts when its answer comes first after all', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(30),
      answer: (_, nth) => (nth === 20 ? ends(6000, picture) : nth === 30 ? hangs : take),
    });
    expect(run.outcomes.get('page-20/small')).toMatchObject({
      status: 'captured',
      attempts: 2,
      image: { requestMs: expect.closeTo(6000) },
    });
  });

  test('is not sent once more beyond max-captures or max-attempts', async () => {
    for (const options of [{ maxCaptures: 30 }, { maxAttempts: 1 }]) {
      const run = await runInVirtualTime({
        captures: makeCaptures(30),
        options,
        answer: (_, nth) => (nth === 20 ? hangs : take),
      });
      expect(run.sent).toHaveLength(30);
    }
  });
});

describe('the listener', () => {
  test('a slow one delays new requests, never the gate or a repeat’s time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let told = 0;
    const run = runInVirtualTime({
      captures: makeCaptures(60),
      options: { concurrency: 2, timeLimitMs: 30_000 },
      answer: () => take,
      onOutcome: () => {
        told += 1;
        if (told === 60) {
          resolve();
        }
        return promise;
      },
    });
    // Its pictures are bounded, and the time limit is still kept.
    expect((await run).stopped?.code).toBe('time_limit');
    expect((await run).service.credits).toBeLessThanOrEqual(20);
  });
});

describe('whatever is thrown', () => {
  const broken = new Error('out of order');
  const throwIt = (): never => {
    throw broken;
  };
  /** The first two captures come to a picture, what is asked of the third throws. */
  const cases: readonly (readonly [who: string, setup: Partial<Parameters<typeof runInVirtualTime>[0]>])[] = [
    ['a request', { answer: (_, nth) => (nth < 2 ? take : throwIt()) }],
    ['who takes the outcomes', { onOutcome: ({ id }) => (id === 'page-2/small' ? throwIt() : undefined) }],
    ['who takes them, later', { onOutcome: async ({ id }) => (id === 'page-2/small' ? throwIt() : undefined) }],
    [
      'who is told of events',
      { onEvent: (event) => (event.kind === 'sent' && event.capture.id === 'page-2/small' ? throwIt() : undefined) },
    ],
    ['the policy, which is given chance', { random: { next: throwIt } }],
  ];
  test.each(cases)('by %s ends what is not finished as run_failed, and keeps what is', async (_, setup) => {
    const captures = makeCaptures(12);
    const run = await runInVirtualTime({ captures, options: { concurrency: 1 }, answer: () => take, ...setup });
    expect(run.fault).toBe(broken);
    expect(run.stopped).toEqual({ code: 'run_failed', detail: 'out of order' });
    expect(run.calls.toSorted()).toEqual(captures.map(({ id }) => id).toSorted());
    const ends = [...run.outcomes.values()];
    expect(ends.filter(({ status }) => status === 'captured')).toHaveLength(run.pictureMs.length - (setup.random ? 1 : 0));
    const others = ends.flatMap((outcome) => (outcome.status === 'captured' ? [] : [outcome.failure.code]));
    expect(new Set(others)).toEqual(new Set(['run_failed']));
  });

  test('a further take that is waited for ends too', async () => {
    const again: string[] = [];
    const run = await runInVirtualTime({
      captures: makeCaptures(1),
      answer: (_, nth) => (nth === 0 ? take : throwIt()),
      onOutcome: async (_, __, takeAgain) => void again.push((await takeAgain()).status),
    });
    expect([again, run.stopped?.code]).toEqual([['failed'], 'run_failed']);
  });
});
