import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, colourAt, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const square = 'position: absolute; top: 0; left: 0; width: 100px; height: 100px';
const tall = '<div style="height: 1500px"></div>';

/** Pages whose square at the top is blue as long as nobody has touched them. */
const untouched: Readonly<Record<string, string>> = {
  'a menu that follows the sections, by what is in view': `<div id="box" style="${square}"></div>
    <section id="first" style="height: 300px"></section><section id="second" style="height: 900px"></section>
    <script>
      // The mark goes to the section that reaches into a band of the window.
      const watcher = new IntersectionObserver((entries) => {
        const seen = entries.find(({ isIntersecting }) => isIntersecting);
        if (seen) box.style.background = seen.target.id === 'first' ? 'blue' : 'red';
      }, { rootMargin: '-40% 0px -50% 0px' });
      watcher.observe(first);
      watcher.observe(second);
    </script>`,
  'a menu that follows the sections, by where the page was scrolled to': `<div id="box" style="${square}; background: blue"></div>${tall}
    <script>onscroll = () => requestAnimationFrame(() => { box.style.background = scrollY > 50 ? 'red' : 'blue' })</script>`,
  'a button that leads to the top': `<style>#box { background: blue } #up { position: fixed; top: 0; left: 0; width: 100px; height: 100px; background: red; opacity: 0; transition: opacity 0.3s } #up.shown { opacity: 1 }</style>
    <div id="box" style="${square}"></div><div id="up"></div>${tall}
    <script>onscroll = () => up.classList.toggle('shown', scrollY > 100)</script>`,
  'a header that hides when one scrolls down': `<div style="${square}; background: red"></div><div id="bar" style="position: fixed; top: 0; left: 0; width: 100px; height: 100px; background: blue"></div>${tall}
    <script>let last = 0; onscroll = () => { bar.style.transform = scrollY > last ? 'translateY(-100px)' : ''; last = scrollY }</script>`,
  'a page that scrolls smoothly': `<style>html { scroll-behavior: smooth }</style><div id="box" style="${square}; background: blue"></div>${tall}
    <script>onscroll = () => { box.style.background = scrollY > 50 ? 'red' : 'blue' }</script>`,
  'a page that watches the size of its window': `<div id="box" style="${square}; background: blue"></div>${tall}
    <script>
      const size = () => [innerWidth, innerHeight, visualViewport.height, document.documentElement.clientHeight].join();
      const first = size();
      const look = () => { if (size() !== first) box.style.background = 'red' };
      onresize = look; visualViewport.onresize = look; onscroll = look; addEventListener('resize', () => { box.style.background = 'red' });
      matchMedia('(min-height: 201px)').onchange = () => { box.style.background = 'red' };
      const ever = () => { look(); requestAnimationFrame(ever) };
      ever();
    </script>`,
  'an element that fills its window': `<div id="all" style="position: fixed; inset: 0"></div><div id="box" style="${square}"></div>${tall}
    <script>new ResizeObserver(([{ contentRect }]) => { box.style.background = contentRect.height === 200 ? 'blue' : 'red' }).observe(all)</script>`,
  'what is in the corner, under no pointer': `<style>#box { background: blue } #box:hover { background: red }</style>
    <div id="box" style="${square}"></div>${tall}`,
};

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  const routes = Object.entries(untouched).map(([name, html]): [string, Route] => [
    `/${encodeURIComponent(name)}`,
    `<style>body { margin: 0 }</style>${html}`,
  ]);
  site = await startSite(Object.fromEntries(routes));
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const capture = (name: string, fullPage: boolean): Promise<Answer> =>
  engine.ask({ url: `${site.origin}/${encodeURIComponent(name)}`, viewport, fullPage });

describe.concurrent('is in a full page as a visitor finds it:', () => {
  test.each(Object.keys(untouched))('%s', async (name) => {
    const [whole, window] = [await capture(name, true), await capture(name, false)];
    expect([colourAt(whole, 80, 80), colourAt(window, 80, 80)]).toEqual([blue, blue]);
  });
});
