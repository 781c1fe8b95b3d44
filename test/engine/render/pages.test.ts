import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { solidPng } from '../../helpers/solid-png.ts';
import { colourAt, sizeOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const red = '255,0,0';
const blue = '0,0,255';
const white = '255,255,255';
const html = { 'content-type': 'text/html' };

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  site = await startSite({
    '/red.png': { headers: { 'content-type': 'image/png' }, body: solidPng(10, 10, [255, 0, 0]) },
    '/lazy': `<body style="margin: 0"><div style="height: 6000px"></div><img loading="lazy" src="/red.png" style="display: block; width: 100px; height: 100px">
      <div id="seen" style="width: 100px; height: 100px"></div>
      <script>new IntersectionObserver(([entry]) => { if (entry.isIntersecting) seen.style.background = 'blue' }).observe(seen)</script>`,
    '/slow.png': (_, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'image/png' }).end(solidPng(10, 10, [255, 0, 0])), 800);
    },
    '/lazy-and-slow':
      '<body style="margin: 0"><div style="height: 6000px"></div><img loading="lazy" src="/slow.png" width="100" height="100">',
    '/lazy-and-never':
      '<body style="margin: 0"><div style="height: 6000px"></div><img loading="lazy" src="/never.png?lazy" width="100" height="100">',
    '/never.png': () => {},
    '/hanging': '<body style="margin: 0; background: blue"><img src="/never.png">',
    '/busy': '<body style="margin: 0; background: blue"><script>onload = () => setTimeout(() => { for (;;); })</script>',
    '/moved': (_, response) => response.writeHead(301, { location: '/blue' }).end(),
    '/blue': '<body style="background: blue">',
    '/by-script': '<body style="background: red"><script>location.replace("/blue")</script>',
    '/by-script-later':
      '<body style="background: red"><script>onload = () => setTimeout(() => location.replace("/blue"))</script>',
    '/other-site-later': (request, response) => {
      const delayMs = request.url?.split('?')[1];
      const script = `onload = () => setTimeout(() => location.replace('http://localhost:${site.port}/blue'), ${delayMs})`;
      response.writeHead(200, html).end(`<body style="background: red"><script>${script}</script>`);
    },
    '/restless': '<script>onload = () => location.replace("?" + Math.random())</script>',
    '/not-found': { status: 404, headers: html, body: '<body style="background: blue">' },
    '/alert': '<body style="background: blue"><script>alert(1); confirm(2); prompt(3)</script>',
    '/leave': '<body style="background: blue"><script>onbeforeunload = (event) => event.preventDefault()</script>',
    '/download': { headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment' }, body: 'PK' },
    '/no-content': { status: 204 },
    '/late': `<body style="margin: 0"><script>setTimeout(() => { document.body.innerHTML = '<p id="p" style="margin: 0; height: 30px; background: blue">' }, 300)</script>`,
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

describe('full pages', () => {
  test('hold what is loaded only when it comes into view', async () => {
    const answer = await engine.ask({ url: `${site.origin}/lazy`, viewport, fullPage: true });
    expect(sizeOf(answer)).toBe('400×6200');
    expect([colourAt(answer, 50, 6050), colourAt(answer, 50, 6150)]).toEqual([red, blue]);
  });

  test('wait for what scrolling has begun to load', async () => {
    const answer = await engine.ask({ url: `${site.origin}/lazy-and-slow`, viewport, fullPage: true });
    expect(colourAt(answer, 50, 6050)).toBe(red);
  });

  test('keep what is laid out by the viewport as it is there', async () => {
    const page = `<body style="margin: 0; height: 3000px"><div style="height: 100vh; background: red"></div>
      <div style="position: fixed; bottom: 0; width: 50px; height: 50px; background: blue"></div>`;
    const answer = await engine.ask({ html: page, viewport, fullPage: true });
    expect([100, 199, 201].map((y) => colourAt(answer, 200, y))).toEqual([red, red, white]);
    expect([160, 2_980].map((y) => colourAt(answer, 20, y))).toEqual([blue, white]);
  });

  test('reach beyond the 16,384 pixels of a graphics card', async () => {
    const page = `<body style="margin: 0; height: 20000px"><div style="position: absolute; top: 19900px; width: 100%; height: 100px; background: blue">`;
    const answer = await engine.ask({ html: page, viewport: { width: 100, height: 1000 }, fullPage: true });
    expect(sizeOf(answer)).toBe('100×20000');
    expect([colourAt(answer, 50, 19_899), colourAt(answer, 50, 19_999)]).toEqual([white, blue]);
  });

  test('that are too large to be held are bad_request, with what to do', async () => {
    const answer = await engine.ask({
      html: '<body style="height: 70000px">',
      viewport: { width: 100, height: 5000 },
      fullPage: true,
    });
    expect(answer).toMatchObject({ code: 'bad_request', message: expect.stringContaining('at most 65535 a side') });
  });
});

describe('elements', () => {
  test('beyond the viewport are captured whole, at the device scale factor', async () => {
    const page =
      '<div style="height: 3000px"></div><div id="d" style="width: 40px; height: 900px; background: linear-gradient(red 50%, blue 50%)">';
    const answer = await engine.ask({ html: page, viewport: { ...viewport, deviceScaleFactor: 2 }, selector: '#d' });
    expect(sizeOf(answer)).toBe('80×1800');
    expect([colourAt(answer, 1, 1), colourAt(answer, 78, 1_798)]).toEqual([red, blue]);
  });

  test('that come a little late are waited for', async () => {
    const answer = await engine.ask({ url: `${site.origin}/late`, viewport, selector: '#p' });
    expect(sizeOf(answer)).toBe('400×30');
  });

  test('that cannot be seen are selector_not_found', async () => {
    const answer = await engine.ask({ html: '<p id="p" hidden>text', selector: '#p' });
    expect(answer).toMatchObject({ code: 'selector_not_found', message: expect.stringContaining('a style hides') });
  });
});

test.each([
  ['a redirect', '/moved'],
  ['a script that goes elsewhere', '/by-script'],
  ['a script that goes elsewhere after loading', '/by-script-later'],
  ['a page with an error status', '/not-found'],
  ['dialogs', '/alert'],
  ['a page that asks before it is left', '/leave'],
])('%s', async (_, path) => {
  const answer = await engine.ask({ url: site.origin + path, viewport });
  expect([answer.code, answer.code === 'picture' && colourAt(answer, 200, 100)]).toEqual(['picture', blue]);
});

test.each([
  ['a download', '/download', 'is no page'],
  ['an answer without content', '/no-content', 'is no page'],
])('%s is bad_request', async (_, path, message) => {
  expect(await engine.ask({ url: site.origin + path })).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining(message),
  });
});

test('a server that is not there is bad_request, and the query stays out of the message', async () => {
  const answer = await engine.ask({ url: 'http://127.0.0.1:9/page?token=secret' });
  expect(answer).toMatchObject({ code: 'bad_request' });
  expect(answer.message).toContain('http://127.0.0.1:9/page could not be loaded');
});

test('domcontentloaded does not wait for a picture that never comes', async () => {
  const answer = await engine.ask({ url: `${site.origin}/hanging`, viewport, waitUntil: 'domcontentloaded' });
  expect(colourAt(answer, 200, 100)).toBe(blue);
});

test('the viewport does not load pictures that come into view only on scrolling', async () => {
  expect(await engine.ask({ url: `${site.origin}/lazy-and-never`, viewport })).toMatchObject({ code: 'picture' });
  expect(site.requests.filter((request) => request.endsWith('?lazy'))).toEqual([]);
});

test('whenever a page goes to another site, there is a picture', async () => {
  await using short = await startTestEngine({ renderBudgetMs: 5_000 });
  // Chrome swaps the page's process on the way; somewhere among these moments is that of the picture.
  for (let delayMs = 0; delayMs < 200; delayMs += 12) {
    expect(await short.ask({ url: `${site.origin}/other-site-later?${delayMs}`, viewport })).toMatchObject({ code: 'picture' });
  }
});

test('every capture begins without cookies and storage of another', async () => {
  const page = `<script>
    document.documentElement.style.background = document.cookie + localStorage.length === '0' ? 'blue' : 'red';
    document.cookie = 'a=1'; localStorage.setItem('a', '1')</script>`;
  await using ownSite = await startSite({ '/': page });
  for (let at = 0; at < 2; at += 1) {
    expect(colourAt(await engine.ask({ url: `${ownSite.origin}/`, viewport }), 200, 100)).toBe(blue);
  }
});

test.each([
  ['keeps the processor busy for ever', '/busy'],
  ['never stays', '/restless'],
])('a page that %s ends with its budget and is gone', async (_, path) => {
  await using short = await startTestEngine({ renderBudgetMs: 3_000, capacity: 1 });
  expect(await short.ask({ url: site.origin + path })).toMatchObject({ code: 'render_timeout' });
  // However slow the machine is, sooner or later it has drawn a simple page within that budget.
  const answered = async (): Promise<string> => (await short.ask({ url: `${site.origin}/blue` })).code;
  await expect.poll(answered, { timeout: 50_000 }).toBe('picture');
});
