import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directoryBaselines } from '../../src/baseline/directory.ts';
import { decideUpdate } from '../../src/baseline/update.ts';
import { createCaptureClient } from '../../src/capture/client.ts';
import { locateBundles } from '../../src/check/bundles.ts';
import { openService } from '../../src/check/open-service.ts';
import { run } from '../../src/check/run.ts';
import type { RunPorts } from '../../src/check/run-ports.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { createComparePool } from '../../src/compare/pool.ts';
import { LocalFault } from '../../src/errors/local-fault.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { planAnnotations } from '../../src/report/annotations.ts';
import type { PageProblem } from '../../src/results/model.ts';
import { type PageFacts, pageFactsHeader, renderPageFacts } from '../../src/results/page-facts.ts';
import { parseResults } from '../../src/results/parse-results.ts';
import { defaultApi } from '../../src/services/registry.ts';
import { systemClock, systemRandom } from '../../src/system/clock.ts';
import { openFolder } from '../../src/system/folder.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace, put, type Workspace } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { solidPng } from '../helpers/solid-png.ts';

const about = { fork: false, versions: { visualCapture: '0', pixelmatch: '0' } };
const bundles = locateBundles(new URL('../../src/', import.meta.url));
const serviceParts = { clock: systemClock, log: silentLog, bundles, signal: new AbortController().signal };
const noBrowsers = { byId: new Map(), archives: new Map() };

async function prepare(workspace: Workspace, inputs: Partial<Record<InputName, string>>) {
  const values = new Map(
    Object.entries({ 'api-key': 'sk_test', 'base-url': 'https://site.example', ...inputs }) as [InputName, string][],
  );
  const loaded = await loadInputs({ values, env: {}, fork: false, purpose: 'check' }, openWorkspace(workspace.path));
  const comparer = createInProcessComparer();
  const baselines = directoryBaselines(openFolder(`${workspace.path}/visual-baselines`, 'visual-baselines'), systemClock);
  const ports: RunPorts = {
    clock: systemClock,
    random: systemRandom,
    output: openFolder(`${workspace.path}/visual-capture`, 'visual-capture'),
    baselines,
    update: decideUpdate(loaded, baselines).update,
    comparer,
    thumbnails: { thumbnail: async () => undefined },
    progress: { start() {}, service() {}, done() {}, stop() {} },
    pages: { check: async () => undefined, wake: async () => {} },
    openService: () =>
      openService(loaded, [], { ...serviceParts, comparer }, { browserFolders: [], env: {}, archives: new Map() }),
    openEarlier: () => Promise.reject(new Error('no earlier browser is asked for')),
  };
  return { inputs: loaded, ports };
}

it('waits for no page when the job is cancelled, and takes no picture of an unknown page as a baseline', async () => {
  // The picture of the first page is there when the second request is sent.
  await using service = await startFakeService({ script: ({ index }) => (index === 0 ? answers.picture() : answers.silence()) });
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, {
    'api-url': service.url,
    urls: '/a\n/b',
    'update-baselines': 'true',
    concurrency: '1',
  });
  const job = new AbortController();
  let sent = 0;
  const cancelling: RunPorts = {
    ...ports,
    pages: { check: () => new Promise(() => {}), wake: async () => {} },
    progress: {
      ...ports.progress,
      service: ({ kind }) => {
        sent += kind === 'sent' ? 1 : 0;
        if (sent === 2) {
          job.abort();
        }
      },
    },
  };
  const { report } = await run(inputs, cancelling, about, job.signal);
  expect(report.captures[0]).toMatchObject({
    status: 'added',
    pageProblem: { kind: 'unreachable', message: 'The run had to end before the page had answered a plain request.' },
  });
  expect(report.captures[0]?.baselineUpdated).toBeUndefined();
  expect(report.stopped?.code).toBe('cancelled');
});

it('counts the time that pages take to be checked against the time limit', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, {
    'api-url': service.url,
    urls: '/a\n/b',
    'page-check': 'fail',
    'time-limit': '1',
  });
  // Any time is up at once.
  const hasty = { ...systemClock, sleep: async () => {} };
  const { report } = await run(
    inputs,
    { ...ports, clock: hasty, pages: { check: () => new Promise(() => {}), wake: async () => {} } },
    about,
    new AbortController().signal,
  );
  expect(report.stopped?.code).toBe('time_limit');
  expect(report.captures.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  expect(service.requests).toEqual([]);
});

it('keeps every verdict when the service cannot be closed', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a' });
  const stuck: RunPorts = {
    ...ports,
    openService: async () => {
      const opened = await ports.openService(noBrowsers);
      return {
        ...opened,
        [Symbol.asyncDispose]: async () => {
          await opened[Symbol.asyncDispose]();
          throw new Error('The browser does not end.');
        },
      };
    },
  };
  const { report } = await run(inputs, stuck, about, new AbortController().signal);
  expect(report.captures.map(({ status }) => status)).toEqual(['added']);
});

it('blames this machine and not the service when nobody can look at its answers, and asks no second time', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a\n/b\n/c', concurrency: '1' });
  const options = { browserFolders: [], env: {}, archives: new Map() };
  await using comparer = createComparePool({ workerUrl: new URL('file:///nowhere/worker.js') });
  const { report, fault } = await run(
    inputs,
    {
      ...ports,
      comparer,
      thumbnails: comparer,
      openService: () => openService(inputs, [], { ...serviceParts, comparer }, options),
    },
    about,
    new AbortController().signal,
  );
  expect(service.requests).toHaveLength(1);
  expect(report.stopped).toMatchObject({
    code: 'run_failed',
    message: expect.stringContaining('The thread that compares pictures cannot be started: Cannot find module'),
  });
  expect(report.captures.map(({ status, error }) => [status, error?.code])).toEqual([
    ['failed', 'run_failed'],
    ['skipped', 'run_failed'],
    ['skipped', 'run_failed'],
  ]);
  expect(fault).toBeInstanceOf(LocalFault);
  await readFile(join(workspace.path, 'visual-capture/report.html'));
});

it('blames this machine and not the baseline when it has no more files to open', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a' });
  const baselines: RunPorts['baselines'] = {
    ...directoryBaselines(openFolder(`${workspace.path}/visual-baselines`, 'visual-baselines'), systemClock),
    read: async () => {
      throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    },
  };
  const { report } = await run(inputs, { ...ports, baselines }, about, new AbortController().signal);
  expect(report.stopped).toMatchObject({
    code: 'run_failed',
    message: expect.stringContaining('Cannot read visual-baselines/a/1280x800.png: EMFILE: too many open files'),
  });
  expect(report.captures.map(({ error }) => error?.code)).not.toContain('baseline_unreadable');
});

it.each<[string, number, string]>([
  ['its last chunk', 12, 'unchanged'],
  ['half of its last chunk', 6, 'unchanged'],
])('tells of a baseline that lacks %s, in the report and as a warning', async (_, missing, status) => {
  const png = solidPng(4, 4, [255, 0, 0]);
  await using service = await startFakeService({ script: answers.picture(png) });
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-baselines/a/4x4.png', png.subarray(0, -missing));
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a', viewports: '4x4' });
  const { report } = await run(inputs, ports, about, new AbortController().signal);
  const [capture] = report.captures;
  expect(capture).toMatchObject({ status, comparison: { findings: [{ kind: 'damaged-file', which: 'baseline' }] } });
  const written = await readFile(join(workspace.path, 'visual-capture/results.json'));
  expect(parseResults(written).captures[0]?.comparison).toMatchObject({ findings: [{ which: 'baseline' }] });
  expect(planAnnotations(report)).toMatchObject([
    {
      level: 'warning',
      title: 'A damaged file — a (4x4)',
      message: expect.stringMatching(/^The file of the baseline is damaged/),
    },
  ]);
});

const badPage: PageProblem = { kind: 'error_status', status: 403, message: 'The page answered with HTTP 403.' };

it('with page-check: fail sends nothing for a page that a plain request shows to be none', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a\n/b', 'page-check': 'fail' });
  const pages: RunPorts['pages'] = { check: async (url) => (url.endsWith('/b') ? badPage : undefined), wake: async () => {} };
  const { report } = await run(inputs, { ...ports, pages }, about, new AbortController().signal);
  expect(report.captures.map(({ status, attempts }) => [status, attempts])).toEqual([
    ['added', 1],
    ['failed', 0],
  ]);
  expect(report.captures[1]?.error?.fix).toContain('Open https://site.example/b');
  expect(service.requests).toHaveLength(1);
});

it('wakes the pages that are checked before anything is sent', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a' });
  const sentBefore: number[] = [];
  const wake: RunPorts['pages']['wake'] = async (urls) => {
    expect(urls).toEqual(['https://site.example/a']);
    sentBefore.push(service.requests.length);
  };
  await run(inputs, { ...ports, pages: { ...ports.pages, wake } }, about, new AbortController().signal);
  expect(sentBefore).toEqual([0]);
});

it('believes the browser that took the picture more than a plain request', async () => {
  const seen = (status: number): PageFacts => ({
    document: { url: 'https://site.example/', status, contentType: 'text/html' },
    failedResources: [],
    exceptions: ['Error: boom'],
    consoleErrors: [],
    blankFrames: [],
    warnings: [{ kind: 'endless', heightPx: 30_000 }],
  });
  const told = (status: number) => {
    const picture = answers.picture();
    return { ...picture, headers: { ...picture.headers, [pageFactsHeader]: renderPageFacts(seen(status)) } };
  };
  await using service = await startFakeService({
    script: ({ body }) => told(JSON.stringify(body).includes('/broken') ? 500 : 200),
  });
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, {
    'api-url': service.url,
    urls: '/fine\n/broken',
    'update-baselines': 'true',
  });
  const openBuiltIn: RunPorts['openService'] = async () => ({
    ...(await ports.openService(noBrowsers)),
    client: createCaptureClient({
      api: defaultApi,
      apiUrl: new URL(service.url),
      apiKey: 'sk_test',
      builtIn: true,
      attemptTimeoutMs: 30_000,
      maxConnections: 2,
      userAgent: 'test/1',
      clock: systemClock,
      inspect: (bytes) => ports.comparer.inspect(bytes),
    }),
  });
  const pages: RunPorts['pages'] = { check: async () => badPage, wake: async () => {} };
  const { report } = await run(inputs, { ...ports, pages, openService: openBuiltIn }, about, new AbortController().signal);
  const [fine, broken] = report.captures;
  expect(fine).toMatchObject({
    status: 'added',
    baselineUpdated: true,
    pageWarnings: [{ kind: 'endless', heightPx: 30_000 }],
    pageErrors: { exceptions: ['Error: boom'] },
  });
  expect(fine).not.toHaveProperty('pageProblem');
  expect(broken).toMatchObject({ status: 'added', pageProblem: { kind: 'error_status', status: 500 } });
  expect(broken).not.toHaveProperty('baselineUpdated');
});

it.each<[string, (ports: RunPorts) => RunPorts, readonly string[]]>([
  [
    'who shows the progress',
    (ports) => ({ ...ports, progress: { ...ports.progress, start: outOfOrder } }),
    ['run_failed', 'run_failed', 'run_failed'],
  ],
  [
    'who shows a capture',
    (ports) => ({ ...ports, progress: { ...ports.progress, done: outOfOrder } }),
    ['added', 'run_failed', 'run_failed'],
  ],
  [
    'who wakes pages',
    (ports) => ({ ...ports, pages: { ...ports.pages, wake: async () => outOfOrder() } }),
    ['run_failed', 'run_failed', 'run_failed'],
  ],
  [
    'who renders requests',
    (ports) => ({
      ...ports,
      openService: async () => {
        const service = await ports.openService(noBrowsers);
        return { ...service, client: { ...service.client, render: outOfOrder } };
      },
    }),
    ['run_failed', 'run_failed', 'run_failed'],
  ],
])('what %s throws ends the run as a fault, and every report is written', async (_, breaking, codes) => {
  await using service = await startFakeService({ script: ({ index }) => (index === 0 ? answers.picture() : answers.silence()) });
  await using workspace = await createWorkspace();
  const { inputs, ports } = await prepare(workspace, {
    'api-url': service.url,
    urls: '/a\n/b\n/c',
    'page-check': 'warn',
    concurrency: '1',
  });
  const { report, fault } = await run(inputs, breaking(ports), about, new AbortController().signal);
  expect(fault).toEqual(new Error('out of order'));
  expect(report.captures.map(({ status, error }) => error?.code ?? status)).toEqual(codes);
  for (const file of ['results.json', 'junit.xml', 'report.html']) {
    expect(await readFile(join(workspace.path, 'visual-capture', file), 'utf8')).toContain('out of order');
  }
});

function outOfOrder(): never {
  throw new Error('out of order');
}

it('waits for no comparison when the job is cancelled, and keeps the picture', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-baselines/a/1280x800.png', solidPng(8, 6, [1, 2, 3]));
  const { inputs, ports } = await prepare(workspace, { 'api-url': service.url, urls: '/a', 'page-check': 'off' });
  const job = new AbortController();
  const comparer: RunPorts['comparer'] = {
    ...ports.comparer,
    inspect: (bytes) => ports.comparer.inspect(bytes),
    compare: () => {
      job.abort();
      return new Promise(() => {});
    },
  };
  const { report, fault } = await run(inputs, { ...ports, comparer }, about, job.signal);
  expect(fault).toBeUndefined();
  expect(report.captures).toMatchObject([
    { status: 'failed', error: { code: 'cancelled' }, files: { actual: 'actual/a/1280x800.png' } },
  ]);
  expect(report.captures[0]?.sha256?.actual).toMatch(/^[0-9a-f]{64}$/);
});
