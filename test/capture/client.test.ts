import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type CaptureClient,
  type CaptureClientOptions,
  createCaptureClient,
  MAX_PICTURE_BYTES,
} from '../../src/capture/client.ts';
import type { AttemptResult } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import type { ServiceErrorCode } from '../../src/errors/codes.ts';
import { systemClock } from '../../src/system/clock.ts';
import { answers, type FakeAnswer, type FakeService, startFakeService } from '../helpers/fake-service.ts';

const apiKey = 'sk_live_test_key_123456';
const { inspect } = createInProcessComparer();
const body = JSON.stringify({ url: 'https://site.example/' });
const never = new AbortController().signal;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startService(answer: FakeAnswer | readonly FakeAnswer[] = answers.picture()): Promise<FakeService> {
  const service = await startFakeService({ script: answer });
  cleanups.push(() => service.close());
  return service;
}

function connectTo(url: string, options: Partial<CaptureClientOptions> = {}): CaptureClient {
  const client = createCaptureClient({
    apiUrl: new URL(url),
    apiKey,
    attemptTimeoutMs: 30_000,
    maxConnections: 4,
    userAgent: 'test/1',
    clock: systemClock,
    inspect,
    ...options,
  });
  cleanups.push(() => client.close());
  return client;
}

async function sendTo(answer: FakeAnswer): Promise<AttemptResult> {
  const service = await startService(answer);
  return connectTo(service.url).send(body, never);
}

const response = (status: number, contentType: string, text: string): FakeAnswer => ({
  kind: 'response',
  status,
  headers: { 'content-type': contentType },
  body: text,
});

test('one request: POST, the key as a bearer, the body as it is', async () => {
  const service = await startService();
  expect(await connectTo(service.url).send(body, never)).toMatchObject({
    kind: 'image',
    image: { format: 'png', size: { width: 4, height: 3 } },
  });
  expect(service.requests).toHaveLength(1);
  expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/v1/screenshot', bodyText: body });
  expect(service.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'user-agent': 'test/1',
  });
});

test('the picture has memory of its own, which can be handed to another thread', async () => {
  const result = await sendTo(answers.picture());
  if (result.kind !== 'image') throw new Error('no picture');
  const { bytes } = result.image;
  expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
  expect(() => structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })).not.toThrow();
});

test.each<ServiceErrorCode>([
  'bad_request',
  'selector_not_found',
  'invalid_api_key',
  'payment_required',
  'insufficient_scope',
  'rate_limited',
  'engine_unavailable',
  'engine_busy',
  'render_timeout',
])('%s is told by its code, with the message as detail', async (code) => {
  const result = await sendTo(answers.error(code, { message: 'in its own words' }));
  expect(result).toMatchObject({ kind: 'failure', failure: { code, detail: 'in its own words' } });
});

test('Retry-After is read in both forms', async () => {
  expect(await sendTo(answers.error('engine_busy', { retryAfter: 3 }))).toMatchObject({ retryAfterMs: 3000 });
  const date = await sendTo(answers.error('engine_busy', { retryAfter: new Date(Date.now() + 60_000) }));
  expect(date.kind === 'failure' && date.retryAfterMs).toBeGreaterThan(50_000);
  expect(await sendTo(answers.error('engine_busy', { retryAfter: 'soon' }))).not.toHaveProperty('retryAfterMs');
});

describe('answers that no one documented', () => {
  test.each([
    ['a page of a proxy', answers.htmlPage(502), 'unexpected_response', 502, 'HTTP 502 with text/html: “502 Bad Gateway”'],
    ['a page with 503', answers.htmlPage(503), 'engine_busy', 503, 'HTTP 503 with text/html'],
    ['a page with 429', answers.htmlPage(429), 'rate_limited', 429, 'HTTP 429 with text/html'],
    [
      'an unknown code',
      response(418, 'application/json', '{"error":"teapot"}'),
      'unexpected_response',
      418,
      'the unknown error, “teapot”',
    ],
    [
      'a code with another status',
      response(500, 'application/json', '{"error":"engine_busy"}'),
      'unexpected_response',
      500,
      'another status',
    ],
    [
      'an error with status 200',
      response(200, 'application/json', '{"error":"engine_busy"}'),
      'unexpected_response',
      200,
      'another status',
    ],
    ['nothing at all', response(200, '', ''), 'unexpected_response', 200, 'no text'],
    ['no picture under image/png', answers.garbage(), 'unexpected_response', 200, 'cannot be used'],
    ['half a picture', answers.truncatedPicture(), 'unexpected_response', 200, 'cannot be used'],
    ['a PNG under image/jpeg', answers.picture(undefined, 'image/jpeg'), 'unexpected_response', 200, 'the bytes are png'],
    ['a hostile code', response(400, 'application/json', '{"error":"__proto__"}'), 'unexpected_response', 400, '__proto__'],
  ] as const)('%s', async (_, answer, code, status, detail) => {
    const result = await sendTo(answer);
    expect(result).toMatchObject({ kind: 'failure', failure: { code, status, detail: expect.stringContaining(detail) } });
  });

  test('an echo of the key, terminal sequences and long texts do not get through', async () => {
    const message = `\u001b[31mkey ${apiKey}\u001b[0m ${'long '.repeat(500)}`;
    const result = await sendTo(answers.error('bad_request', { message }));
    if (result.kind !== 'failure') throw new Error('no failure');
    expect(result.failure.detail).toMatch(/^key \*\*\* long/);
    expect(result.failure.detail?.length).toBeLessThanOrEqual(300);
  });
});

describe('redirects', () => {
  test('are never followed, and told without what may be secret in them', async () => {
    const elsewhere = await startService();
    const target = `${elsewhere.origin.replace('//', '//user:password@')}/login?token=abc#frag`;
    const result = await sendTo(answers.redirect(target));
    expect(elsewhere.requests).toHaveLength(0);
    if (result.kind !== 'failure') throw new Error('no failure');
    expect(result.failure).toMatchObject({ code: 'unexpected_response', status: 307 });
    expect(result.failure.detail).toContain(`${elsewhere.origin}/login`);
    expect(result.failure.detail).not.toMatch(/password|token|frag/);
  });

  test('may point nowhere', async () => {
    expect(await sendTo(answers.redirect('http://['))).toMatchObject({ failure: { detail: expect.stringContaining('nowhere') } });
  });
});

test('a picture over the limit is dropped, announced or not', async () => {
  const tooLarge = { failure: { code: 'unexpected_response', detail: expect.stringContaining('more than 64 MiB') } };
  expect(await sendTo(answers.oversizedPicture(MAX_PICTURE_BYTES + 1))).toMatchObject(tooLarge);
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'image/png' });
    answer.on('error', () => {});
    const chunk = Buffer.alloc(1024 * 1024);
    const more = (): void => {
      while (!answer.destroyed && answer.write(chunk));
    };
    answer.on('drain', more);
    more();
  });
  expect(await connectTo(await listen(server)).send(body, never)).toMatchObject(tooLarge);
});

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
    expect(await connectTo(url).send(body, never)).toMatchObject({
      failure: { code: 'network_error', detail: expect.stringContaining(detail) },
      neverSent: true,
    });
  });

  test('no TLS at the other end', async () => {
    const service = await startService();
    expect(await connectTo(service.url.replace('http:', 'https:')).send(body, never)).toMatchObject({
      failure: { code: 'network_error', detail: expect.stringContaining('TLS') },
      neverSent: true,
    });
  });

  test('the next request after a break is an ordinary one', async () => {
    const service = await startService([answers.reset(), answers.picture()]);
    const client = connectTo(service.url);
    expect((await client.send(body, never)).kind).toBe('failure');
    expect((await client.send(body, never)).kind).toBe('image');
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
    const result = connectTo(service.url, { clock, attemptTimeoutMs: 60_000 }).send(body, never);
    await vi.waitUntil(() => service.requests.length === 1);
    ring();
    expect(await result).toMatchObject({ failure: { code: 'attempt_timeout', detail: 'no whole answer within 60 s' } });
  });

  test('an abort ends the request at once, under way or not yet begun', async () => {
    const service = await startService(answers.silence());
    const client = connectTo(service.url);
    const cancel = new AbortController();
    const result = client.send(body, cancel.signal);
    await vi.waitUntil(() => service.requests.length === 1);
    cancel.abort();
    expect(await result).toEqual({ kind: 'aborted' });
    expect(await client.send(body, cancel.signal)).toEqual({ kind: 'aborted' });
    expect(service.requests).toHaveLength(1);
  });
});

test('there are no more connections than asked for', async () => {
  const service = await startService({ ...answers.picture(), delayMs: 30 });
  const client = connectTo(service.url, { maxConnections: 2 });
  await Promise.all(Array.from({ length: 6 }, () => client.send(body, never)));
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
    const result = await connectTo('https://api.example/v1/screenshot').send(body, never);
    expect(proxy.targets).toContain('api.example:443');
    expect(result).toMatchObject({ failure: { code: 'network_error', detail: expect.stringContaining('403') }, neverSent: true });
  });

  test('this machine is never reached through a proxy', async () => {
    const proxy = await startProxy();
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, proxy.url);
    const service = await startService();
    expect((await connectTo(service.url).send(body, never)).kind).toBe('image');
    expect(proxy.targets).toEqual([]);
  });

  test('a proxy variable that is no URL is told to the user', () => {
    vi.stubEnv('HTTPS_PROXY', 'not a url');
    vi.stubEnv('https_proxy', 'not a url');
    expect(() => connectTo('https://api.example/')).toThrow(expect.objectContaining({ name: 'UserError' }));
  });
});

test('a key that no header can carry is told to the user, without the key', () => {
  expect(() => connectTo('https://api.example/', { apiKey: 'sk_live_a\nb' })).toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.not.stringContaining('sk_live_a') }),
  );
});

test('a mistake of the program is thrown on, not taken for a fault of the network', async () => {
  const service = await startService();
  const client = connectTo(service.url, { userAgent: 'line\nbreak' });
  await expect(client.send(body, never)).rejects.toThrow('header');
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
