import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, colourAt, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';
import { type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const bar = '<div id="bar" style="width: 0; height: 100px; background: blue"></div>';

/** Pages with a bar that grows to 300 px in a second, moved by a script. */
const ending: Readonly<Record<string, string>> = {
  'by the stamps of animation frames': `${bar}<script>
    let began;
    const step = (stamp) => {
      began ??= stamp;
      const done = Math.min((stamp - began) / 1000, 1);
      bar.style.width = done * 300 + 'px';
      if (done < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);</script>`,
  'by a fixed step in each animation frame': `${bar}<script>
    let width = 0;
    const step = () => { width += 5; bar.style.width = width + 'px'; if (width < 300) requestAnimationFrame(step) };
    requestAnimationFrame(step);</script>`,
  'by the clock, in an interval': `${bar}<script>
    const began = Date.now();
    const ticker = setInterval(() => {
      const done = Math.min((Date.now() - began) / 1000, 1);
      bar.style.width = done * 300 + 'px';
      if (done === 1) clearInterval(ticker);
    }, 16);</script>`,
  'by the clock, in timers that set the next': `${bar}<script>
    const began = performance.now();
    const step = () => {
      const done = Math.min((performance.now() - began) / 1000, 1);
      bar.style.width = done * 300 + 'px';
      if (done < 1) setTimeout(step, 16);
    };
    step();</script>`,
  'in a frame of another site':
    '<iframe src="http://localhost:PORT/growing" style="border: 0; width: 400px; height: 100px"></iframe>',
  'when it is scrolled to': `<div style="height: 1000px"></div>${bar}<script>
    new IntersectionObserver(([{ isIntersecting }], watcher) => {
      if (!isIntersecting) return;
      watcher.disconnect();
      const began = performance.now();
      const step = (stamp) => {
        const done = Math.min((performance.now() - began) / 1000, 1);
        bar.style.width = done * 300 + 'px';
        if (done < 1) requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }).observe(bar);</script>`,
};

/** What has no end, and is held. */
const endless: Readonly<Record<string, string>> = {
  'a canvas that is drawn by the stamps of frames': `<canvas id="c" width="400" height="200"></canvas><script>
    const pen = c.getContext('2d');
    const draw = (stamp) => {
      pen.fillStyle = 'white'; pen.fillRect(0, 0, 400, 200);
      pen.fillStyle = 'red'; pen.fillRect((stamp / 4) % 350, 50, 50, 50);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);</script>`,
  'a box that is moved by the time since the page began': `<div id="box" style="position: absolute; width: 50px; height: 50px; background: red"></div><script>
    const move = () => { box.style.left = (performance.now() / 4) % 350 + 'px'; requestAnimationFrame(move) };
    move();</script>`,
};

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  const routes = Object.entries({ ...ending, ...endless }).map(([name, html]): [string, Route] => [
    `/${encodeURIComponent(name)}`,
    (_, response) => {
      const page = `<!doctype html><style>body { margin: 0 }</style>${html.replace('PORT', String(site.port))}`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    },
  ]);
  site = await startSite({
    ...Object.fromEntries(routes),
    '/growing': `<style>body { margin: 0 }</style>${ending['by the stamps of animation frames']}`,
    '/count-up': (request, response) => {
      const end = Number(new URL(request.url ?? '', 'http://site').searchParams.get('to'));
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><style>body { margin: 0; font: 40px monospace }</style><p id="p">0</p><script>
        let began;
        const step = (stamp) => {
          began ??= stamp;
          const done = Math.min((stamp - began) / 1000, 1);
          p.textContent = Math.round(done * ${end});
          if (done < 1) requestAnimationFrame(step);
        };
        requestAnimationFrame(step);</script>`);
    },
    '/number': '<style>body { margin: 0; font: 40px monospace }</style><p>12500</p>',
    '/random': `<body style="margin: 0"><div style="height: 100px; background: blue"></div><canvas id="c" width="100" height="50" style="display: block"></canvas><script>
      const pen = c.getContext('2d');
      setInterval(() => { pen.fillStyle = 'hsl(' + Math.random() * 360 + ' 100% 50%)'; pen.fillRect(0, 0, 100, 50) }, 5);</script>`,
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const capture = (path: string, fullPage = false): Promise<Answer> => engine.ask({ url: site.origin + path, viewport, fullPage });

describe.concurrent('what a script moves is at its end:', () => {
  test.each(Object.keys(ending))('%s', async (name) => {
    const isBelow = name === 'when it is scrolled to';
    const answer = await capture(`/${encodeURIComponent(name)}`, isBelow);
    expect(colourAt(answer, 295, isBelow ? 1_050 : 50)).toBe(blue);
    expect(warningOf(answer, 'still-moving')).toBeUndefined();
  });

  test('a number that is counted up to', async () => {
    const [counted, written] = [await capture('/count-up?to=12500'), await capture('/number?12500')];
    expect(counted.bytes.equals(written.bytes)).toBe(true);
  });
});

describe.concurrent('what has no end stands still:', () => {
  test.each(Object.keys(endless))('%s', async (name) => {
    const path = `/${encodeURIComponent(name)}`;
    const [one, other] = [await capture(path), await capture(path)];
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(warningOf(one, 'still-moving')).toBeUndefined();
  });

  test('what cannot be held is named by its place', async () => {
    const answer = await capture('/random');
    const [place, ...others] = warningOf(answer, 'still-moving')?.places ?? [];
    expect([colourAt(answer, 50, 50), others]).toEqual([blue, []]);
    // The canvas and what is near it, not the half of the window that stands still.
    expect(place).toMatchObject({ x: 0, y: 64 });
    expect(place!.width).toBeLessThanOrEqual(128);
  });
});
