import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTar } from '../../../src/engine/browser/untar.ts';
import { solidPng } from '../../helpers/solid-png.ts';
import { redThenBlueGif } from '../support/animated-gif.ts';
import { type Answer, colourAt, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const red = '255,0,0';
const blue = '0,0,255';
const white = '255,255,255';

const spin = '@keyframes spin { to { transform: rotate(360deg) } }';
const spinner =
  'width: 100px; height: 100px; margin: 50px; background: linear-gradient(90deg, red 50%, blue 50%); animation: spin 0.7s linear infinite';

const animatedSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><rect width="100" height="100" fill="red"><animate attributeName="x" from="0" to="300" dur="1.3s" repeatCount="indefinite"/></rect></svg>';

/** Pages that move, with points of the picture and the colours they must have. */
const moving: Readonly<Record<string, { html: string; points: readonly [x: number, y: number, colour: string][] }>> = {
  'an animation with an end is at its end': {
    html: '<style>@keyframes in { from { opacity: 0; margin-left: 300px } } div { width: 100px; height: 100px; background: red; animation: in 60s 5s both }</style><div>',
    points: [[50, 50, red]],
  },
  'an endless animation is taken away': {
    html: `<style>${spin} div { ${spinner} }</style><div>`,
    points: [
      [70, 100, red],
      [130, 100, blue],
    ],
  },
  'a transition is at its end': {
    html: '<style>div { width: 10px; height: 100px; background: red; transition: all 60s } .b { width: 300px; background: blue }</style><div id="d"></div><script>getComputedStyle(d).width; d.className = "b"</script>',
    points: [[290, 50, blue]],
  },
  'an animation by script is at its end': {
    html: '<div id="d" style="width: 100px; height: 100px; background: red"></div><script>d.animate([{ background: "red" }, { background: "blue" }], { duration: 60000, fill: "forwards" })</script>',
    points: [[50, 50, blue]],
  },
  'an animation that follows another is at its end too': {
    html: '<div id="d" style="width: 100px; height: 100px; background: red"></div><script>d.animate([{}, {}], 60000).onfinish = () => d.animate([{ background: "red" }, { background: "blue" }], { duration: 60000, fill: "forwards" })</script>',
    points: [[50, 50, blue]],
  },
  'an animation that starts itself again stands still': {
    html: '<div id="d" style="width: 100px; height: 100px; background: red"></div><script>(function again() { d.animate([{ width: "100px" }, { width: "300px" }], 300).onfinish = again })()</script>',
    points: [
      [50, 50, red],
      [150, 50, white],
    ],
  },
  'an open shadow tree stands still': {
    html: `<x-x></x-x><script>document.querySelector('x-x').attachShadow({ mode: 'open' }).innerHTML = '<style>${spin} div { ${spinner} }</style><div></div>'</script>`,
    points: [[70, 100, red]],
  },
  'a closed shadow tree stands still': {
    html: `<x-x></x-x><script>document.querySelector('x-x').attachShadow({ mode: 'closed' }).innerHTML = '<style>${spin} div { ${spinner} }</style><div></div>'</script>`,
    points: [[70, 100, red]],
  },
  'a frame stands still': {
    html: `<iframe style="border: 0" srcdoc="<style>body { margin: 0 } ${spin} div { ${spinner} }</style><div>"></iframe>`,
    points: [[70, 100, red]],
  },
  'an animated SVG stands still': {
    html: animatedSvg,
    points: [[50, 50, red]],
  },
  'an animated SVG as a picture stands still': { html: '<img src="/a.svg">', points: [[50, 50, red]] },
  'an animated picture shows its first frame': {
    html: '<img src="/a.gif" width="100" height="100"><div style="width: 100px; height: 100px; background: url(/a.gif)"></div>',
    points: [
      [50, 50, red],
      [50, 150, red],
    ],
  },
  'a marquee stands still': { html: '<marquee>text</marquee>', points: [] },
  'a progress bar without a value is empty': { html: '<progress></progress>', points: [] },
  'the text caret is invisible': {
    html: '<input autofocus style="border: 0; outline: 0; width: 200px; font-size: 80px">',
    points: [
      [1, 50, white],
      [2, 50, white],
      [3, 50, white],
    ],
  },
};

let site: Site;
let engine: TestEngine;
let font: Uint8Array;

beforeAll(async () => {
  font = await readFont();
  const late =
    (delayMs: number, contentType: string, body: () => Uint8Array): Route =>
    (_, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': contentType }).end(body()), delayMs);
    };
  site = await startSite({
    ...Object.fromEntries(
      Object.entries(moving).map(([name, { html }]) => [
        `/${encodeURIComponent(name)}`,
        `<style>body { margin: 0 }</style>${html}`,
      ]),
    ),
    '/a.gif': { headers: { 'content-type': 'image/gif' }, body: redThenBlueGif() },
    '/a.svg': { headers: { 'content-type': 'image/svg+xml' }, body: animatedSvg },
    '/late.png': late(600, 'image/png', () => solidPng(10, 10, [255, 0, 0])),
    '/font.ttf': late(0, 'font/ttf', () => font),
    '/late.ttf': late(600, 'font/ttf', () => font),
    '/font': fontPage('/font.ttf'),
    '/late-font': fontPage('/late.ttf'),
    '/no-font': fontPage('/none.ttf'),
    '/late-picture':
      '<body style="margin: 0"><script>onload = () => document.body.append(Object.assign(new Image(100, 100), { src: "/late.png" }))</script>',
    '/world': (request, response) => {
      // Which languages are asked for; the weight after one is each Chrome's own way to write that.
      const asked = JSON.stringify(request.headers['accept-language']?.replace(/;q=[\d.]+/g, ''));
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<body style="margin: 0"><script>
        const expected = [${asked} === 'en-US,en', navigator.language === 'en-US', Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC',
          new Date(0).getHours() === 0, (1234.5).toLocaleString() === '1,234.5', matchMedia('(prefers-reduced-motion: reduce)').matches,
          matchMedia('(prefers-color-scheme: light)').matches, matchMedia('(color-gamut: srgb)').matches && !matchMedia('(color-gamut: p3)').matches, devicePixelRatio === 1];
        document.body.innerHTML = expected.map((ok, at) => '<p style="position:absolute;margin:0;width:10px;height:10px;left:' + at * 10 + 'px;background:' + (ok ? 'blue' : 'red') + '">').join('');
      </script>`);
    },
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

/** A real font that no system has installed under this name. */
async function readFont(): Promise<Uint8Array> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
  const files = readTar(brotliDecompressSync(await readFile(join(bin, 'fonts.tar.br'))));
  return files.find(({ path }) => path.endsWith('Bold.ttf'))!.bytes;
}

/** Text in a font that is asked for when the page is loaded already. */
function fontPage(file: string): string {
  const style = `<style>@font-face { font-family: late; src: url(${file}) } p { font: 40px monospace } .late { font-family: late }</style>`;
  return `${style}<p id="p">Hamburgefonstiv</p><script>onload = () => { p.className = 'late' }</script>`;
}

const capture = (path: string): Promise<Answer> => engine.ask({ url: site.origin + path, viewport });

describe('what moves', () => {
  test.each(Object.entries(moving))('%s', async (name, { points }) => {
    const path = `/${encodeURIComponent(name)}`;
    const [first, second] = await Promise.all([capture(path), capture(path)]);
    expect(points.map(([x, y]) => colourAt(first, x, y))).toEqual(points.map(([, , colour]) => colour));
    const third = await capture(path);
    expect([second.bytes.equals(first.bytes), third.bytes.equals(first.bytes)]).toEqual([true, true]);
  });
});

test('a font that comes late is waited for', async () => {
  const [soon, late] = [await capture('/font'), await capture('/late-font')];
  expect(late.bytes.equals(soon.bytes)).toBe(true);
  const none = await capture('/no-font');
  expect(none.bytes.equals(soon.bytes)).toBe(false);
});

test('a picture that comes late is waited for', async () => {
  expect(colourAt(await capture('/late-picture'), 50, 50)).toBe(red);
});

test('language, time zone, colours and preferences are the same everywhere', async () => {
  const answer = await capture('/world');
  expect(Array.from({ length: 9 }, (_, at) => colourAt(answer, at * 10 + 5, 5))).toEqual(Array.from({ length: 9 }, () => blue));
});

test('there are no scrollbars', async () => {
  const answer = await engine.ask({
    html: '<body style="margin: 0"><div style="height: 5000px; width: 2000px; background: blue">',
    viewport,
  });
  expect([colourAt(answer, 399, 100), colourAt(answer, 200, 199)]).toEqual([blue, blue]);
});
