import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageSettings } from '../../../src/plan/page-settings.ts';
import { type Answer, colourAt, sizeOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const [blue, red, white] = ['0,0,255', '255,0,0', '255,255,255'];
const block = (style: string, more = ''): string => `<div ${more} style="width: 400px; height: 50px; ${style}"></div>`;

/** A page that is blue where a script finds that something is so. */
const says = (condition: string): string => `<!doctype html><body style="margin: 0"><script>
  document.body.style.background = (${condition}) ? 'blue' : 'red';</script>`;
/** One that shows numbers as bars. */
const bars = (numbers: string): string => `<!doctype html><body style="margin: 0"><script>
  for (const part of ${numbers}) document.body.insertAdjacentHTML('beforeend', '<div style="height: 20px; background: black; width: ' + Math.round(part * 400) + 'px"></div>');</script>`;

let site: Site;
let engine: TestEngine;
let headers: Record<string, string | string[] | undefined> = {};

beforeAll(async () => {
  site = await startSite({
    '/banner': `<!doctype html><body style="margin: 0">${block('background: red', 'class="banner"')}${block('background: blue')}`,
    '/late-banner': `<!doctype html><body style="margin: 0">${block('background: blue')}<script>
      setTimeout(() => document.body.insertAdjacentHTML('afterbegin', '${block('background: red', 'class=banner').replaceAll('"', '\\"')}'), 300)</script>`,
    '/shadow': `<!doctype html><body style="margin: 0"><x-host></x-host><script>
      document.querySelector('x-host').attachShadow({ mode: 'open' }).innerHTML = '${block('background: red', 'class=banner')}${block('background: blue')}'</script>`,
    '/insists': `<!doctype html><body style="margin: 0"><div class="banner"><div style="width: 400px; height: 50px; visibility: visible; background: red"></div></div>`,
    '/strict': (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "style-src 'none'" })
        .end('<!doctype html><p class="banner">text</p>'),
    '/fades-in': `<!doctype html><style>#late { width: 400px; height: 50px; background: blue; animation: fade 0.3s }
      @keyframes fade { from { opacity: 0 } }</style><body style="margin: 0"><div id="late"></div>`,
    '/late': `<!doctype html><body style="margin: 0"><script>
      setTimeout(() => setTimeout(() => { document.body.innerHTML = '${block('background: blue', 'id=late').replaceAll('"', '\\"')}' }, 2500), 2500)</script>`,
    '/dark': `<!doctype html><style>body { background: red } @media (prefers-color-scheme: dark) { body { background: blue } }</style>`,
    '/motion': `<!doctype html><style>body { background: red } @media (prefers-reduced-motion: no-preference) { body { background: blue } }</style>`,
    '/german': says(`navigator.language === 'de-DE' && (1.5).toLocaleString() === '1,5'`),
    '/berlin': says(
      `new Date(2026, 6, 1, 12).getTimezoneOffset() === -120 && Intl.DateTimeFormat().resolvedOptions().timeZone === 'Europe/Berlin'`,
    ),
    '/agent': says(`navigator.userAgent === 'Robot/1'`),
    '/echo': (request, response) => {
      headers = request.headers;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>text');
    },
    '/frozen':
      says(`[Date.now(), +new Date(), Date.parse(Date()), Date.parse(new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }).format().replace(' at', ''))]
      .every((time) => time === Date.UTC(2026, 0, 1, 12)) && new Date(0).getTime() === 0 && new Date() instanceof Date && (class extends Date {}).now() === Date.now()`),
    '/goes-on': `<!doctype html><script>
      const began = performance.now();
      setTimeout(() => requestAnimationFrame(() => { document.body.style.background = performance.now() > began ? 'blue' : 'red' }), 50)</script><p>text`,
    '/numbers': bars(
      `[Math.random(), Math.random(), crypto.getRandomValues(new Uint8Array(1))[0] / 256, parseInt(crypto.randomUUID().slice(0, 4), 16) / 65536]`,
    ),
    '/phone': `<!doctype html><meta name="viewport" content="width=device-width"><style>body { margin: 0; height: 1000px; background: red }
      @media (width: 400px) and (pointer: coarse) { body { background: blue } }</style>`,
    '/desk': `<!doctype html><style>body { background: red } @media (width: 980px) { body { background: blue } }</style>`,
    '/cookie': says(`document.cookie === 'theme=dark'`),
    '/stored': says(`localStorage.getItem('theme') === 'dark'`),
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

const ask = (path: string, page: PageSettings = {}, fullPage = false): Promise<Answer> =>
  engine.ask({ url: `${site.origin}${path}`, viewport, page, fullPage });

describe('what is hidden or removed', () => {
  test.each<[string, PageSettings, string, string]>([
    ['/banner', {}, red, blue],
    ['/banner', { hide: ['.banner'] }, white, blue],
    ['/banner', { remove: ['.banner'] }, blue, white],
    ['/banner', { style: '.banner { background: blue !important }' }, blue, blue],
    ['/late-banner', { hide: ['.banner'] }, white, blue],
    ['/late-banner', { remove: ['.banner'] }, blue, white],
    ['/shadow', { hide: ['.banner'] }, white, blue],
    ['/shadow', { remove: ['x-host >>> .banner'] }, blue, white],
    ['/shadow', { hide: ['x-host >>> .banner'] }, white, blue],
    ['/insists', { hide: ['.banner'] }, white, white],
  ])('%s with %o', async (path, settings, first, second) => {
    for (const fullPage of [false, true]) {
      const answer = await ask(path, settings, fullPage);
      expect([colourAt(answer, 10, 10), colourAt(answer, 10, 60)], fullPage ? 'whole' : 'window').toEqual([first, second]);
    }
  });

  test('a content security policy does not keep it from working', async () => {
    const { bytes } = await ask('/strict', { hide: ['.banner'], style: 'html { background: blue }' });
    expect(colourAt({ bytes } as Answer, 10, 20)).toBe(blue);
  });

  test.each(['hide', 'remove', 'waitFor'] as const)('%s that is no selector is told', async (setting) => {
    const { code, message } = await ask('/banner', { [setting]: ['.ok', 'p['] });
    expect([code, message]).toEqual(['bad_request', expect.stringContaining('"p[')]);
  });
});

describe('what is waited for', () => {
  test('an element that comes late', async () => {
    expect(colourAt(await ask('/late'), 10, 10)).toBe(white);
    expect(colourAt(await ask('/late', { waitFor: ['#late'] }), 10, 10)).toBe(blue);
  });

  test('an element that fades in', async () => {
    expect(colourAt(await ask('/fades-in', { waitFor: ['#late'] }), 10, 10)).toBe(blue);
  });

  test('some time', async () => {
    expect(colourAt(await ask('/late', { delayMs: 6000 }), 10, 10)).toBe(blue);
  });

  test('an element that never comes is named', async () => {
    await using impatient = await startTestEngine({ renderBudgetMs: 4_000 });
    const { code, message } = await impatient.ask({
      url: `${site.origin}/banner`,
      viewport,
      page: { waitFor: ['.banner', '#never'] },
    });
    expect([code, message]).toEqual(['selector_not_found', 'wait-for: No element matches "#never", also in open shadow roots.']);
  });
});

describe('a phone', () => {
  const mobile = { mobile: true, touch: true };

  test.each([false, true])('heeds the viewport of the page, whole: %s', async (fullPage) => {
    const answer = await ask('/phone', mobile, fullPage);
    expect([sizeOf(answer), colourAt(answer, 200, 10), colourAt(answer, 390, 190)]).toEqual([
      fullPage ? '400×1000' : '400×200',
      blue,
      blue,
    ]);
  });

  test('lays out other pages as wide as a desk', async () => {
    expect(colourAt(await ask('/desk', mobile), 200, 10)).toBe(blue);
    expect(colourAt(await ask('/desk'), 200, 10)).toBe(red);
  });
});

describe('who visits', () => {
  test.each<[string, PageSettings]>([
    ['/dark', { colorScheme: 'dark' }],
    ['/motion', { reducedMotion: false }],
    ['/german', { locale: 'de-DE' }],
    ['/berlin', { timezone: 'Europe/Berlin' }],
    ['/agent', { userAgent: 'Robot/1' }],
    ['/frozen', { clockMs: Date.UTC(2026, 0, 1, 12) }],
    ['/goes-on', { clockMs: 0 }],
    ['/cookie', { cookies: [{ name: 'theme', value: 'dark' }] }],
    ['/stored', { storage: { theme: 'dark' } }],
  ])('%s with %o', async (path, settings) => {
    if (path !== '/goes-on') {
      expect(colourAt(await ask(path), 10, 190), 'without it').toBe(red);
    }
    expect(colourAt(await ask(path, settings), 10, 190)).toBe(blue);
  });

  test('is known by the headers of its requests', async () => {
    await ask('/echo', { locale: 'fr-CH', userAgent: 'Robot/1', cookies: [{ name: 'a', value: 'b' }] });
    expect([headers['user-agent'], headers['accept-language'], headers['cookie']]).toEqual([
      'Robot/1',
      expect.stringContaining('fr-CH'),
      'a=b',
    ]);
  });

  test('sees the same random numbers at every visit, and others with another seed', async () => {
    const [one, same, other, none] = await Promise.all([
      ask('/numbers', { random: 'a' }),
      ask('/numbers', { random: 'a' }),
      ask('/numbers', { random: 'b' }),
      ask('/numbers'),
    ]);
    expect(one?.bytes.equals(same?.bytes ?? Buffer.of())).toBe(true);
    expect(one?.bytes.equals(other?.bytes ?? Buffer.of())).toBe(false);
    expect(one?.bytes.equals(none?.bytes ?? Buffer.of())).toBe(false);
  });
});
