import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { answers, startFakeService } from './fake-service.ts';

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body: '{"url":"https://example.test/"}', redirect: 'manual', ...init });

test('answers in the order of its list, repeats the last one and records what it was asked', async () => {
  await using service = await startFakeService({
    script: [answers.error('engine_busy', { retryAfter: 2, message: 'full' }), answers.htmlPage(), answers.picture()],
  });

  const busy = await ask(service.url, { headers: { authorization: 'Bearer k' } });
  expect([busy.status, busy.headers.get('retry-after'), await busy.json()]).toEqual([
    503,
    '2',
    { error: 'engine_busy', message: 'full' },
  ]);
  expect((await ask(service.url)).headers.get('content-type')).toContain('text/html');
  expect((await ask(service.url)).headers.get('content-type')).toBe('image/png');
  expect((await ask(service.url)).status).toBe(200);

  expect(service.requests.map((request) => request.status)).toEqual([503, 502, 200, 200]);
  expect(service.requests[0]).toMatchObject({
    method: 'POST',
    path: '/v1/screenshot',
    headers: { authorization: 'Bearer k' },
    body: { url: 'https://example.test/' },
    abandoned: false,
  });
});

test.each(['before-headers', 'after-headers', 'mid-body'] as const)('resets the connection %s', async (when) => {
  await using service = await startFakeService({ script: answers.reset(when) });
  const whole = ask(service.url).then((answer) => answer.arrayBuffer());
  await expect(whole).rejects.toThrow();
  expect(service.requests).toHaveLength(1);
});

test.each(['silence', 'stall'] as const)('a client that gives up on a %s is recorded as gone', async (kind) => {
  await using service = await startFakeService({ script: answers[kind]() });
  const signal = AbortSignal.timeout(200);
  await expect(ask(service.url, { signal }).then((answer) => answer.arrayBuffer())).rejects.toThrow();
  while (service.requests[0]?.endMs === undefined) {
    await sleep(5);
  }
  expect(service.requests[0]?.abandoned).toBe(true);
});

test('refuses what is beyond its capacity', async () => {
  await using service = await startFakeService({ capacity: { slots: 2, serviceTimeMs: 100, retryAfter: 3 } });
  const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await ask(service.url)).status));
  expect(statuses.sort()).toEqual([200, 200, 503, 503]);
  expect(service.peakConcurrency).toBeGreaterThan(2);
});

test('refuses what is beyond the rate of the account', async () => {
  await using service = await startFakeService({ rateLimit: { requests: 2, windowMs: 60_000 } });
  const statuses: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    statuses.push((await ask(service.url)).status);
  }
  expect(statuses).toEqual([200, 200, 429]);
});
