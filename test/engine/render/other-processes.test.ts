import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, colourAt, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';
import { type IsolatingBrowser, writeIsolatingBrowser } from '../support/isolating-browser.ts';
import { late, type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const style =
  '<style>body { margin: 0 } #box { width: 100px; height: 100px; background: red } #box.done { background: blue }</style>';
const box = '<div id="box"></div>';

/** What a frame of another site shows; its square becomes blue. */
const frames: Readonly<Record<string, string>> = {
  'is waited for': `${box}<script>onload = () => fetch('/late.txt').then(() => { box.className = 'done' })</script>`,
  'is waited for while it is busy': `<div id="box" aria-busy="true"></div><script>
    let ticks = 0;
    const ticker = setInterval(() => { if ((ticks += 1) === 12) { clearInterval(ticker); box.ariaBusy = null; box.className = 'done' } }, 50)</script>`,
  'has its animations at their end':
    '<style>@keyframes in { to { background: blue } } #box { animation: in 30s 5s both }</style><div id="box"></div>',
  'has its transitions at their end': `<style>#box { transition: background 30s }</style>${box}<script>getComputedStyle(box).background; box.className = 'done'</script>`,
  'has what scripts move at its end': `${box}<script>
    let began;
    const step = (stamp) => {
      began ??= stamp;
      box.style.width = 100 + Math.min(stamp - began, 800) / 4 + 'px';
      if (stamp - began < 800) requestAnimationFrame(step); else box.className = 'done';
    };
    requestAnimationFrame(step)</script>`,
};

let site: Site;
let browser: IsolatingBrowser;
let engine: TestEngine;

/** A page whose frame of another site is below the window. */
function pageWith(path: string): Route {
  return (_, response) => {
    const frame = `<iframe src="http://localhost:${site.port}${path}" style="display: block; border: 0; width: 400px; height: 300px"></iframe>`;
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html>${style}<div style="height: 900px; background: blue"></div>${frame}`);
  };
}

beforeAll(async () => {
  const routes = Object.entries(frames).flatMap(([name, html], index): [string, Route][] => [
    [`/${encodeURIComponent(name)}`, pageWith(`/frame-${index}`)],
    [`/frame-${index}`, style + html],
  ]);
  site = await startSite({
    ...Object.fromEntries(routes),
    '/late.txt': late('text/plain', 'done'),
    '/busy-frame': pageWith('/busy'),
    '/busy': '<p>text</p><script>onload = () => setTimeout(() => { for (;;); })</script>',
  });
  browser = await writeIsolatingBrowser();
  engine = await startTestEngine({ browserPath: browser.path });
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const capture = (path: string, fullPage: boolean): Promise<Answer> => engine.ask({ url: site.origin + path, viewport, fullPage });

describe.concurrent('a frame in a process of its own', () => {
  test.each(Object.keys(frames))('%s', async (name) => {
    const answer = await capture(`/${encodeURIComponent(name)}`, true);
    expect(colourAt(answer, 50, 950)).toBe(blue);
    expect(warningOf(answer, 'not-held')).toBeUndefined();
  });

  test('that does not come to an end is named, and the rest is captured', async () => {
    const answer = await capture('/busy-frame', false);
    expect(`${answer.code}${answer.message}`).toBe('picture');
    expect(colourAt(answer, 50, 50)).toBe(blue);
    expect(warningOf(answer, 'not-held')?.urls).toEqual([`http://localhost:${site.port}/busy`]);
  });
});
