import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openZip } from '../../src/archive/read-zip.ts';
import { openArtifactBaselines } from '../../src/baseline/artifact.ts';
import type { BaselineBranch, PastArtifact, RunPlace } from '../../src/baseline/host.ts';
import type { CaptureReport, CaptureStatus } from '../../src/results/model.ts';
import { makeZip, type ZipFile } from '../helpers/zip.ts';
import { completeCapture } from '../report/support/reports.ts';
import { environment, portsAt, textOf } from './support.ts';

const runUrl = 'https://github.com/octo/site/actions/runs/7';
const pullRequest: BaselineBranch = { name: 'main', readOnly: 'not reviewed' };
const onBranch: BaselineBranch = { name: 'main' };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function capture(name: string, content: string, status: CaptureStatus = 'unchanged'): CaptureReport {
  const id = `${name}/mobile`;
  return completeCapture({
    id,
    name,
    viewport: { name: 'mobile', width: 390, height: 844, scale: 3 },
    status,
    unstable: false,
    attempts: 1,
    durationMs: 29_330,
    timeline: [
      { kind: 'request', startMs: 0, durationMs: 1900, result: 'image' },
      { kind: 'request', startMs: 1900, durationMs: 310, result: 'engine_busy' },
      { kind: 'wait', startMs: 2210, durationMs: 5000, reason: 'engine_busy' },
      { kind: 'request', startMs: 7210, durationMs: 2120, result: 'image' },
      { kind: 'request', startMs: 9330, durationMs: 20_000, result: 'render_timeout' },
    ],
    files: { actual: `actual/${id}.png` },
    sha256: { actual: hash(content) },
    environment,
  });
}

function resultsOf(captures: readonly unknown[], run: object = {}): ZipFile {
  const counts = { unchanged: 0, changed: 0, added: 0, removed: 0, captured: 0, failed: 0, skipped: 0 };
  const report = {
    version: 1,
    outcome: 'passed',
    totals: { captures: captures.length, ...counts },
    service: { requests: 1, retries: 0, heldBackMs: 0, credits: 1, possiblyBilled: 0 },
    captures,
    run: {
      startedAt: '2026-02-03T04:05:06.000Z',
      durationMs: 1,
      engine: 'local',
      baseline: 'none',
      failOn: ['changed'],
      versions: { visualCapture: '0.1.0', pixelmatch: '7.2.0' },
      ...run,
    },
  };
  return { path: 'results.json', content: JSON.stringify(report) };
}

const good: readonly ZipFile[] = [
  resultsOf([capture('index', 'home'), capture('broken', 'error page', 'failed')]),
  { path: 'actual/index/mobile.png', content: 'home' },
  { path: 'actual/broken/mobile.png', content: 'error page' },
];

/** What there is to find on a branch: the artifacts of its successful runs, newest first. */
type History = readonly PastArtifact[];

function found(files: readonly ZipFile[]): History {
  const bytes = makeZip(files);
  const open = async () => ({
    ...(await openZip({ sizeBytes: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) })),
    [Symbol.asyncDispose]: async () => {},
  });
  return [{ kind: 'found', open }];
}

function ports(branch: BaselineBranch, search: (branch: string | undefined) => History, more: Partial<RunPlace> = {}) {
  const histories: History[] = [];
  const place: RunPlace = {
    remote: { url: 'https://github.com/octo/site.git' },
    branch,
    earlierRuns: {
      successful: async (name) => {
        const history = search(name);
        const at = name === undefined ? 1 : 0;
        histories[at] = history;
        const runs = history.map((_, nth) => ({
          id: 100 * at + nth,
          url: nth === 0 ? runUrl : `${runUrl}${nth}`,
          commit: `c${nth}`,
        }));
        return { branch: name ?? 'main', runs };
      },
      artifactOf: async ({ id }) => histories[Math.floor(id / 100)]?.[id % 100] ?? { kind: 'none' },
      underWay: async () => [],
    },
    ...more,
  };
  return portsAt(place);
}

const none = (runs: number, expired: number): History =>
  Array.from({ length: runs }, (_, nth) => ({ kind: nth < expired ? 'expired' : 'none' }));

describe('baselines from an artifact', () => {
  test('are what the earlier run captured, with how it was taken; failed captures are none', async () => {
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(good)),
    );
    expect(await source.list()).toEqual(['index/mobile']);
    const baseline = await source.read('index/mobile');
    expect(textOf(baseline)).toBe('home');
    expect(baseline?.environment).toEqual(environment);
    expect(await source.read('broken/mobile')).toBeUndefined();
    expect(await source.durations?.()).toEqual({ msById: new Map([['index/mobile', 2120]]), sameInEveryJob: false });
    expect(source.writing).toEqual({ kind: 'read-only', reason: 'not reviewed' });
    expect(source.description).toBe(`artifact visual-capture of ${runUrl}`);
  });

  const place = { x: 1, y: 2, width: 3, height: 4 };
  const moved = { unstable: true, unstableRegions: [{ x: 9, y: 9, width: 9, height: 9, diffPixels: 81 }] };
  test.each([
    ['what moved in that run', 'changed' as const, { ...moved, baselineNoise: [place] }, moved.unstableRegions],
    ['what was known, where the picture equalled its baseline', 'unchanged' as const, { baselineNoise: [place] }, [place]],
    ['nothing, where nothing moved', 'added' as const, {}, undefined],
  ])('know of noise: %s', async (_, status, more, noise) => {
    const files = [
      resultsOf([{ ...capture('index', 'home', status), ...more }]),
      { path: 'actual/index/mobile.png', content: 'home' },
    ];
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(files)),
    );
    expect((await source.read('index/mobile'))?.noise).toEqual(noise);
  });

  test('know what was masked in the picture', async () => {
    const masks = [{ selector: '.ad', boxes: [place] }];
    const files = [
      resultsOf([{ ...capture('index', 'home', 'unchanged'), masks }]),
      { path: 'actual/index/mobile.png', content: 'home' },
    ];
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(files)),
    );
    expect((await source.read('index/mobile'))?.masks).toEqual(masks);
  });

  test.each([
    [
      'a page with a problem',
      'added' as const,
      { pageProblem: { kind: 'error_status', status: 500, message: 'An error page.' } },
    ],
    ['a skipped capture', 'skipped' as const, {}],
  ])('the picture of %s is none', async (_, status, more) => {
    const files = [
      resultsOf([{ ...capture('index', 'a picture', status), ...more }]),
      { path: 'actual/index/mobile.png', content: 'a picture' },
    ];
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(files)),
    );
    expect(await source.list()).toEqual([]);
    expect(await source.read('index/mobile')).toBeUndefined();
  });

  test('a picture that is not the one of results.json is not taken', async () => {
    const files = [...good.slice(0, 1), { path: 'actual/index/mobile.png', content: 'swapped' }];
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(files)),
    );
    await expect(source.read('index/mobile')).rejects.toThrow('not the picture');
  });

  test.each([
    ['without results', [{ path: 'a.txt', content: 'x' }], 'it holds no results.json'],
    ['that leads elsewhere', [{ path: '../results.json', content: '{}' }], 'leads elsewhere'],
    ['with results of another form', [{ path: 'results.json', content: '[]' }], 'results.json'],
  ])('an artifact %s ends the run before anything is captured', async (_, files, reason) => {
    const open = openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => found(files)),
    );
    await expect(open).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(reason) });
  });
});

describe('the right run', () => {
  /** Runs 0 (newest) to n, of commits `c0` to `cn`, of which those from `oldest` on are ancestors. */
  const at = (oldest: number): Partial<RunPlace> => ({
    commit: 'head',
    commits: { isAncestor: async (older) => Number(older.slice(1)) >= oldest },
  });
  const named = (name: string) => found([resultsOf([capture(name, name)]), { path: `actual/${name}/mobile.png`, content: name }]);

  test('is the newest of an ancestor that has the artifact', async () => {
    const history = [...named('newest'), ...named('newer'), ...none(1, 0), ...named('right'), ...named('older')];
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => history, at(2)),
    );
    expect(await source.list()).toEqual(['right/mobile']);
    expect(source.standing).toEqual({ commit: 'c3', baselines: { branch: 'main', relation: 'ancestor', behind: 3 } });
  });

  test('of the default branch, where the base branch has none of an ancestor', async () => {
    const search = (branch: string | undefined) => (branch === undefined ? [...named('x'), ...named('default')] : []);
    await using source = await openArtifactBaselines(
      'visual-capture',
      ports({ name: 'release/1', readOnly: 'not reviewed' }, search, at(1)),
    );
    expect(await source.list()).toEqual(['default/mobile']);
  });

  test('is none that was told to capture a pull request', async () => {
    const unreviewed = found([
      resultsOf([capture('pull', 'pull')], { pullRequests: [7] }),
      { path: 'actual/pull/mobile.png', content: 'pull' },
    ]);
    const given = ports(pullRequest, () => [...unreviewed, ...named('right')]);
    await using source = await openArtifactBaselines('visual-capture', given);
    expect(await source.list()).toEqual(['right/mobile']);
    expect(given.said[0]).toContain('belonged to a pull request');
  });
});

describe('without an artifact', () => {
  test('the first run of a workflow takes everything as added', async () => {
    const given = ports(pullRequest, () => none(0, 0));
    await using source = await openArtifactBaselines('visual-capture', given);
    expect(await source.list()).toEqual([]);
    expect(given.said).toEqual([expect.stringContaining('warn: This workflow has no successful run on main yet')]);
  });

  test('runs that uploaded none are told apart from that', async () => {
    const given = ports(pullRequest, () => none(3, 0));
    await using _ = await openArtifactBaselines('visual-capture', given);
    expect(given.said).toEqual([
      expect.stringContaining('warn: None of the last 3 successful runs on main has an artifact "visual-capture"'),
    ]);
  });

  test('expired ones fail a pull request, which would otherwise look all new', async () => {
    const open = openArtifactBaselines(
      'visual-capture',
      ports(pullRequest, () => none(3, 2)),
    );
    await expect(open).rejects.toMatchObject({
      message: expect.stringContaining('are expired or missing'),
      fix: expect.stringContaining('Run the workflow on main again'),
    });
  });

  test('expired ones do not keep the branch itself from starting anew', async () => {
    const given = ports(onBranch, () => none(3, 2));
    await using _ = await openArtifactBaselines('visual-capture', given);
    expect(given.said).toEqual([expect.stringContaining('are expired, so every capture counts as added')]);
  });

  test('a branch of its own is compared with the default one', async () => {
    const asked: (string | undefined)[] = [];
    const given = ports({ name: 'feature' }, (branch) => {
      asked.push(branch);
      return branch === undefined ? found(good) : none(0, 0);
    });
    await using source = await openArtifactBaselines('visual-capture', given);
    expect(asked).toEqual(['feature', undefined]);
    expect(await source.list()).toEqual(['index/mobile']);
  });

  test('the command line cannot ask for one', async () => {
    const place: RunPlace = { remote: { url: '/nowhere' }, branch: {} };
    await expect(openArtifactBaselines('visual-capture', portsAt(place))).rejects.toMatchObject({
      fix: expect.stringContaining('baseline to directory or ref'),
    });
  });
});
