import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/system/clock.ts';
import type { Clock } from '../../../src/system/ports.ts';
import { type Answer, colourAt, sizeOf, startTestEngine, type TestEngine } from '../support/engine.ts';
import { until } from '../support/processes.ts';
import { type Route, type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const blue = '0,0,255';

const content = '<style>body { margin: 0 }</style><div id="it" style="height: 1500px; background: blue"></div>';
const html = { 'content-type': 'text/html' };

/** Pages that a capture could wait for without end. All of them are blue. */
const hanging: Readonly<Record<string, Route>> = {
  'opens a window over itself': `${content}<script>
    it.style.background = 'red';
    window.open('/blue');
    onload = () => { window.open('/blue'); requestAnimationFrame(() => requestAnimationFrame(() => { it.style.background = 'blue' })) }</script>`,
  'has functions of its own in the place of the browser’s': `<script>
      const nothing = () => 0;
      requestAnimationFrame = setTimeout = requestIdleCallback = queueMicrotask = getComputedStyle = scrollTo = nothing;
      Promise = class { then() { return this } };
      IntersectionObserver = MutationObserver = class {};
      Array.prototype.map = Array.prototype.filter = Array.prototype.flatMap = nothing;
      Element.prototype.getBoundingClientRect = Document.prototype.querySelectorAll = Element.prototype.querySelectorAll = nothing;
      JSON.stringify = Object.assign = Map = WeakSet = Set = nothing;
    </script>${content}`,
  'may run no script, by its policy': {
    headers: { ...html, 'content-security-policy': 'sandbox' },
    body: `<!doctype html>${content}<script>it.style.background = 'red'</script>`,
  },
  'may load and run nothing, by its policy': {
    headers: {
      ...html,
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'",
    },
    body: `<!doctype html>${content}`,
  },
  'has a frame that may run no script': `${content}<iframe sandbox srcdoc="<p>text" style="position: absolute; top: 0; right: 0; width: 100px"></iframe>`,
};

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  const routes = Object.entries(hanging).map(([name, route]): [string, Route] => [`/${encodeURIComponent(name)}`, route]);
  site = await startSite({
    ...Object.fromEntries(routes),
    '/blue': '<body style="background: blue">',
    '/reload': '<script>onload = () => location.reload()</script>',
    '/always-busy': '<main aria-busy="true">text</main>',
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

describe.concurrent('is captured like any other: a page that', () => {
  test.each(Object.keys(hanging))('%s', async (name) => {
    const url = `${site.origin}/${encodeURIComponent(name)}`;
    const answers: Answer[] = [];
    for (const part of [{}, { fullPage: true }, { selector: '#it' }]) {
      answers.push(await engine.ask({ url, viewport, ...part }));
    }
    expect(answers.map(({ code, message }) => `${code}${message}`)).toEqual(['picture', 'picture', 'picture']);
    expect(answers.map((answer) => [sizeOf(answer), colourAt(answer, 50, 190)])).toEqual([
      ['400×200', blue],
      ['400×1500', blue],
      ['400×1500', blue],
    ]);
  });
});

test('a page that loads itself again and again ends with that as the reason', async () => {
  expect(await engine.ask({ url: `${site.origin}/reload`, viewport })).toMatchObject({
    code: 'render_timeout',
    message: expect.stringContaining('The page never stays'),
  });
});

test('nothing goes on once the engine has ended', async () => {
  const clock = new StoppableClock();
  const own = await startTestEngine({ clock });
  own.ask({ url: `${site.origin}/always-busy`, viewport }).catch(() => undefined);
  await until(async () => site.requests.some((request) => request.endsWith('/always-busy')) && clock.waiting.size > 0);
  await own[Symbol.asyncDispose]();
  const before = [...clock.waiting];
  clock.stop();
  await Promise.allSettled(before);
  for (let turn = 0; turn < 100; turn += 1) {
    await setImmediate();
  }
  // A loop that goes on would wait for its next turn.
  expect(clock.waiting.size).toBe(0);
});

/** The real clock; once it is stopped, whoever begins to wait waits for ever. */
class StoppableClock implements Clock {
  readonly waiting = new Set<Promise<void>>();
  #isStopped = false;

  nowMs(): number {
    return systemClock.nowMs();
  }

  date(): Date {
    return systemClock.date();
  }

  stop(): void {
    this.#isStopped = true;
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    const sleep = systemClock.sleep(this.#isStopped ? 2 ** 31 - 1 : delayMs, signal);
    this.waiting.add(sleep);
    const done = (): boolean => this.waiting.delete(sleep);
    sleep.then(done, done);
    return sleep;
  }
}
