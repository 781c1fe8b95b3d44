import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageFacts } from '../../../src/results/page-facts.ts';
import { selfSigned } from '../../helpers/self-signed.ts';
import { colourAt, factsOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const bluePage = '<body style="background: blue"><p>text</p>';
const html = { 'content-type': 'text/html; charset=utf-8' };

let site: Site;
let engine: TestEngine;
/** What /data.txt was asked with. */
let dataHeaders: (string | undefined)[] = [];

beforeAll(async () => {
  site = await startSite({
    '/': '<p>text</p>',
    '/broken-server': { status: 500, headers: html, body: bluePage },
    '/only-for-browsers': (request, response) => {
      const isBrowser = request.headers['sec-fetch-mode'] === 'navigate';
      response.writeHead(isBrowser ? 200 : 403, html).end(bluePage);
    },
    '/away': (_, response) => {
      const script = `onload = () => setTimeout(() => location.assign('http://localhost:${site.port}/sign-in?token=secret'), 100)`;
      response.writeHead(200, html).end(`<!doctype html><script>${script}</script>`);
    },
    '/sign-in': '<p>Sign in</p>',
    '/missing-parts': `<link rel="stylesheet" href="/none.css"><script src="/none.js"></script><img src="/none.png?key=secret" width="50" height="50"><p>text</p>
      <script>new Image().src = '/pixel.gif'; fetch('/none.json')</script>`,
    '/unreachable-picture': '<img src="http://127.0.0.1:9/a.png" width="50" height="50">',
    '/left-alone': `<script>
      const stop = new AbortController();
      fetch('/', { signal: stop.signal }).catch(() => {});
      stop.abort();
    </script><p>text</p>`,
    '/throws': `<p>text</p><script>
      console.error('no such plan', 42);
      console.warn('only a warning');
      setTimeout(() => { throw new TypeError('plans is not a list') });
      Promise.reject(new RangeError('too many'));
    </script>`,
    '/overlay': `<p>text</p><vite-error-overlay></vite-error-overlay><script>
      document.querySelector('vite-error-overlay').attachShadow({ mode: 'open' }).innerHTML = '<div style="width: 200px; height: 100px"><span class="message-body">Unexpected token</span></div>'</script>`,
    '/about-errors': '<h1>500 Internal Server Error</h1><p>What it means when a page says: Application error, Fatal error.</p>',
    '/empty': '<body></body>',
    '/frames': (_, response) => {
      const frame = (host: string, path: string, style: string): string =>
        `<iframe src="http://${host}:${site.port}${path}" style="width: 200px; height: 100px; ${style}"></iframe>`;
      response
        .writeHead(200, html)
        .end(
          `<!doctype html>${frame('127.0.0.1', '/empty?own=secret', '')}${frame('localhost', '/empty', '')}${frame('127.0.0.1', '/empty?hidden', 'display: none')}` +
            `${frame('127.0.0.1', '/empty?invisible', 'visibility: hidden')}${frame('127.0.0.1', '/empty?tiny', 'width: 1px; height: 1px')}${frame('127.0.0.1', '/', '')}`,
        );
    },
    '/with-worker': `<body style="background: red"><script>
      const begin = async () => {
        await navigator.serviceWorker.register('/worker.js');
        await navigator.serviceWorker.ready;
        const data = await (await fetch('/data.txt')).text();
        document.body.style.background = data === 'of the site' ? 'blue' : 'red';
      };
      begin()</script>`,
    '/worker.js': {
      headers: { 'content-type': 'text/javascript' },
      body: `oninstall = () => skipWaiting();
        onactivate = (event) => event.waitUntil(clients.claim());
        onfetch = (event) => event.respondWith(new Response('of the worker'))`,
    },
    '/data.txt': (request, response) => {
      dataHeaders.push(request.headers['x-preview']?.toString());
      response.writeHead(200, { 'content-type': 'text/plain' }).end('of the site');
    },
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const factsAt = async (path: string): Promise<PageFacts> => factsOf(await engine.ask({ url: site.origin + path, viewport }));

test('a page without faults has none', async () => {
  expect(await factsAt('/')).toEqual({
    document: { url: `${site.origin}/`, status: 200, contentType: 'text/html; charset=utf-8' },
    failedResources: [],
    exceptions: [],
    consoleErrors: [],
    blankFrames: [],
    warnings: [],
  });
});

describe('the document', () => {
  test.each([
    ['that answers with an error is told with its status', '/broken-server', 500],
    ['that plain clients do not get is the one that the browser got', '/only-for-browsers', 200],
  ])('%s', async (_, path, status) => {
    const answer = await engine.ask({ url: site.origin + path, viewport });
    expect(colourAt(answer, 300, 150)).toBe(blue);
    expect(factsOf(answer).document).toMatchObject({ url: site.origin + path, status });
  });

  test('that a script has led to is told, without its query', async () => {
    expect((await factsAt('/away')).document).toMatchObject({ url: `http://localhost:${site.port}/sign-in`, status: 200 });
  });

  test('of an html target is none', async () => {
    expect(factsOf(await engine.ask({ html: bluePage, viewport })).document).toBeUndefined();
  });
});

describe('what did not load', () => {
  test('is told by its kind; a picture that only a script asked for is missed by nobody', async () => {
    const failed = (await factsAt('/missing-parts')).failedResources.map(({ kind, url, reason }) => `${kind} ${url} ${reason}`);
    expect(failed.sort()).toEqual([
      `image ${site.origin}/none.png 404`,
      `request ${site.origin}/none.json 404`,
      `request ${site.origin}/pixel.gif 404`,
      `script ${site.origin}/none.js 404`,
      `stylesheet ${site.origin}/none.css 404`,
    ]);
  });

  test('because its server is not there is told by Chrome’s reason', async () => {
    const [failed] = (await factsAt('/unreachable-picture')).failedResources;
    expect(failed).toEqual({ kind: 'image', url: 'http://127.0.0.1:9/a.png', reason: expect.stringMatching(/^net::ERR_/) });
  });

  test('because the page gave it up is no fault', async () => {
    expect((await factsAt('/left-alone')).failedResources).toEqual([]);
  });
});

test('exceptions, rejections and errors on the console are told, warnings are not', async () => {
  const { exceptions, consoleErrors } = await factsAt('/throws');
  expect([[...exceptions].sort(), consoleErrors]).toEqual([
    ['RangeError: too many', 'TypeError: plans is not a list'],
    ['no such plan 42'],
  ]);
});

describe('an error page', () => {
  test('is known by its structure, with the error', async () => {
    expect((await factsAt('/overlay')).errorPage).toEqual({ shownBy: 'Vite', message: 'Unexpected token' });
  });

  test('is not one that speaks of errors', async () => {
    expect((await factsAt('/about-errors')).errorPage).toBeUndefined();
  });
});

test('frames that are to be seen and show nothing are told, and no others', async () => {
  const { blankFrames } = await factsAt('/frames');
  expect([...blankFrames].sort()).toEqual([`${site.origin}/empty`, `http://localhost:${site.port}/empty`]);
});

test('a service worker does not answer in the place of the site, so that page headers reach it', async () => {
  await using own = await startTestEngine({ pageHeaders: { values: { 'x-preview': 'open' }, origins: [site.origin] } });
  dataHeaders = [];
  const answer = await own.ask({ url: `${site.origin}/with-worker`, viewport });
  expect([colourAt(answer, 200, 100), dataHeaders]).toEqual([blue, ['open']]);
});

describe('a certificate that nobody vouches for', () => {
  test('is taken of the host that is named, and of no other', async () => {
    const server = createTlsServer(selfSigned, (_, response) => response.writeHead(200, html).end(`<!doctype html>${bluePage}`));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await using own = await startTestEngine({ acceptCertificatesOf: (host) => host === 'localhost' });
    const ask = (host: string) => own.ask({ url: `https://${host}:${port}/`, viewport });
    const [named, other] = [await ask('localhost'), await ask('127.0.0.1')];
    const unnamed = await engine.ask({ url: `https://localhost:${port}/`, viewport });
    server.closeAllConnections();
    server.close();
    expect([named.code, other.code, unnamed.code]).toEqual(['picture', 'bad_request', 'bad_request']);
    expect(colourAt(named, 200, 100)).toBe(blue);
    expect(other.message).toMatch(/certificate/);
  });
});
