import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunPlace } from '../../src/baseline/host.ts';
import { type ManifestEntry, renderManifest } from '../../src/baseline/manifest.ts';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { environment } from '../baseline/support.ts';
import { createWorkspace, type Workspace } from '../helpers/bundle.ts';
import { answers, type FakeService, startFakeService } from '../helpers/fake-service.ts';
import { startGitServer } from '../helpers/git-server.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { solidPng } from '../helpers/solid-png.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const silent = { start() {}, service() {}, done() {}, stop() {} };
const grey = solidPng(4, 4, [128, 128, 128]);
const blue = solidPng(4, 4, [0, 0, 255]);
const manifestFile = 'visual-baselines/manifest.json';
const lastResults = 'visual-capture/results.json';

interface Job {
  readonly workspace: Workspace;
  readonly service: FakeService;
  readonly inputs?: Partial<Record<InputName, string>>;
  readonly place?: RunPlace;
}

/** The whole check of the pages a to e, one request at a time. */
async function run({ workspace, service, inputs = {}, place }: Job): Promise<Checked> {
  const values = Object.entries({
    'api-key': 'sk',
    'api-url': service.url,
    'base-url': 'https://site.dev',
    urls: '/a\n/b\n/c\n/d\n/e',
    viewports: '4x4',
    'page-check': 'off',
    retakes: '0',
    concurrency: '1',
    ...inputs,
  });
  return check(
    { values: new Map(values) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    {
      directory: workspace.path,
      bundles,
      log: silentLog,
      progress: () => silent,
      ...(place === undefined ? {} : { findContext: async () => ({ about: {}, place: async () => place }) }),
    },
    new AbortController().signal,
  );
}

/** The names of the pages that each shard captures, whichever shard is asked. */
async function split(job: Job): Promise<string[]> {
  const plans: (string[] | undefined)[] = [];
  for (const shard of ['1/2', '2/2']) {
    const { report } = await run({ ...job, inputs: { ...job.inputs, shard } });
    plans.push(report.run.shard?.plan.map((ids) => pages(ids).toSorted().join('')));
  }
  expect(plans[1]).toEqual(plans[0]);
  return plans[0] ?? [];
}

const pages = (ids: readonly string[]): string[] => ids.map((id) => id.replace('/4x4', ''));
const sentPages = ({ requests }: FakeService): string =>
  requests.map(({ body }) => new URL(String(body?.url)).pathname.slice(1)).join('');

/** A manifest that tells these durations, of pictures that nobody has any more. */
function manifestOf(durationsMs: Readonly<Record<string, number>>): string {
  const sha256 = '0'.repeat(64);
  return renderManifest(
    new Map(
      Object.entries(durationsMs).map(([page, durationMs]): [string, ManifestEntry] => [
        `${page}/4x4`,
        { sha256, environment, durationMs },
      ]),
    ),
  );
}

function resultsOf(durationsMs: Readonly<Record<string, number>>, run: object = {}): string {
  const captures = Object.entries(durationsMs).map(([page, durationMs]) => ({ id: `${page}/4x4`, durationMs, files: {} }));
  return JSON.stringify({ version: 1, captures, run });
}

async function put(workspace: Workspace, path: string, content: string): Promise<void> {
  await mkdir(dirname(join(workspace.path, path)), { recursive: true });
  await writeFile(join(workspace.path, path), content);
}

/** One page takes as long as all others together: split by durations, it is alone. */
const dominated = { a: 1000, b: 1000, c: 1000, d: 4000, e: 1000 };
const withoutDurations = ['cde', 'ab'];

describe('durations in the manifest of the baselines', () => {
  it('are written with a baseline, and left alone where the baseline is', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    const update = { workspace, service, inputs: { 'update-baselines': 'true' } };
    const { report } = await run(update);
    const written = await readFile(join(workspace.path, manifestFile), 'utf8');
    const { captures } = JSON.parse(written);
    for (const { id, timeline } of report.captures) {
      // Of the take that became the baseline, which is the last one.
      expect(captures[id].durationMs).toBe(Math.ceil((timeline?.at(-1)?.durationMs ?? 0) / 100) * 100);
      expect(captures[id].durationMs).toBeGreaterThan(0);
    }
    // Would show any line that is written anew.
    await writeFile(join(workspace.path, manifestFile), written.replaceAll(/"durationMs":\d+/g, '"durationMs":7700'));
    service.use(({ body }) => answers.picture(String(body?.url).endsWith('/b') ? blue : grey));
    await run(update);
    const after = JSON.parse(await readFile(join(workspace.path, manifestFile), 'utf8')).captures;
    expect(pages(Object.keys(after).filter((id) => after[id].durationMs !== 7700))).toEqual(['b']);
  });

  it('say what is sent first; what the last run tells is believed before', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    await put(workspace, manifestFile, manifestOf({ a: 100, b: 3000, c: 9000, d: 200, e: 4000 }));
    await run({ workspace, service });
    expect(sentPages(service)).toBe('cebda');

    await using again = await startFakeService({ script: answers.picture(grey) });
    await put(workspace, lastResults, resultsOf({ c: 50, d: 3500 }));
    await run({ workspace, service: again });
    expect(sentPages(again)).toBe('edbac');
  });
});

describe('the split into shards', () => {
  it('goes by the manifest of a directory, which every job has checked out', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    expect(await split({ workspace, service })).toEqual(withoutDurations);
    await put(workspace, manifestFile, manifestOf(dominated));
    expect(await split({ workspace, service })).toEqual(['d', 'abce']);
  });

  it('does not go by a ref, which may move between the starts of two jobs; the order of requests does', async () => {
    await using git = await startGitServer();
    await git.commit('refs/visual-capture/baselines/main', { 'manifest.json': manifestOf(dominated) });
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    const place = { remote: { url: git.url }, branch: { name: 'main' } };
    const job = { workspace, service, inputs: { baseline: 'ref' }, place };
    expect(await split(job)).toEqual(withoutDurations);
    expect(sentPages(service)).toBe('dceab');
  });

  it('goes by the results of a whole run that lie in the output folder', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    for (const shard of ['1/2', '2/2']) {
      await using workspace = await createWorkspace();
      await put(workspace, lastResults, resultsOf(dominated));
      const { report } = await run({ workspace, service, inputs: { shard } });
      expect(report.run.shard?.plan.map((ids) => pages(ids).toSorted().join(''))).toEqual(['d', 'abce']);
    }
  });

  it('does not go by the results of one shard, since every job would find others', async () => {
    await using service = await startFakeService({ script: answers.picture(grey) });
    await using workspace = await createWorkspace();
    await put(workspace, lastResults, resultsOf(dominated, { shard: { index: 1, count: 2, plan: [] } }));
    expect(await split({ workspace, service })).toEqual(withoutDurations);
    expect(sentPages(service)).toBe('dceab');
  });
});

describe('the account’s limit', () => {
  const ofManifest = { requests: 100, windowMs: 60_000 };
  const ofLastRun = { requests: 200, windowMs: 60_000 };
  const manifest = renderManifest(new Map(), { limit: ofManifest });

  it('is taken from the baselines’ manifest, told again and written with new baselines', async () => {
    await using workspace = await createWorkspace();
    await using service = await startFakeService({ script: answers.picture(grey) });
    await put(workspace, manifestFile, manifest);
    const { report } = await run({ workspace, service, inputs: { 'update-baselines': 'true' } });
    expect(report.service.limit).toEqual(ofManifest);
    expect(JSON.parse(await readFile(join(workspace.path, manifestFile), 'utf8'))).toMatchObject({ limit: ofManifest });
  });

  it('is taken from the last run first', async () => {
    await using workspace = await createWorkspace();
    await using service = await startFakeService({ script: answers.picture(grey) });
    await put(workspace, manifestFile, manifest);
    await put(workspace, lastResults, JSON.stringify({ version: 1, captures: [], run: {}, service: { limit: ofLastRun } }));
    expect((await run({ workspace, service })).report.service.limit).toEqual(ofLastRun);
  });
});
