import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createPageChecker, type PageCheckerOptions } from '../../src/page-check/page-checker.ts';
import { systemClock } from '../../src/system/clock.ts';
import { selfSigned } from '../helpers/self-signed.ts';

interface Site extends AsyncDisposable {
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** The most requests that were under way at once. */
  readonly peak: number;
}

async function startSite(answer: RequestListener, tls = false): Promise<Site> {
  const requests: IncomingMessage[] = [];
  let [underWay, peak] = [0, 0];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    underWay += 1;
    peak = Math.max(peak, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    answer(request, response);
  };
  const server = tls ? createTlsServer(selfSigned, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get peak() {
      return peak;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Repeats at once, so that no test waits for a page to wake up. */
const clock = {
  ...systemClock,
  sleep: (delayMs: number, signal?: AbortSignal) => systemClock.sleep(delayMs >= 10_000 ? delayMs : 0, signal),
};
const checker = (options: Partial<PageCheckerOptions> = {}) =>
  createPageChecker({ clock, userAgent: 'visual-capture/test', mustBeReachable: true, ...options });

const html = { 'content-type': 'text/html; charset=utf-8' };

describe('asking a page whether it is one', () => {
  it('finds nothing wrong with a page, and sends no key', async () => {
    await using site = await startSite((_, response) => response.writeHead(200, html).end('<h1>Hello</h1>'));
    await using pages = checker();
    expect(await pages.check(`${site.url}/a?b=c`)).toBeUndefined();
    const [request] = site.requests;
    expect([request?.method, request?.url]).toEqual(['GET', '/a?b=c']);
    expect(request?.headers).toMatchObject({ 'user-agent': 'visual-capture/test' });
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    [404, html, 'error_status', 'HTTP 404'],
    [401, html, 'error_status', 'HTTP 401'],
    [500, html, 'error_status', 'HTTP 500'],
    [200, { 'content-type': 'application/json' }, 'not_a_page', 'application/json'],
    [302, { location: 'https://login.example/sign-on?token=secret' }, 'foreign_redirect', 'https://login.example:'],
    [302, { location: '/again' }, 'endless_redirect', '20 redirects'],
  ] as const)('%s %s is %s', async (status, headers, kind, words) => {
    await using site = await startSite((_, response) => response.writeHead(status, headers).end());
    await using pages = checker();
    const problem = await pages.check(`${site.url}/page`);
    expect(problem?.kind).toBe(kind);
    expect(problem?.message).toContain(words);
    expect(problem?.message).not.toContain('secret');
  });

  it.each([
    [429, html],
    [304, {}],
    [200, {}],
    [200, { 'content-type': 'image/svg+xml' }],
  ] as const)('%s %s says nothing against the page', async (status, headers) => {
    await using site = await startSite((_, response) => response.writeHead(status, headers).end());
    await using pages = checker();
    expect(await pages.check(site.url)).toBeUndefined();
  });

  it('lets a page wake up', async () => {
    let asked = 0;
    await using site = await startSite((_, response) => response.writeHead(asked++ === 0 ? 503 : 200, html).end());
    await using pages = checker();
    expect(await pages.check(site.url)).toBeUndefined();
    expect(site.requests).toHaveLength(2);
  });

  it('follows redirects within the site with the cookies that they set', async () => {
    await using site = await startSite((request, response) => {
      if (request.headers.cookie === 'pass=1; seen=2') {
        response.writeHead(200, html).end();
      } else {
        response.writeHead(307, { location: '/', 'set-cookie': ['pass=1; Path=/; HttpOnly', 'seen=2'] }).end();
      }
    });
    await using pages = checker();
    expect(await pages.check(`${site.url}/?bypass=token`)).toBeUndefined();
    expect(site.requests.map(({ url }) => url)).toEqual(['/?bypass=token', '/']);
  });

  it('sends the headers for a protected preview to its own origin alone', async () => {
    await using other = await startSite((_, response) => response.writeHead(200, html).end());
    await using site = await startSite((request, response) => {
      if (request.headers['x-bypass'] !== 'token') {
        response.writeHead(403, html).end();
      } else {
        response.writeHead(302, { location: other.url }).end();
      }
    });
    await using pages = checker({ headers: { values: { 'x-bypass': 'token' }, origins: [new URL(site.url).origin] } });
    expect(await pages.check(site.url)).toMatchObject({ kind: 'foreign_redirect' });
    expect(other.requests).toEqual([]);
  });

  it('takes user name and password from the URL, as a browser does', async () => {
    await using site = await startSite((request, response) =>
      response.writeHead(request.headers.authorization === `Basic ${btoa('me:p@ss')}` ? 200 : 401, html).end(),
    );
    await using pages = checker();
    expect(await pages.check(site.url.replace('//', '//me:p%40ss@'))).toBeUndefined();
    expect(await pages.check(site.url.replace('//', '//me:p@ss%@'))).toMatchObject({ kind: 'error_status', status: 401 });
  });

  it('asks each URL once, and no origin for more than four at a time', async () => {
    await using site = await startSite((_, response) => void setTimeout(() => response.writeHead(200, html).end(), 20));
    await using pages = checker();
    const urls = Array.from({ length: 12 }, (_, n) => `${site.url}/${n}`);
    await Promise.all([...urls, ...urls].map((url) => pages.check(url)));
    expect(site.requests).toHaveLength(12);
    expect(site.peak).toBe(4);
  });

  it('tells an unreachable page where this machine takes the picture, and gives an origin up after three', async () => {
    const site = await startSite((_, response) => response.end());
    await site[Symbol.asyncDispose]();
    await using local = checker();
    const told = [];
    for (let n = 0; n < 5; n++) {
      told.push((await local.check(`${site.url}/${n}`))?.message);
    }
    expect(told[0]).toBe('The page could not be reached: the connection was refused (ECONNREFUSED).');
    expect(told.slice(3)).toEqual([undefined, undefined]);
    await using hosted = checker({ mustBeReachable: false });
    expect(await hosted.check(site.url)).toBeUndefined();
  });
});

const running = new AbortController().signal;

describe('waiting for pages', () => {
  it('lets each origin wake up once, and asks the page that answered no more', async () => {
    let asked = 0;
    await using site = await startSite((_, response) => response.writeHead(asked++ < 3 ? 503 : 200, html).end());
    const told: string[] = [];
    await using pages = checker({ onWaiting: (origin, because) => told.push(`${origin} ${because}`) });
    await pages.wake([`${site.url}/a`, `${site.url}/b`, `${site.url}/c`], running);
    expect(site.requests.map(({ url }) => url)).toEqual(['/a', '/b', '/c', '/a']);
    expect(told).toEqual([`${site.url} HTTP 503`]);
    expect(await pages.check(`${site.url}/a`)).toBeUndefined();
    expect(site.requests).toHaveLength(4);
  });

  it('does not wait for what only this machine cannot reach, when another takes the picture', async () => {
    const site = await startSite((_, response) => response.end());
    await site[Symbol.asyncDispose]();
    const told: string[] = [];
    await using hosted = checker({ mustBeReachable: false, onWaiting: (origin) => told.push(origin) });
    await hosted.wake([site.url], running);
    expect(told).toEqual([]);
  });

  it('ends when the run does', async () => {
    await using site = await startSite((_, response) => response.writeHead(503, html).end());
    await using pages = checker();
    const job = new AbortController();
    const waking = pages.wake([site.url], job.signal);
    job.abort();
    await expect(waking).rejects.toThrow();
  });
});

describe('pages of this machine', () => {
  it('are one site under all of its names', async () => {
    await using site = await startSite((request, response) => {
      const port = request.socket.localPort;
      if (request.headers.host === `app.localhost:${port}`) {
        response.writeHead(200, html).end();
      } else {
        response.writeHead(302, { location: `http://app.localhost:${port}/` }).end();
      }
    });
    await using pages = checker();
    expect(await pages.check(site.url)).toBeUndefined();
    expect(site.requests).toHaveLength(2);
  });

  it('are asked with a certificate that nobody vouches for only where that is accepted', async () => {
    await using site = await startSite((_, response) => response.writeHead(200, html).end(), true);
    await using strict = checker();
    expect(await strict.check(site.url)).toMatchObject({ kind: 'unreachable' });
    await using lenient = checker({ acceptCertificatesOf: (host) => host === '127.0.0.1' });
    expect(await lenient.check(site.url)).toBeUndefined();
  });

  it('may be expected to answer with an error', async () => {
    await using site = await startSite((_, response) => response.writeHead(404, html).end());
    await using pages = checker();
    expect(await pages.check(site.url, 404)).toBeUndefined();
    expect(await pages.check(site.url)).toMatchObject({ kind: 'error_status', status: 404 });
    expect(site.requests).toHaveLength(1);
  });
});
