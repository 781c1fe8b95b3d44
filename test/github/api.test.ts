import { describe, expect, test } from 'vitest';
import { connectGithub, type GithubApi, readRefusal } from '../../src/github/api.ts';
import type { Clock } from '../../src/system/ports.ts';
import { serve } from '../helpers/serve.ts';

type TestClock = Pick<Clock, 'sleep' | 'date' | 'nowMs'> & { readonly slept: readonly number[] };

/** A clock whose time passes where `ends` lets a sleep end. */
function clockOf(ends: (delayMs: number) => Promise<unknown>): TestClock {
  let nowMs = 0;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    date: () => new Date(nowMs),
    sleep: async (delayMs) => {
      const endMs = nowMs + delayMs;
      await ends(delayMs);
      slept.push(delayMs);
      nowMs = Math.max(nowMs, endMs);
    },
  };
}

const never = new Promise(() => {});

/** For servers that answer: only pauses of this length end. */
const clockOfPauses = (pauseMs: number): TestClock => clockOf((delayMs) => (delayMs === pauseMs ? Promise.resolve() : never));

/** A server that answers nothing, and a clock by which an attempt has waited in vain once `atOnce` more requests are there. */
async function startSilence(atOnce: number) {
  let due = atOnce;
  let wake = Promise.withResolvers<void>();
  const server = await serve(() => {
    due -= 1;
    if (due === 0) {
      wake.resolve();
      wake = Promise.withResolvers();
      due = atOnce;
    }
  });
  return { ...server, clock: clockOf((delayMs) => (delayMs === 1_000 ? Promise.resolve() : wake.promise)) };
}

/** Asks once and gives back how that was refused, and what it took. */
async function ask(apiUrl: string, clock: TestClock, route = 'GET /user') {
  const startMs = clock.nowMs();
  const api = await connectGithub('ghs_test', apiUrl, clock);
  const error = await api.request(route).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const refusal = readRefusal(error);
  return { status: refusal?.status, message: refusal?.message, tookMs: clock.nowMs() - startMs };
}

describe('a GitHub that never answers', () => {
  test('costs 20 s in all, with the pauses, however many clients ask however often', async () => {
    await using silence = await startSilence(1);
    const { url, clock } = silence;
    expect(await ask(url, clock)).toEqual({ status: 0, message: 'it took longer than 9 s', tookMs: 20_000 });
    expect(clock.slept).toEqual([10_000, 1_000, 9_000]);
    const tired = { status: 0, message: expect.stringContaining('did not answer before'), tookMs: 0 };
    expect(await ask(url, clock)).toEqual(tired);
    expect(await ask(url, clock, 'POST /user/repos')).toEqual(tired);
  });

  test.each<[string, (api: GithubApi) => Promise<unknown>]>([
    ['GraphQL', (api) => api.graphql('query { viewer { login } }')],
    ['a list of many pages', (api) => api.paginate('GET /user/repos')],
    ['what is sent', (api) => api.request('PUT /user/starred/{owner}/{repo}', { owner: 'o', repo: 'r' })],
  ])('costs no more for %s', async (_, call) => {
    await using silence = await startSilence(1);
    const error = await call(await connectGithub('ghs_test', silence.url, silence.clock)).catch((thrown: unknown) => thrown);
    expect(readRefusal(error)?.message).toMatch(/^it took longer than (9|10) s$/);
  });

  test('is not waited for when the run is stopped, nor asked again', async () => {
    const stop = new AbortController();
    let requests = 0;
    await using silence = await serve(() => {
      requests += 1;
      stop.abort('stopped');
    });
    const api = await connectGithub(
      'ghs_test',
      silence.url,
      clockOf(() => never),
      stop.signal,
    );
    expect(await api.request('GET /user').catch((thrown: unknown) => thrown)).toBe('stopped');
    expect(await api.request('GET /user').catch((thrown: unknown) => thrown)).toBe('stopped');
    expect(requests).toBe(1);
  });

  test('costs no more when several requests wait at once', async () => {
    await using silence = await startSilence(3);
    const askAll = () => Promise.all([1, 2, 3].map(() => ask(silence.url, silence.clock, 'POST /user/repos')));
    const inVain = { status: 0, message: 'it took longer than 10 s' };
    expect(await askAll()).toMatchObject([inVain, inVain, inVain]);
    expect(await askAll()).toMatchObject([inVain, inVain, inVain]);
    expect(silence.clock.nowMs()).toBe(20_000);
    expect((await askAll())[0]?.message).toContain('did not answer before');
  });

  test('is still asked where it only refused to connect, which took no time', async () => {
    const { url } = await (async () => {
      await using closed = await serve(() => {});
      return closed;
    })();
    const clock = clockOfPauses(1_000);
    for (const _ of [1, 2, 3]) {
      expect(await ask(url, clock)).toMatchObject({ status: 0, message: expect.stringContaining('ECONNREFUSED') });
    }
    expect(clock.slept).toEqual([1_000, 1_000, 1_000]);
  });
});

test('an answer that says that GitHub broke down is an answer, and uses up no patience', async () => {
  await using broken = await serve((_, response) => response.writeHead(502).end());
  const clock = clockOfPauses(1_000);
  for (const _ of Array.from({ length: 30 })) {
    expect((await ask(broken.url, clock)).status).toBe(502);
  }
  expect(clock.slept).toHaveLength(30);
});

test('the waits that GitHub asks for are a minute at most, all requests together', async () => {
  await using busy = await serve((_, response) => response.writeHead(429, { 'retry-after': '25' }).end());
  const clock = clockOfPauses(25_000);
  const took = [];
  for (const _ of [1, 2, 3]) {
    took.push((await ask(busy.url, clock)).tookMs);
  }
  expect(took).toEqual([25_000, 25_000, 0]);
});

test('an answer that ends too soon is none', async () => {
  await using cutting = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '100' });
    response.write('[{"id": 1', () => response.destroy());
  });
  expect(await ask(cutting.url, clockOfPauses(1_000))).toMatchObject({ status: 0, message: 'the answer was cut off' });
});
