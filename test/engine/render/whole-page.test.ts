import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, colourAt, sizeOf, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';
import { type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const red = '255,0,0';
const blue = '0,0,255';
const white = '255,255,255';

type Point = readonly [x: number, y: number, colour: string];

const screenHigh = (index: number): string => `<section id="s${index}" style="height: 100vh; background: red"></section>`;

/** Pages, and points of their full picture with the colours they must have. */
const drawn: Readonly<Record<string, { page: (site: Site) => string; points: readonly Point[] }>> = {
  'every screen is told that it was seen': {
    page: () => `${[0, 1, 2, 3, 4].map(screenHigh).join('')}<script>
      const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => {
        if (entry.isIntersecting) { entry.target.style.background = 'blue'; watcher.unobserve(entry.target) }
      }), { threshold: 0.6 });
      document.querySelectorAll('section').forEach((section) => watcher.observe(section))</script>`,
    points: [0, 1, 2, 3, 4].map((index) => [50, index * 200 + 100, blue]),
  },
  'a reveal that goes back when it is left is there': {
    page: () => `<div style="height: 900px"></div><div id="box" style="height: 100px; background: red"></div><div style="height: 900px"></div>
      <script>new IntersectionObserver(([{ isIntersecting }]) => { box.style.background = isIntersecting ? 'blue' : 'red' }).observe(box)</script>`,
    points: [[50, 950, blue]],
  },
  'a frame of another site is there': {
    page: ({ port }) =>
      `<div style="height: 900px"></div><iframe src="http://localhost:${port}/blue" style="display: block; border: 0; width: 400px; height: 300px"></iframe>`,
    points: [
      [50, 910, blue],
      [50, 1_190, blue],
    ],
  },
  'a frame of another site is there in a page of more than ten windows': {
    page: ({ port }) =>
      `<div style="height: 2500px"></div><iframe src="http://localhost:${port}/blue" style="display: block; border: 0; width: 400px; height: 300px"></iframe>`,
    points: [
      [50, 2_510, blue],
      [50, 2_790, blue],
    ],
  },
  'what is drawn only when it is visible is there': {
    page: () => `<style>article { content-visibility: auto; contain-intrinsic-size: auto 150px } div { height: 300px; background: blue }</style>
      ${'<article><div></div></article>'.repeat(4)}`,
    points: [100, 400, 700, 1_150].map((y) => [50, y, blue]),
  },
  'what is animated by scrolling is at its place': {
    page: () => `<style>@keyframes in { from { background: red } to { background: blue } }
      #box { height: 100px; background: red; animation: in linear both; animation-timeline: view(); animation-range: entry 0% entry 100% }</style>
      <div style="height: 1200px"></div><div id="box"></div><div style="height: 300px"></div>`,
    points: [[50, 1_250, blue]],
  },
  'what is measured by the window keeps its size': {
    page: () =>
      `${['vh', 'dvh', 'svh', 'lvh'].map((unit) => `<div style="height: 50${unit}; background: blue"></div><div style="height: 100px; background: red"></div>`).join('')}<div style="height: 900px"></div>`,
    points: [0, 200, 400, 600].flatMap((y): Point[] => [
      [50, y + 1, blue],
      [50, y + 99, blue],
      [50, y + 101, red],
      [50, y + 199, red],
    ]),
  },
  'what asks for the height of the window is asked as before': {
    page: () => `<style>@media (min-height: 300px) { body { background: red } } @media (max-height: 300px) { body { background: blue } }</style>
      <div style="height: 1500px"></div>`,
    points: [[50, 1_400, blue]],
  },
  'fixed bars are there once, at the edges of the first window': {
    page: () => `<style>div { width: 100%; left: 0 } .bar { position: fixed; height: 40px; background: blue }</style>
      <div style="height: 1500px"></div><div class="bar" style="top: 0"></div><div class="bar" style="bottom: 0"></div>`,
    points: [
      [50, 20, blue],
      [50, 100, white],
      [50, 180, blue],
      [50, 220, white],
      [50, 1_480, white],
    ],
  },
  'a cover that fills the window covers the first one alone': {
    page: () => '<div style="height: 1500px"></div><div style="position: fixed; inset: 0; background: blue"></div>',
    points: [
      [50, 199, blue],
      [50, 201, white],
    ],
  },
  'sticky parts are where they are at the top of the page': {
    page: () => `<style>.stick { position: sticky; height: 40px; background: blue }</style>
      <div style="height: 60px"></div><div class="stick" style="top: 0"></div><div style="height: 1340px"></div><div class="stick" style="bottom: 0"></div><div style="height: 60px"></div>`,
    points: [
      [50, 59, white],
      [50, 80, blue],
      [50, 101, white],
      [50, 180, blue],
      [50, 1_460, white],
    ],
  },
};

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  const routes = Object.entries(drawn).map(([name, { page }]): [string, Route] => [
    `/${encodeURIComponent(name)}`,
    (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><style>body { margin: 0 }</style>${page(site)}`);
    },
  ]);
  site = await startSite({
    ...Object.fromEntries(routes),
    '/blue': '<body style="background: blue">',
    '/virtual': `<style>body { margin: 0 } p { position: absolute; margin: 0; height: 50px; left: 0; right: 0 }</style><main style="position: relative; height: 2000px"></main>
      <script>
        // Rows for one window of 200 px, wherever that is: also when the window is taller.
        const main = document.querySelector('main');
        const draw = () => {
          const first = Math.floor(scrollY / 50);
          main.innerHTML = Array.from({ length: 4 }, (_, at) => '<p style="top:' + (first + at) * 50 + 'px">' + 'row of words '.repeat(9) + '</p>').join('');
        };
        onscroll = draw;
        draw();
      </script>`,
    '/endless': `<body style="margin: 0"><main></main><div id="end" style="height: 1px"></div><script>
      const main = document.querySelector('main');
      const add = async () => { await fetch('/blue'); main.insertAdjacentHTML('beforeend', '<div style="height: 300px; border-top: 1px solid blue">more</div>') };
      new IntersectionObserver(async ([{ isIntersecting }]) => { while (isIntersecting && end.getBoundingClientRect().top < innerHeight + 100) await add() }).observe(end);
    </script>`,
    '/grows': `<body style="margin: 0"><main></main><div id="end" style="height: 100px; background: blue"></div><script>
      const main = document.querySelector('main');
      let left = 3;
      new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting) more() }).observe(end);
      const more = async () => {
        while (left > 0 && end.getBoundingClientRect().top <= innerHeight) {
          left -= 1;
          await fetch('/blue');
          main.insertAdjacentHTML('beforeend', '<div style="height: 500px"></div>');
          await new Promise(requestAnimationFrame);
        }
      };
    </script>`,
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const capture = (path: string): Promise<Answer> =>
  engine.ask({ url: `${site.origin}/${encodeURIComponent(path)}`, viewport, fullPage: true });

describe.concurrent('below the window', () => {
  test.each(Object.entries(drawn))('%s', async (name, { points }) => {
    const answer = await capture(name);
    expect(points.map(([x, y]) => [x, y, colourAt(answer, x, y)])).toEqual(points);
    expect(warningOf(answer, 'not-drawn')).toBeUndefined();
  });

  test('rows of a list that draws one window only are named', async () => {
    const answer = await capture('virtual');
    expect(sizeOf(answer)).toBe('400×2000');
    expect(warningOf(answer, 'not-drawn')?.places[0]).toEqual({ x: 0, y: 200, width: 400, height: 200 });
  });

  test('a list that goes on for ever ends, and its end is named', async () => {
    const answer = await capture('endless');
    expect(sizeOf(answer)).toBe('400×4000');
    expect(warningOf(answer, 'endless')).toEqual({ kind: 'endless', heightPx: 4_000 });
  });

  test('a page that grows a few times is followed to its end', async () => {
    const answer = await capture('grows');
    expect([sizeOf(answer), colourAt(answer, 50, 1_550)]).toEqual(['400×1600', blue]);
    expect(warningOf(answer, 'endless')).toBeUndefined();
  });

  test('a page that is higher than a graphics card holds is there to its last pixel', async () => {
    const stripes = `<body style="margin: 0"><div style="height: 16500px; background: repeating-linear-gradient(red 0 100px, blue 100px 200px)"></div>
      <div style="height: 1px; background: red"></div>`;
    const answer = await engine.ask({ html: stripes, viewport: { width: 200, height: 2_000 }, fullPage: true });
    expect(sizeOf(answer)).toBe('200×16501');
    const ys = [50, 150, 8_250, 8_350, 16_350, 16_383, 16_385, 16_450, 16_499, 16_500];
    expect(ys.map((y) => colourAt(answer, 100, y))).toEqual([red, blue, red, blue, blue, blue, blue, red, red, red]);
  });
});
