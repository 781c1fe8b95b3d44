import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/results/model.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { launchTestBrowser } from '../helpers/test-browser.ts';
import { changedCapture, red, uploadedFiles } from '../helpers/uploaded-results.ts';
import { makeReport } from '../report/support/reports.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

/** The same change on two pages, and a change of its own on a third. */
function groupedResults(): Report {
  const [a, b, own] = ['page-1', 'page-2', 'own'].map((name) => changedCapture(name));
  const ids = ['page-1/1280x800', 'page-2/1280x800'];
  const group = {
    id: 'g1',
    captures: 2,
    size: { width: 80, height: 60 },
    example: ids[0] ?? '',
    regions: Object.fromEntries(ids.map((id) => [id, [0]])),
  };
  const inGroup = (capture: typeof a) => ({ ...capture, groups: ['g1'] }) as Report['captures'][number];
  return { ...makeReport([inGroup(a), inGroup(b), own].flatMap((one) => one ?? [])), groups: [group] };
}

interface Running {
  readonly url: string;
  readonly finished: Promise<Finished>;
  stop(): void;
}

async function start(workspace: Workspace, args: readonly string[] = []): Promise<Running> {
  for (const { path, content } of uploadedFiles(groupedResults())) {
    await put(workspace, `visual-capture/${String(path)}`, content);
  }
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const finished = runBundle(cliSource, {
    cwd: workspace.path,
    args: ['report', '--no-open', ...args],
    stopWhen: stopped,
    onOutput: (text) => {
      const [found] = /http:\/\/127\.0\.0\.1:\S+/.exec(text) ?? [];
      if (found !== undefined) {
        resolve(found);
      }
    },
  });
  finished.then(({ stderr }) => reject(new Error(stderr)), reject);
  return { url: await url, finished, stop };
}

async function open(url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.overview');
  return page;
}

const text = (page: Page, selector: string): Promise<unknown> =>
  page
    .waitForSelector(`${selector}:not([hidden])`)
    .then(() => page.evaluate(`document.querySelector('${selector}').textContent`));
const baseline = (workspace: Workspace, name: string): Promise<Buffer> =>
  readFile(join(workspace.path, `visual-baselines/${name}/1280x800.png`));

describe('visual-capture report', () => {
  test('accepts what is marked in the page, a group with all of its captures, as the command line does', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    const page = await open(running.url);
    for (const key of ['j', 'y', 'A'] as const) {
      await page.keyboard.press(key);
    }
    expect(await text(page, '.notice')).toBe('2 taken as baselines. Commit them.');
    expect(await baseline(workspace, 'page-1')).toEqual(Buffer.from(red));
    expect(await baseline(workspace, 'page-2')).toEqual(Buffer.from(red));
    await expect(baseline(workspace, 'own')).rejects.toThrow('ENOENT');
    expect(await page.evaluate('document.querySelector(".tray").hidden')).toBe(true);
    expect(await text(page, '.card-group .accepted-mark')).toBe('Baseline now');
    await page.close();
    running.stop();
    const { stdout, exitCode } = await running.finished;
    expect([exitCode, stdout.split('\n').slice(1)]).toEqual([
      0,
      ['visual-baselines/page-1/1280x800.png', 'visual-baselines/page-2/1280x800.png', ''],
    ]);
  });

  test('a single capture is accepted with the button', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    const page = await open(`${running.url}#own/1280x800`);
    await page.waitForSelector('.stage:not([aria-busy]) > *');
    await page.locator('.action-accepted').click();
    await page.locator('.tray .primary').click();
    expect(await text(page, '.notice')).toBe('1 taken as baselines. Commit them.');
    expect(await baseline(workspace, 'own')).toEqual(Buffer.from(red));
    await page.close();
    running.stop();
    await running.finished;
  });

  test('why nothing was accepted is told in the page as sentences, and the marks stay', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    // A new run has replaced the picture that the page shows.
    await writeFile(join(workspace.path, 'visual-capture/actual/own/1280x800.png'), 'another picture');
    const page = await open(`${running.url}#own/1280x800`);
    await page.keyboard.press('y');
    await page.keyboard.press('A');
    expect(await text(page, 'dialog[open] p')).toMatch(
      /^The results in .*visual-capture are not taken: actual\/own\/1280x800\.png is not the picture that results\.json tells the hash of\. Run the check again\.$/,
    );
    expect(await page.evaluate('document.querySelector(".tray").hidden')).toBe(false);
    await expect(baseline(workspace, 'own')).rejects.toThrow('ENOENT');
    await page.close();
    running.stop();
    await running.finished;
  });

  test('once the command has ended, the page says so', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    const page = await open(running.url);
    running.stop();
    await running.finished;
    for (const key of ['j', 'y', 'A'] as const) {
      await page.keyboard.press(key);
    }
    expect(await text(page, 'dialog[open] p')).toMatch(/^The command visual-capture report no longer runs/);
    await page.close();
  });

  test('the page may ask for nothing but this, and no file of the folder can be had', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    const { port, pathname, host } = new URL(running.url);
    const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (answer) => {
          answer.resume();
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
          resolve(answer.statusCode);
        });
        sent.once('error', reject).end(method === 'POST' ? '{"groups":["g1"],"captures":[]}' : undefined);
      });
    expect(await ask(pathname)).toBe(200);
    expect(await ask('/')).toBe(404);
    expect(await ask(`${pathname}results.json`)).toBe(404);
    expect(await ask(`${pathname}../../visual-capture/results.json`)).toBe(404);
    expect(await ask(pathname, { host: `evil.example:${port}` })).toBe(403);
    const json = { 'content-type': 'application/json' };
    expect(await ask(`${pathname}accept`, { ...json, origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await ask(`${pathname}accept`, json, 'POST')).toBe(403);
    await expect(baseline(workspace, 'page-1')).rejects.toThrow('ENOENT');
    const policy = await (await fetch(running.url)).text();
    expect(policy).toContain('connect-src &#39;self&#39;');
    running.stop();
    await running.finished;
  });

  test('ids are compared and not read as globs', async () => {
    await using workspace = await createWorkspace();
    const running = await start(workspace);
    const { origin } = new URL(running.url);
    const answer = await fetch(`${running.url}accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ groups: [], captures: ['page-*/1280x800'] }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { kind: 'refused', message: 'The report has no capture page-*/1280x800. Load the page again.' },
    ]);
    running.stop();
    await running.finished;
  });

  test('without results it says where it looked, and what to do', async () => {
    await using workspace = await createWorkspace();
    const { exitCode, stderr } = await runBundle(cliSource, { cwd: workspace.path, args: ['report', '--no-open', 'shots'] });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /There is no .*shots\/results\.json\. Run visual-capture check first, or name the folder where its results are\./,
    );
  });
});
