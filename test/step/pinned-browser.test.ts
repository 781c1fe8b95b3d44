import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivePath, type BrowserMirror, chromeArchive, startBrowserMirror } from '../helpers/browser-mirror.ts';
import {
  actionSource,
  cliSource,
  createWorkspace,
  type FinishedStep,
  put,
  runBundle,
  runStep,
  type Workspace,
} from '../helpers/bundle.ts';
import { type Served, serve } from '../helpers/serve.ts';

const [earlier, newer] = ['153.0.8010.0', '154.0.8100.2'];
/** Both are the browser of the tests; a page sees which one it is by what only the newer one has. */
const archives = { [earlier]: chromeArchive(earlier), [newer]: chromeArchive(newer, ['--js-flags=--expose-gc']) };
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const key = (version: string): string => `chrome@${version} ${process.platform} ${process.arch}`;

let mirror: BrowserMirror;
let site: Served;
/** The pages that somebody has looked at. */
const visited: string[] = [];
/** What pages say, by their path. */
const texts = new Map<string, string>();

beforeAll(async () => {
  mirror = await startBrowserMirror(archives);
  site = await serve((request, response) => {
    const path = request.url ?? '/';
    visited.push(path);
    // Each browser draws `/drawn` and its like in its own way, and all else alike.
    const script = path.startsWith('/drawn')
      ? '<script>document.body.style.background = typeof gc === "function" ? "#cde" : "#fff"</script>'
      : '';
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><title>x</title><body style="font: 40px sans-serif">${texts.get(path) ?? 'as it was'}${script}</body>`,
    );
  });
});
afterAll(async () => {
  await mirror[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

interface Check {
  readonly workspace: Workspace;
  readonly browser: string;
  readonly pages?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
}

function check({ workspace, browser, pages = ['drawn'], inputs = {} }: Check): Promise<FinishedStep> {
  return runStep({
    entry: actionSource,
    workspace,
    env: environment(workspace),
    inputs: {
      engine: 'local',
      browser,
      urls: pages.map((page) => `${page} = ${site.url}/${page}`).join('\n'),
      viewports: '300x200',
      'upload-artifact': 'false',
      ...inputs,
    },
  });
}

const environment = (workspace: Workspace) => ({
  RUNNER_TOOL_CACHE: join(workspace.path, '.tools'),
  PUPPETEER_CHROME_DOWNLOAD_BASE_URL: mirror.url,
});

interface WrittenManifest {
  readonly browsers: Readonly<Record<string, string>>;
  readonly captures: Record<string, { readonly environment: { readonly browser: string } }>;
}

async function manifestOf(workspace: Workspace): Promise<WrittenManifest> {
  return JSON.parse(await readFile(join(workspace.path, 'visual-baselines/manifest.json'), 'utf8'));
}

const statuses = ({ report }: FinishedStep): Record<string, unknown[]> =>
  Object.fromEntries(
    report?.captures.map(({ name, status, baselineUpdated }) => [name, [status, baselineUpdated === true]]) ?? [],
  );

const findingsOf = ({ report }: FinishedStep, page: string): string[] =>
  report?.captures.find(({ name }) => name === page)?.comparison?.findings?.map(({ kind }) => kind) ?? [];

describe('a pinned browser', () => {
  it('captures, and is kept in the manifest with the hash of its archive', async () => {
    await using workspace = await createWorkspace();
    mirror.asked.length = 0;
    const step = await check({ workspace, browser: `chrome@${earlier}`, inputs: { 'update-baselines': 'true' } });
    expect(step.exitCode, step.stdout).toBe(0);
    expect(step.stdout).toContain(`Capturing with Chrome ${earlier} (`);
    expect(await manifestOf(workspace)).toMatchObject({
      browsers: { [key(earlier)]: hashOf(archives[earlier]!) },
      captures: { 'drawn/300x200': { environment: { browser: `Chrome ${earlier}` } } },
    });
    expect(step.report?.run.browser).toEqual({
      version: earlier,
      platform: `${process.platform} ${process.arch}`,
      sha256: hashOf(archives[earlier]!),
    });
    const again = await check({ workspace, browser: `chrome@${earlier}` });
    expect(statuses(again)).toEqual({ drawn: ['unchanged', false] });
    expect(again.stdout).not.toContain('another browser');
    expect(mirror.asked).toEqual([archivePath(earlier)]);
  });

  it('that differs from that of the baselines is told before anything is compared, with the ways out', async () => {
    await using workspace = await createWorkspace();
    await check({ workspace, browser: `chrome@${earlier}`, inputs: { 'update-baselines': 'true' } });
    const step = await check({ workspace, browser: 'stable' });
    expect(step.stdout).toContain(`browser: stable is chrome@${newer} in this run.`);
    expect(step.annotations[0]).toMatchObject({
      command: 'warning',
      message: expect.stringContaining(
        `1 of 1 baseline was taken with another browser than Chrome ${newer}: Chrome ${earlier} (1). What differs may come from that. To compare with the same browser, set browser: chrome@${earlier}.`,
      ),
    });
    expect(step.report?.captures[0]).toMatchObject({
      status: 'changed',
      environmentChanges: [{ what: 'browser', baseline: `Chrome ${earlier}`, actual: `Chrome ${newer}` }],
    });
  });

  it('is refused before anything is captured when its archive is another one than in the manifest', async () => {
    await using workspace = await createWorkspace();
    await check({ workspace, browser: `chrome@${earlier}`, inputs: { 'update-baselines': 'true' } });
    await rm(join(workspace.path, '.tools'), { recursive: true });
    visited.length = 0;
    const other = chromeArchive(earlier, ['--disable-gpu']);
    mirror.archives.set(earlier, other);
    const step = await check({ workspace, browser: `chrome@${earlier}` });
    mirror.archives.set(earlier, archives[earlier]!);
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toContain(
      `browser: chrome@${earlier} is not the browser that the baselines were taken with: the manifest of the baselines tells of an archive with the SHA-256 ${hashOf(archives[earlier]!)}, and the one that was downloaded now has ${hashOf(other)}.`,
    );
    expect([step.report, visited]).toEqual([undefined, []]);
  });

  it('that cannot be downloaded ends the step with what to do, before anything is captured', async () => {
    await using workspace = await createWorkspace();
    const step = await check({ workspace, browser: 'chrome@154.0.1.1' });
    expect([step.exitCode, step.report]).toEqual([1, undefined]);
    expect(step.annotations).toHaveLength(1);
    expect(step.annotations[0]?.message).toContain(
      `browser: chrome@154.0.1.1 could not be downloaded: ${mirror.host} has no such version for this system (it answered 404).`,
    );
    expect(step.annotations[0]?.message).toContain('set browser: system');
  });
});

describe('update-baselines: browser', () => {
  it('takes what the browser alone has changed, and leaves and tells the rest', async () => {
    await using workspace = await createWorkspace();
    const pages = ['drawn', 'drawn-and-changed', 'plain', 'plain-and-changed'];
    texts.clear();
    await check({ workspace, browser: `chrome@${earlier}`, pages, inputs: { 'update-baselines': 'true' } });
    const before = await pictures(workspace, pages);
    texts.set('/drawn-and-changed', 'as it is').set('/plain-and-changed', 'as it is');
    const update = { workspace, browser: `chrome@${newer}`, inputs: { 'update-baselines': 'browser' } };
    const step = await check({ ...update, pages: [...pages, 'new'] });
    expect(statuses(step)).toEqual({
      drawn: ['changed', true],
      'drawn-and-changed': ['changed', false],
      plain: ['unchanged', true],
      'plain-and-changed': ['changed', false],
      new: ['added', false],
    });
    expect(findingsOf(step, 'drawn')).toContain('only-browser');
    expect(findingsOf(step, 'drawn-and-changed')).toContain('not-only-browser');
    expect(findingsOf(step, 'plain-and-changed')).toContain('not-only-browser');
    expect(step.exitCode).toBe(1);
    const told = step.annotations.map(({ message }) => message).join('\n');
    expect(told).toContain(`Captured with Chrome ${earlier}, as its baseline was, it differs from the baseline as well`);

    const after = await pictures(workspace, pages);
    expect(pages.filter((page) => !after.get(page)?.equals(before.get(page)!))).toEqual(['drawn']);
    const { captures, browsers } = await manifestOf(workspace);
    const browserOf = (page: string) => captures[`${page}/300x200`]?.environment.browser;
    expect(pages.map(browserOf)).toEqual([`Chrome ${newer}`, `Chrome ${earlier}`, `Chrome ${newer}`, `Chrome ${earlier}`]);
    // Both are known from now on: what was left is still of the earlier one.
    expect(Object.keys(browsers)).toEqual([key(earlier), key(newer)]);

    const next = await check({ workspace, browser: `chrome@${newer}`, pages });
    expect(statuses(next)).toMatchObject({ drawn: ['unchanged', false], plain: ['unchanged', false] });
    texts.clear();
  });

  it('leaves what differs under the browser that its baseline was taken with, or under one that nobody knows', async () => {
    await using workspace = await createWorkspace();
    await check({ workspace, browser: `chrome@${newer}`, pages: ['same', 'unknown'], inputs: { 'update-baselines': 'true' } });
    const manifest = await manifestOf(workspace);
    delete manifest.captures['unknown/300x200'];
    await put(workspace, 'visual-baselines/manifest.json', JSON.stringify(manifest));
    texts.set('/same', 'as it is').set('/unknown', 'as it is');
    const step = await check({
      workspace,
      browser: `chrome@${newer}`,
      pages: ['same', 'unknown'],
      inputs: { 'update-baselines': 'browser' },
    });
    texts.clear();
    expect(statuses(step)).toEqual({ same: ['changed', false], unknown: ['changed', false] });
    expect(findingsOf(step, 'same')).toContain('same-browser');
    expect(findingsOf(step, 'unknown')).toContain('unknown-browser');
  });

  it('ends before anything is captured when the earlier browser cannot be downloaded', async () => {
    await using workspace = await createWorkspace();
    await check({ workspace, browser: `chrome@${earlier}`, inputs: { 'update-baselines': 'true' } });
    await rm(join(workspace.path, '.tools'), { recursive: true });
    visited.length = 0;
    mirror.archives.delete(earlier);
    const step = await check({ workspace, browser: `chrome@${newer}`, inputs: { 'update-baselines': 'browser' } });
    mirror.archives.set(earlier, archives[earlier]!);
    expect(step.exitCode).toBe(1);
    expect(step.annotations[0]?.message).toContain(
      `chrome@${earlier} could not be downloaded: ${mirror.host} has no such version`,
    );
    expect([step.report, visited]).toEqual([undefined, []]);
  });
});

describe('what goes together', () => {
  it.each<[Record<string, string>, string]>([
    [{ 'browser-path': '/opt/chrome' }, 'browser names a browser that is downloaded, and browser-path one of this machine'],
    [{ baseline: 'none', 'update-baselines': 'browser' }, 'update-baselines: browser goes only with baseline: directory or ref'],
    [
      { engine: 'api', 'api-key': 'sk_test', 'update-baselines': 'browser' },
      'update-baselines: browser goes only with engine: local',
    ],
  ])('refuses %o', async (inputs, message) => {
    await using workspace = await createWorkspace();
    mirror.asked.length = 0;
    const step = await check({ workspace, browser: 'stable', inputs });
    expect([step.exitCode, mirror.asked]).toEqual([1, []]);
    expect(step.stdout).toContain(message);
  });

  it.each([
    [
      ['--engine', 'local', '--browser', `chrome@${newer}`],
      `Browser: chrome@${newer}, which a run downloads where it is not in the cache.`,
    ],
    [['--engine', 'local', '--browser', 'stable'], 'Browser: the newest stable Chrome, which a run looks up when it starts'],
    [['--engine', 'local'], 'Browser: one of this machine, which a run looks for when it starts.'],
    [['--engine', 'local', '--browser-path', '/opt/chrome'], 'Browser: /opt/chrome.'],
    [['--browser', 'stable'], 'browser has no effect with engine: api: the service captures with a browser of its own.'],
  ])('a plan with %j tells the browser, and asks nobody', async (args, line) => {
    await using workspace = await createWorkspace();
    mirror.asked.length = 0;
    const plan = await runBundle(cliSource, {
      args: ['plan', 'https://shop.example/', ...args],
      cwd: workspace.path,
      env: environment(workspace),
    });
    expect([plan.exitCode, mirror.asked]).toEqual([0, []]);
    expect(plan.stdout).toContain(line);
  });
});

async function pictures({ path }: Workspace, pages: readonly string[]): Promise<Map<string, Buffer>> {
  const read = pages.map(async (page) => [page, await readFile(join(path, `visual-baselines/${page}/300x200.png`))] as const);
  return new Map(await Promise.all(read));
}
