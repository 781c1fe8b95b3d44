import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../../src/system/ports.ts';
import { silentLog } from '../../helpers/silent-log.ts';
import { browserPath } from '../../helpers/test-browser.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { isRunning, until } from '../support/processes.ts';
import { type Site, startSite } from '../support/site.ts';

let site: Site;
/** Requests for /slow that have not been answered yet. */
let waiting: (() => void)[] = [];

beforeAll(async () => {
  site = await startSite({
    '/': '<h1>page</h1>',
    // The document is there and its renderer at work, while it waits for its picture.
    '/with-slow-picture': '<h1>page</h1><img src="/slow">',
    '/slow': (_, response) => {
      waiting.push(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>slow</h1>'));
    },
  });
});
afterAll(() => site[Symbol.asyncDispose]());

function answerSlowPages(): void {
  for (const answer of waiting) {
    answer();
  }
  waiting = [];
}

async function pidOf({ engine }: TestEngine): Promise<number> {
  const [pid] = await engine.browserProcessIds('browser');
  return pid!;
}

async function killRenderers({ engine }: TestEngine): Promise<void> {
  for (const pid of await engine.browserProcessIds('renderer')) {
    process.kill(pid, 'SIGKILL');
  }
}

describe('a browser that is killed', () => {
  test('between captures is started again', async () => {
    const warnings: string[] = [];
    const log: Log = { ...silentLog, warn: (message) => warnings.push(message) };
    await using engine = await startTestEngine({ log });
    const first = await pidOf(engine);
    process.kill(first, 'SIGKILL');
    await until(async () => !(await isRunning(first)));
    expect(await engine.ask({ url: `${site.origin}/` })).toMatchObject({ code: 'picture' });
    expect(await pidOf(engine)).not.toBe(first);
    // Where the system gives a user's browser no sandbox, each start warns of that as well.
    expect(warnings.filter((line) => !line.includes('sandbox'))).toEqual(['The browser is gone and is started again.']);
  });

  test('under captures is started again once, and they are repeated', async () => {
    await using engine = await startTestEngine({ capacity: 3 });
    const first = await pidOf(engine);
    const captures = Promise.all([1, 2, 3].map(() => engine.ask({ url: `${site.origin}/slow` })));
    await until(() => waiting.length === 3);
    waiting = [];
    process.kill(first, 'SIGKILL');
    await until(() => waiting.length === 3);
    answerSlowPages();
    expect((await captures).map(({ code }) => code)).toEqual(['picture', 'picture', 'picture']);
  });

  test('each time ends the capture as render_timeout', async () => {
    await using engine = await startTestEngine();
    const capture = engine.ask({ url: `${site.origin}/slow` });
    for (let at = 0; at < 3; at += 1) {
      await until(() => waiting.length === 1);
      waiting = [];
      process.kill(await pidOf(engine), 'SIGKILL');
    }
    expect(await capture).toMatchObject({ code: 'render_timeout', message: expect.stringContaining('the browser crashed') });
  });
});

describe('a renderer that crashes', () => {
  test('is given a second chance', async () => {
    await using engine = await startTestEngine();
    const capture = engine.ask({ url: `${site.origin}/with-slow-picture` });
    await until(() => waiting.length === 1);
    waiting = [];
    await killRenderers(engine);
    await until(() => waiting.length === 1);
    answerSlowPages();
    expect(await capture).toMatchObject({ code: 'picture' });
  });

  test('twice ends the capture as render_timeout, and no other', async () => {
    await using engine = await startTestEngine();
    const capture = engine.ask({ url: `${site.origin}/with-slow-picture` });
    for (let at = 0; at < 2; at += 1) {
      await until(() => waiting.length === 1);
      waiting = [];
      await killRenderers(engine);
    }
    expect(await capture).toMatchObject({ code: 'render_timeout', message: expect.stringContaining('The page crashed') });
    expect(await engine.ask({ url: `${site.origin}/` })).toMatchObject({ code: 'picture' });
  });
});

test('a client that goes away ends its page', async () => {
  await using engine = await startTestEngine({ capacity: 1 });
  const leaves = new AbortController();
  const capture = engine.ask({ url: `${site.origin}/slow` }, leaves.signal).catch(() => 'left');
  await until(() => waiting.length === 1);
  waiting = [];
  leaves.abort();
  expect(await capture).toBe('left');
  expect(await engine.ask({ url: `${site.origin}/` })).toMatchObject({ code: 'picture' });
});

test('closing the engine ends captures under way and every process', async () => {
  const engine = await startTestEngine();
  const pid = await pidOf(engine);
  const capture = engine.ask({ url: `${site.origin}/slow` }).catch(() => 'cut off');
  await until(() => waiting.length === 1);
  waiting = [];
  await engine.engine.close();
  await engine.engine.close();
  expect(await capture).toBe('cut off');
  expect(await isRunning(pid)).toBe(false);
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('the browser ends with a process that %s ends', async (signal) => {
  const child = fork(new URL('../support/engine-process.ts', import.meta.url), [browserPath], { stdio: 'ignore' });
  const [pids] = (await once(child, 'message')) as [number[]];
  for (const pid of pids) {
    expect(await isRunning(pid)).toBe(true);
  }
  child.kill(signal);
  for (const pid of pids) {
    await until(async () => !(await isRunning(pid)));
  }
});
