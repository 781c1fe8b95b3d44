import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { solidPng } from '../../helpers/solid-png.ts';
import { type Answer, colourAt, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';
import { late, never, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const box = '<div id="box"></div>';
const frameOf = (url: string): string => `<iframe src="${url}" style="border: 0; width: 100px; height: 100px"></iframe>`;
/** A script that calls `done` after a while for which no timer was set that could be waited for. */
const inAWhile = `let ticks = 0; const ticker = setInterval(() => { if ((ticks += 1) === 12) { clearInterval(ticker); done() } }, 50)`;
const fetched = `fetch('/late.txt').then(() => { box.className = 'done' })`;

/** Pages whose square becomes blue some time after `load`. */
const waitedFor: Readonly<Record<string, (site: Site) => string>> = {
  'data that is fetched': () => `${box}<script>onload = () => { ${fetched} }</script>`,
  'a timer, then data, then another timer': () =>
    `${box}<script>onload = () => setTimeout(() => fetch('/late.txt').then(() => setTimeout(() => { box.className = 'done' }, 300)), 300)</script>`,
  'a script that is imported when it is needed': () =>
    `${box}<script type="module">addEventListener('load', () => import('/late.js'))</script>`,
  'a font that a script asks for': () =>
    `${box}<script>onload = () => new FontFace('late', 'url(/late.ttf)').load().catch(() => { box.className = 'done' })</script>`,
  'a background': () =>
    `<style>#box.seen { background: url(/late.png) }</style>${box}<script>onload = () => { box.className = 'seen' }</script>`,
  'the poster of a video': () =>
    `<video id="film" width="100" height="100"></video><script>onload = () => { film.poster = '/late.png' }</script>`,
  'a picture in an SVG': () =>
    `<svg width="100" height="100"><image id="pic" width="100" height="100"/></svg><script>onload = () => pic.setAttribute('href', '/late.png')</script>`,
  'an element that says it is busy': () =>
    `<div id="box" aria-busy="true"></div><script>const done = () => { box.ariaBusy = 'false'; box.className = 'done' }; ${inAWhile}</script>`,
  'a skeleton that a message of the server replaces': () =>
    `<div id="box" class="card-skeleton"></div><script>new EventSource('/late-event').onmessage = () => { box.className = 'done' }</script>`,
  'a custom element whose definition comes late': () =>
    `<x-late></x-late><script>const done = () => customElements.define('x-late', class extends HTMLElement { connectedCallback() { this.id = 'box'; this.className = 'done' } }); ${inAWhile}</script>`,
  'a busy element in an open shadow root': () => inShadow('open'),
  'a busy element in a closed shadow root': () => inShadow('closed'),
  'a frame': ({ origin }) => frameOf(`${origin}/frame`),
  'a frame of another site': ({ port }) => frameOf(`http://localhost:${port}/frame`),
};

function inShadow(mode: 'open' | 'closed'): string {
  return `<x-card></x-card><script>
    let root;
    customElements.define('x-card', class extends HTMLElement {
      constructor() {
        super();
        root = this.attachShadow({ mode: '${mode}' });
        root.innerHTML = '<div aria-busy="true" style="height: 100px; width: 100px; background: red"></div>';
      }
    });
    const done = () => { root.firstChild.ariaBusy = null; root.firstChild.style.background = 'blue' }; ${inAWhile}</script>`;
}

const style =
  '<style>body { margin: 0 } #box { display: block; width: 100px; height: 100px; background: red } #box.done { background: blue }</style>';

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  const bluePng = solidPng(100, 100, [0, 0, 255]);
  const pages = Object.keys(waitedFor).map((name) => [`/${encodeURIComponent(name)}`, page((own) => waitedFor[name]!(own))]);
  site = await startSite({
    ...Object.fromEntries(pages),
    '/late.txt': late('text/plain', 'done'),
    '/late.js': late('text/javascript', 'box.className = "done"'),
    '/late.ttf': late('font/ttf', 'no font'),
    '/late.png': late('image/png', bluePng),
    '/late-event': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      setTimeout(() => response.write('data: done\n\n'), 600);
    },
    '/frame': `${style}${box}<script>onload = () => { ${fetched} }</script>`,
    '/below': `${style}<div style="height: 3000px"></div>${box}<script>
      new IntersectionObserver(([entry]) => { if (entry.isIntersecting) ${fetched} }).observe(box)</script>`,
    '/never.png': never,
    '/never.ttf': never,
    '/never.json': never,
    '/hanging-picture': '<body style="background: blue"><img src="/never.png?token=secret">',
    '/hanging-font':
      '<style>@font-face { font-family: own; src: url(/never.ttf) } p { font-family: own }</style><body style="background: blue"><p>text',
    '/long-poll': '<body style="background: red"><script>fetch("/never.json"); document.body.style.background = "blue"</script>',
    '/stream': (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .write('<!doctype html><body style="background: blue"><p>first line');
    },
    '/busy': '<body style="background: blue"><main id="list" aria-busy="true">text</main>',
    '/clock':
      '<body style="background: blue"><p id="p"></p><script>setInterval(() => { p.textContent = Date.now() }, 30)</script>',
    '/after-load': '<body style="background: blue"><script>onload = () => fetch("/never.json")</script>',
  });
  engine = await startTestEngine();
});

function page(body: (site: Site) => string) {
  return (_: unknown, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${style}${body(site)}`);
  };
}

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const capture = (path: string): Promise<Answer> => engine.ask({ url: site.origin + path, viewport });

describe.concurrent('is waited for after load:', () => {
  test.each(Object.keys(waitedFor))('%s', async (name) => {
    expect(colourAt(await capture(`/${encodeURIComponent(name)}`), 50, 50)).toBe(blue);
  });

  test('what begins when it is scrolled to', async () => {
    const answer = await engine.ask({ url: `${site.origin}/below`, viewport, fullPage: true });
    expect(colourAt(answer, 50, 3_050)).toBe(blue);
  });
});

describe.concurrent('what never comes is named, and the rest is captured:', () => {
  test.each([
    ['a picture, without its query', '/hanging-picture', '/never.png'],
    ['a font', '/hanging-font', '/never.ttf'],
    ['a long poll', '/long-poll', '/never.json'],
    ['a document that goes on arriving', '/stream', '/stream'],
  ])('%s', async (_, path, open) => {
    const answer = await capture(path);
    expect(colourAt(answer, 200, 150)).toBe(blue);
    expect(warningOf(answer, 'still-loading')?.urls).toEqual([site.origin + open]);
  });

  test('an element that stays busy', async () => {
    const answer = await capture('/busy');
    expect(colourAt(answer, 200, 150)).toBe(blue);
    expect(warningOf(answer, 'still-busy')?.elements).toEqual(['main#list[aria-busy]']);
  });

  test('a page that is never at rest has nothing that could be named', async () => {
    const answer = await capture('/clock');
    expect(colourAt(answer, 200, 150)).toBe(blue);
    expect([warningOf(answer, 'still-loading'), warningOf(answer, 'still-busy')]).toEqual([undefined, undefined]);
  });
});

describe('wait-until keeps its meaning:', () => {
  test('load does not wait for what is asked for afterwards', async () => {
    const answer = await engine.ask({ url: `${site.origin}/after-load`, viewport, waitUntil: 'load' });
    expect(colourAt(answer, 200, 150)).toBe(blue);
    expect(warningOf(answer, 'still-loading')).toBeUndefined();
  });

  test('networkidle0 waits for everything, and names what was missing in the end', async () => {
    await using short = await startTestEngine({ renderBudgetMs: 3_000 });
    const ask = (): Promise<Answer> => short.ask({ url: `${site.origin}/after-load`, viewport, waitUntil: 'networkidle0' });
    // A slow machine may spend the first budget on its browser.
    const message = expect.poll(async () => (await ask()).message, { timeout: 50_000 });
    await message.toContain(`Still loading: ${site.origin}/never.json`);
  });
});
