import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaptureClient } from '../../src/capture/client.ts';
import type { AttemptResult } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { apiscreenshot } from '../../src/services/apiscreenshot/apiscreenshot.ts';
import { systemClock } from '../../src/system/clock.ts';
import { makeCapture } from '../helpers/virtual-run.ts';
import { keys, type ServiceUnderTest, type StartService } from './service-under-test.ts';

const page =
  '<!doctype html><body style="margin:0"><div style="height:1500px">tall</div><i id="box" style="position:absolute;top:0;width:120px;height:40px">box</i>';

/** Its request is what the tests put their bodies into. */
const anyCapture = makeCapture('any');

/** Section 1 of the contract, as any service that speaks it must answer. `start` says which one is looked at. */
export function contractSuite(start: StartService): void {
  const { inspect } = createInProcessComparer();

  /** What our own client makes of the answer. */
  async function capture(service: ServiceUnderTest, body: unknown, apiKey: string = keys.valid): Promise<AttemptResult> {
    const client = createCaptureClient({
      api: apiscreenshot,
      apiUrl: new URL(service.url),
      apiKey,
      attemptTimeoutMs: 30_000,
      maxConnections: 1,
      userAgent: 'contract suite',
      clock: systemClock,
      inspect,
    });
    try {
      const request = client.render(anyCapture);
      const asked = { ...request, body: typeof body === 'string' ? body : JSON.stringify(body) };
      return await client.send(asked, AbortSignal.timeout(30_000));
    } finally {
      await client.close();
    }
  }

  const codeOf = (result: AttemptResult): string => (result.kind === 'failure' ? result.failure.code : result.kind);

  /** The answer as it is on the wire. */
  function ask(service: ServiceUnderTest, init: RequestInit = {}, path?: string): Promise<Response> {
    const url = path === undefined ? service.url : new URL(path, service.url);
    return fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.valid}` },
      ...(init.method === 'GET' ? {} : { body: JSON.stringify({ html: page }) }),
      ...init,
    });
  }

  describe('a picture', () => {
    let service: ServiceUnderTest;
    beforeAll(async () => {
      service = await start({});
    });
    afterAll(() => service[Symbol.asyncDispose]());

    test.each([
      ['of the viewport', { viewport: { width: 320, height: 200 } }, 'png', { width: 320, height: 200 }],
      ['at the default viewport', {}, 'png', { width: 1280, height: 800 }],
      [
        'at a device scale factor',
        { viewport: { width: 320, height: 200, deviceScaleFactor: 2 } },
        'png',
        { width: 640, height: 400 },
      ],
      ['of the full page', { viewport: { width: 320, height: 200 }, fullPage: true }, 'png', { width: 320, height: 1500 }],
      ['of an element', { viewport: { width: 320, height: 200 }, selector: '#box' }, 'png', { width: 120, height: 40 }],
      ['as jpeg', { viewport: { width: 320, height: 200 }, format: 'jpeg', quality: 40 }, 'jpeg', { width: 320, height: 200 }],
      [
        'after domcontentloaded',
        { viewport: { width: 320, height: 200 }, waitUntil: 'domcontentloaded' },
        'png',
        { width: 320, height: 200 },
      ],
      [
        'after networkidle0',
        { viewport: { width: 320, height: 200 }, waitUntil: 'networkidle0' },
        'png',
        { width: 320, height: 200 },
      ],
    ])('%s', async (_, options, format, size) => {
      expect(await capture(service, { html: page, ...options })).toMatchObject({ kind: 'image', image: { format, size } });
    });

    test('of a URL', async () => {
      await using site = await startSite();
      const result = await capture(service, { url: site.url, viewport: { width: 320, height: 200 } });
      expect(result).toMatchObject({ kind: 'image', image: { format: 'png', size: { width: 320, height: 200 } } });
    });

    test('has a 2xx status and the type of its format', async () => {
      const answer = await ask(service);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      await answer.arrayBuffer();
    });
  });

  describe('a request that is wrong', () => {
    let service: ServiceUnderTest;
    beforeAll(async () => {
      service = await start({ refusePrivate: true });
    });
    afterAll(() => service[Symbol.asyncDispose]());

    test.each([
      ['a body that is no JSON', '{"html":'],
      ['a body that is no object', '[]'],
      ['neither url nor html', {}],
      ['both url and html', { url: 'https://example.com/', html: page }],
      ['an empty html', { html: '' }],
      ['a malformed URL', { url: 'https://' }],
      ['a relative URL', { url: '/pricing' }],
      ['a URL of another scheme', { url: 'file:///etc/passwd' }],
      ['a URL of the browser itself', { url: 'chrome://version' }],
      ['a loopback URL', { url: 'http://127.0.0.1:3000/' }],
      ['a loopback URL in another spelling', { url: 'http://0x7f.1/' }],
      ['localhost', { url: 'http://localhost:3000/' }],
      ['a private URL', { url: 'http://192.168.1.1/' }],
      ['a link-local URL', { url: 'http://[fe80::1]/' }],
      ['a metadata URL', { url: 'http://169.254.169.254/latest/meta-data/' }],
      ['an IPv4-mapped loopback URL', { url: 'http://[::ffff:127.0.0.1]/' }],
      ['a format that is not known', { html: page, format: 'gif' }],
      ['quality without jpeg', { html: page, quality: 80 }],
      ['quality with png', { html: page, format: 'png', quality: 80 }],
      ['quality out of range', { html: page, format: 'jpeg', quality: 101 }],
      ['a waitUntil that is not known', { html: page, waitUntil: 'idle' }],
      ['a viewport without a height', { html: page, viewport: { width: 1280 } }],
      ['a viewport out of range', { html: page, viewport: { width: 0, height: 800 } }],
      ['a device scale factor out of range', { html: page, viewport: { width: 10, height: 10, deviceScaleFactor: 9 } }],
      ['fullPage that is no boolean', { html: page, fullPage: 'yes' }],
      ['an empty selector', { html: page, selector: '' }],
      ['a selector that is not CSS', { html: page, selector: 'div[' }],
    ])('%s is bad_request', async (_, body) => {
      expect(codeOf(await capture(service, body))).toBe('bad_request');
    });

    test('a selector without an element is selector_not_found', async () => {
      expect(codeOf(await capture(service, { html: page, selector: '#none' }))).toBe('selector_not_found');
    });

    test('another path or method is answered in the same form', async () => {
      for (const [answer, status] of [
        [await ask(service, {}, '/v1/other'), 404],
        [await ask(service, { method: 'GET' }), 405],
      ] as const) {
        expect(answer.status).toBe(status);
        expect(await answer.json()).toMatchObject({ error: expect.any(String) as string });
      }
    });
  });

  describe('a key', () => {
    let service: ServiceUnderTest;
    beforeAll(async () => {
      service = await start({});
    });
    afterAll(() => service[Symbol.asyncDispose]());

    test.each([
      ['that is missing', undefined, 'invalid_api_key'],
      ['that is wrong', 'Bearer sk_live_wrong', 'invalid_api_key'],
      ['in another scheme', `Basic ${keys.valid}`, 'invalid_api_key'],
      ['without the scope', `Bearer ${keys.withoutScope}`, 'insufficient_scope'],
    ] as const)('%s', async (_, authorization, code) => {
      const answer = await ask(service, { headers: authorization === undefined ? {} : { authorization } });
      expect(answer.status).toBe(apiscreenshot.errors[code].status);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(await answer.json()).toMatchObject({ error: code });
    });

    test('is checked before the body', async () => {
      expect(codeOf(await capture(service, {}, 'sk_live_wrong'))).toBe('invalid_api_key');
    });
  });

  test('credits are spent by pictures alone, and then it is payment_required', async () => {
    await using service = await start({ credits: 1 });
    const results = [{}, { html: page, selector: '#none' }, { html: page }, { html: page }];
    const codes: string[] = [];
    for (const body of results) {
      codes.push(codeOf(await capture(service, body)));
    }
    expect(codes).toEqual(['bad_request', 'selector_not_found', 'image', 'payment_required']);
  });

  test('the rate limit counts every key of the account', async () => {
    await using service = await start({ rateLimit: { requests: 2, windowMs: 600_000 } });
    const codes: string[] = [];
    for (const key of [keys.valid, keys.second, keys.valid, keys.second]) {
      codes.push(codeOf(await capture(service, { html: page }, key)));
    }
    expect(codes).toEqual(['image', 'image', 'rate_limited', 'rate_limited']);
  });

  test('what is beyond the capacity is engine_busy with Retry-After, and a picture later', async () => {
    await using service = await start({ capacity: 1 });
    await using site = await startSite({ delayMs: 2_500 });
    const results = await Promise.all([1, 2, 3].map(() => capture(service, { url: site.url })));
    expect(results.map(codeOf).sort()).toEqual(['engine_busy', 'engine_busy', 'image']);
    for (const result of results) {
      if (result.kind === 'failure') {
        expect(result.retryAfter?.ms).toBeGreaterThan(0);
      }
    }
    expect(codeOf(await capture(service, { html: page }))).toBe('image');
  });

  test('a page that takes longer than the render budget is render_timeout', async () => {
    await using service = await start({ renderBudgetMs: 3_000 });
    await using site = await startSite({ delayMs: 600_000 });
    expect(codeOf(await capture(service, { url: site.url }))).toBe('render_timeout');
    // However slow the machine is, sooner or later it has drawn a simple page within that budget.
    const next = async (): Promise<string> => codeOf(await capture(service, { html: page }));
    await expect.poll(next, { timeout: 50_000 }).toBe('image');
  });

  test('a service without a browser is engine_unavailable', async () => {
    await using service = await start({ withoutBrowser: true });
    expect(codeOf(await capture(service, { html: page }))).toBe('engine_unavailable');
  });

  test('a client that goes away frees its place', async () => {
    await using service = await start({ capacity: 1 });
    await using site = await startSite({ delayMs: 600_000 });
    await expect(ask(service, { body: JSON.stringify({ url: site.url }), signal: AbortSignal.timeout(500) })).rejects.toThrow();
    expect(codeOf(await capture(service, { html: page }))).toBe('image');
  });
}

interface Site extends AsyncDisposable {
  readonly url: string;
}

/** One page on 127.0.0.1 that answers after the delay. The fake service reads the delay from the URL. */
async function startSite({ delayMs = 0 } = {}): Promise<Site> {
  const server = createServer((_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end(page), delayMs).unref();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?delay=${delayMs}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
