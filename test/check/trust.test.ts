import { mkdir, readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { decideStepFails } from '../../src/results/outcome.ts';
import { createWorkspace, type Workspace } from '../helpers/bundle.ts';
import { type Served, serve } from '../helpers/serve.ts';
import { silentLog } from '../helpers/silent-log.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const silent = { start() {}, service() {}, done() {}, stop() {} };

type Inputs = Partial<Record<InputName, string>>;

/** Runs the real check with the built-in engine in the workspace. */
async function run(workspace: Workspace, inputs: Inputs): Promise<Checked> {
  const values = new Map(Object.entries({ engine: 'local', viewports: '400x300', ...inputs }) as [InputName, string][]);
  return check(
    { values, env: {}, fork: false, purpose: 'check' },
    { directory: workspace.path, bundles, log: silentLog, progress: () => silent },
    new AbortController().signal,
  );
}

async function startSite(answer: (path: string, response: ServerResponse, request: IncomingMessage) => void): Promise<Served> {
  return serve((request, response) => answer(request.url ?? '/', response, request));
}

const send = (response: ServerResponse, html: string, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'text/html' }).end(html);

const lines = Array.from({ length: 9 }, (_, n) => `<p style="margin:0 0 12px">Line ${n}: ${'word '.repeat(n + 1)}</p>`);
const shop = `<h1>Shop</h1>${lines.join('')}`;
const isBrowser = (request: IncomingMessage): boolean => !String(request.headers['user-agent']).startsWith('visual-capture');

describe('a check that people trust', () => {
  it('takes no error page and no blank page as a baseline, and says why', async () => {
    await using site = await startSite((path, response) => {
      if (path === '/error') {
        send(response, '<h1>Internal error</h1>', 500);
      } else {
        send(response, path === '/blank' ? '' : shop);
      }
    });
    await using workspace = await createWorkspace();
    const urls = '/\n/error\n/blank';
    const { report } = await run(workspace, { 'base-url': site.url, urls, 'update-baselines': 'true' });

    expect(report.captures.map(({ name, pageProblem, baselineUpdated }) => [name, pageProblem?.kind, baselineUpdated])).toEqual([
      ['index', undefined, true],
      ['error', 'error_status', undefined],
      ['blank', 'blank', undefined],
    ]);
    const written = await readdir(join(workspace.path, 'visual-baselines'), { recursive: true });
    expect(written.filter((path) => path.endsWith('.png'))).toEqual(['index/400x300.png']);
  });

  it('fails bad pages, if asked to, and keeps what the browser saw of them', async () => {
    await using site = await startSite((path, response) => send(response, shop, path === '/error' ? 404 : 200));
    await using workspace = await createWorkspace();
    const { report } = await run(workspace, { 'base-url': site.url, urls: '/\n/error', 'page-check': 'fail' });
    expect(report.captures.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['added', 1],
      ['failed', 1],
    ]);
    expect(report.captures[1]?.error).toMatchObject({ code: 'page_error', message: expect.stringContaining('HTTP 404') });
    expect(report.captures[1]?.files).toEqual({ actual: 'actual/error/400x300.png' });
    expect(decideStepFails(report)).toBe(true);
  });

  it('leaves out what does not hold still, and shows it', async () => {
    let visits = 0;
    await using site = await startSite((_, response, request) => {
      visits += isBrowser(request) ? 1 : 0;
      const number = `<b style="font:20px monospace">${visits * 1111}</b>`;
      send(response, `${shop}${number}`);
    });
    await using workspace = await createWorkspace();
    const inputs = { 'base-url': site.url, urls: '/', 'full-page': 'true' };
    await run(workspace, { ...inputs, 'update-baselines': 'true' });
    const { report } = await run(workspace, inputs);
    const [capture] = report.captures;
    expect(capture).toMatchObject({ status: 'unchanged', unstable: true, attempts: 2, unstableRegions: [expect.anything()] });
    expect(capture?.comparison?.findings).toMatchObject([{ kind: 'left-out', places: 1 }]);
    expect(await readFile(join(workspace.path, 'visual-capture', capture?.files.diff ?? ''))).not.toHaveLength(0);
    expect(decideStepFails(report)).toBe(false);
  });

  it('says that a page moved, and draws what differs besides', async () => {
    let gapPx = 0;
    await using site = await startSite((_, response) =>
      send(response, `<h1>Shop</h1>${lines.slice(0, 4).join('')}<div style="height:${gapPx}px"></div>${lines.slice(4).join('')}`),
    );
    await using workspace = await createWorkspace();
    const inputs = { 'base-url': site.url, urls: '/', 'full-page': 'true' };
    await run(workspace, { ...inputs, 'update-baselines': 'true' });
    gapPx = 3;
    const { report } = await run(workspace, inputs);
    expect(report.captures[0]?.status).toBe('changed');
    expect(report.captures[0]?.comparison?.findings).toMatchObject([
      { kind: 'moved', shifts: [{ byPx: 3 }], shiftCount: 1, endPx: 0, blocks: 0 },
    ]);
    expect(await readFile(join(workspace.path, 'visual-capture/aligned/index/400x300.png'))).not.toHaveLength(0);
  });

  it('fails a run that compared nothing although there are baselines, unless that is allowed', async () => {
    await using site = await startSite((_, response) => send(response, shop));
    await using workspace = await createWorkspace();
    const inputs = { 'base-url': site.url };
    const first = await run(workspace, { ...inputs, urls: 'old = /', 'update-baselines': 'missing' });
    expect([first.report.run.nothingCompared, decideStepFails(first.report)]).toEqual([undefined, false]);

    const renamed = await run(workspace, { ...inputs, urls: 'new = /' });
    expect(renamed.report.run.nothingCompared?.reason).toContain('Nothing was compared');
    expect(decideStepFails(renamed.report)).toBe(true);
    const allowed = await run(workspace, { ...inputs, urls: 'new = /', 'allow-empty': 'true' });
    expect(decideStepFails(allowed.report)).toBe(false);
  });

  it('fails a run of JPEGs where there are baselines, and passes the first one', async () => {
    await using site = await startSite((_, response) => send(response, shop));
    await using workspace = await createWorkspace();
    const inputs = { 'base-url': site.url, urls: '/a\n/b' };
    const first = await run(workspace, { ...inputs, format: 'jpeg' });
    expect([first.report.run.nothingCompared, decideStepFails(first.report)]).toEqual([undefined, false]);

    await run(workspace, { ...inputs, urls: '/a\n/b\n/gone', 'update-baselines': 'missing' });
    const { report } = await run(workspace, { ...inputs, format: 'jpeg' });
    expect(report.captures.map(({ status, hasBaseline }) => [status, hasBaseline])).toEqual([
      ['captured', true],
      ['captured', true],
      ['removed', undefined],
    ]);
    expect(report.run.nothingCompared?.reason).toContain('there are baselines (3): 2 captures in JPEG');
    expect(decideStepFails(report)).toBe(true);
  });

  it('fails a run whose pages baseline-url does not have, and passes one that has some of them', async () => {
    await using preview = await startSite((_, response) => send(response, shop));
    await using production = await startSite((path, response) => send(response, shop, path === '/a' ? 200 : 404));
    await using workspace = await createWorkspace();
    const inputs = { 'base-url': preview.url, baseline: 'url', urls: '/a\n/b' };
    const moved = await run(workspace, { ...inputs, 'baseline-url': `${production.url}/moved` });
    expect(moved.report.captures.map(({ status }) => status)).toEqual(['added', 'added']);
    expect(moved.report.run.nothingCompared?.reason).toContain('with baseline-url: there is no such page for 2 captures');
    expect(decideStepFails(moved.report)).toBe(true);

    const grown = await run(workspace, { ...inputs, 'baseline-url': production.url });
    expect(grown.report.captures.map(({ status }) => status)).toEqual(['unchanged', 'added']);
    expect([grown.report.run.nothingCompared, decideStepFails(grown.report)]).toEqual([undefined, false]);
  });

  it('opens a protected preview with headers that no other origin is sent', async () => {
    const elsewhere: (string | undefined)[] = [];
    await using other = await startSite((_, response, request) => {
      elsewhere.push(request.headers['x-bypass'] as string | undefined);
      send(response, '');
    });
    await using site = await startSite((path, response, request) => {
      if (request.headers['x-bypass'] !== 'open sesame') {
        send(response, 'Protected', 401);
      } else if (path === '/moved') {
        response.writeHead(302, { location: `${other.url}/moved` }).end();
      } else {
        send(response, `${shop}<img src="${other.url}/a.png"><img src="/moved">`);
      }
    });
    await using workspace = await createWorkspace();
    await mkdir(workspace.path, { recursive: true });
    const { report } = await run(workspace, { 'base-url': site.url, urls: '/', 'page-headers': 'X-Bypass: open sesame' });
    expect(report.captures[0]).toMatchObject({ status: 'added' });
    expect(report.captures[0]?.pageProblem).toBeUndefined();
    expect(elsewhere).toEqual([undefined, undefined]);
    expect(JSON.stringify(report)).not.toContain('sesame');
    const closed = await run(workspace, { 'base-url': site.url, urls: '/' });
    expect(closed.report.captures[0]?.pageProblem?.message).toContain('HTTP 401');
  });
});
