import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/system/clock.ts';
import { answers } from '../helpers/fake-service.ts';
import { connectTo, listen, sendBy, sendTo, startService } from './support/connect.ts';

describe('connections that break', () => {
  test.each(['before-headers', 'after-headers', 'mid-body'] as const)('a reset %s', async (when) => {
    const result = await sendTo(answers.reset(when));
    expect(result).toMatchObject({ kind: 'failure', failure: { code: 'network_error' } });
    expect(result).not.toHaveProperty('neverSent');
  });

  test.each([
    ['refused', 'http://127.0.0.1:1/', 'refused'],
    ['an unknown host', 'https://no-such-host.invalid/', 'host name'],
  ])('%s: never sent, so never billed', async (_, url, detail) => {
    expect(await sendBy(connectTo(url))).toMatchObject({
      failure: { code: 'network_error', detail: expect.stringContaining(detail) },
      neverSent: true,
    });
  });

  test('no TLS at the other end', async () => {
    const service = await startService();
    expect(await sendBy(connectTo(service.url.replace('http:', 'https:')))).toMatchObject({
      failure: { code: 'network_error', detail: expect.stringContaining('TLS') },
      neverSent: true,
    });
  });

  test('the next request after a break is an ordinary one', async () => {
    const service = await startService([answers.reset(), answers.picture()]);
    const client = connectTo(service.url);
    expect((await sendBy(client)).kind).toBe('failure');
    expect((await sendBy(client)).kind).toBe('image');
  });
});

describe('time', () => {
  /** A clock whose only sleep ends when the test says so. */
  function handClock() {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { ring: resolve, clock: { ...systemClock, sleep: () => promise } };
  }

  test.each([
    ['silence', answers.silence()],
    ['an answer that stops half way', answers.stall()],
  ])('%s ends with the attempt’s timeout', async (_, answer) => {
    const service = await startService(answer);
    const { ring, clock } = handClock();
    const result = sendBy(connectTo(service.url, { clock, attemptTimeoutMs: 60_000 }));
    await vi.waitUntil(() => service.requests.length === 1);
    ring();
    expect(await result).toMatchObject({ failure: { code: 'attempt_timeout', detail: 'no whole answer within 60 s' } });
  });

  test('an abort ends the request at once, under way or not yet begun', async () => {
    const service = await startService(answers.silence());
    const client = connectTo(service.url);
    const cancel = new AbortController();
    const result = sendBy(client, cancel.signal);
    await vi.waitUntil(() => service.requests.length === 1);
    cancel.abort();
    expect(await result).toEqual({ kind: 'aborted' });
    expect(await sendBy(client, cancel.signal)).toEqual({ kind: 'aborted' });
    expect(service.requests).toHaveLength(1);
  });
});

test('there are no more connections than asked for', async () => {
  const service = await startService({ ...answers.picture(), delayMs: 30 });
  const client = connectTo(service.url, { maxConnections: 2 });
  await Promise.all(Array.from({ length: 6 }, () => sendBy(client)));
  expect(service.requests).toHaveLength(6);
  expect(service.peakConcurrency).toBe(2);
});

describe('proxies', () => {
  /** A proxy that notes where it was asked to tunnel to and refuses. */
  async function startProxy(): Promise<{ url: string; targets: string[] }> {
    const targets: string[] = [];
    const server = createServer();
    server.on('connect', (request, socket: Socket) => {
      targets.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    return { url: await listen(server), targets };
  }

  test('HTTPS_PROXY is used, and its refusal told', async () => {
    const proxy = await startProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    vi.stubEnv('https_proxy', proxy.url);
    const result = await sendBy(connectTo('https://api.example/v1/screenshot'));
    expect(proxy.targets).toContain('api.example:443');
    expect(result).toMatchObject({ failure: { code: 'network_error', detail: expect.stringContaining('403') }, neverSent: true });
  });

  test('this machine is never reached through a proxy', async () => {
    const proxy = await startProxy();
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) {
      vi.stubEnv(name, proxy.url);
    }
    const service = await startService();
    expect((await sendBy(connectTo(service.url))).kind).toBe('image');
    expect(proxy.targets).toEqual([]);
  });

  test('a proxy variable that is no URL is told to the user', () => {
    vi.stubEnv('HTTPS_PROXY', 'not a url');
    vi.stubEnv('https_proxy', 'not a url');
    expect(() => connectTo('https://api.example/')).toThrow(expect.objectContaining({ name: 'UserError' }));
  });
});
