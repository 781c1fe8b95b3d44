import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunPlace } from '../../src/baseline/host.ts';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { lineProgress } from '../../src/progress/lines.ts';
import type { ShardResults } from '../../src/results/check-shards.ts';
import { mergeShards } from '../../src/results/merge-shards.ts';
import { decideStepFails } from '../../src/results/outcome.ts';
import { parseResults } from '../../src/results/parse-results.ts';
import { systemClock } from '../../src/system/clock.ts';
import { answers, type FakeScript, type FakeService, startFakeService } from '../helpers/fake-service.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { solidPng } from '../helpers/solid-png.ts';

const red = solidPng(4, 4, [255, 0, 0]);
const blue = solidPng(4, 4, [0, 0, 255]);
const mainRef = 'refs/visual-capture/baselines/main';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'check-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

interface Given {
  readonly inputs: Partial<Record<InputName, string>>;
  readonly service: FakeService;
  readonly place?: RunPlace;
}

/** The whole check against a scripted service, with nothing else replaced. */
function run({ inputs, service, place }: Given): Promise<Checked> {
  const all = { 'api-key': 'sk', 'api-url': service.url, 'page-check': 'off', retakes: '0', viewports: '4x4', ...inputs };
  return check(
    { values: new Map(Object.entries(all)) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    {
      directory,
      bundles: locateBundles(new URL('../../src/', import.meta.url)),
      log: silentLog,
      progress: () => lineProgress(silentLog, systemClock),
      ...(place === undefined ? {} : { findContext: async () => ({ about: {}, place: async () => place }) }),
    },
    new AbortController().signal,
  );
}

const statuses = ({ report }: Checked): Record<string, string> =>
  Object.fromEntries(
    report.captures.map(({ id, status, error }) => [id, error === undefined ? status : `${status} ${error.code}`]),
  );

describe('baseline: ref', () => {
  const at = (server: GitServer, more: Partial<RunPlace> = {}): RunPlace => ({
    remote: { url: server.url },
    branch: { name: 'main' },
    ...more,
  });
  const byPath =
    (pictures: Readonly<Record<string, Uint8Array>>): FakeScript =>
    ({ body }) =>
      answers.picture(pictures[new URL(String(body?.url)).pathname] ?? red);
  const inputs = { baseline: 'ref', 'base-url': 'https://site.dev', urls: '/a\n/b' };

  test('a first run finds nothing, the default branch fills it, a pull request is compared with it', async () => {
    await using server = await startGitServer();
    await using service = await startFakeService({ script: byPath({}) });
    expect(statuses(await run({ inputs, service, place: at(server) }))).toEqual({ 'a/4x4': 'added', 'b/4x4': 'added' });
    expect(await server.git('for-each-ref')).toBe('');

    const filled = await run({ inputs: { ...inputs, 'update-baselines': 'true' }, service, place: at(server) });
    expect(filled.fault).toBeUndefined();
    expect(await server.git('ls-tree', '-r', '--name-only', mainRef)).toBe('a/4x4.png\nb/4x4.png\nmanifest.json');

    service.use(byPath({ '/b': blue }));
    const place = at(server, { branch: { name: 'main', readOnly: 'not reviewed' } });
    const pull = await run({ inputs: { ...inputs, 'update-baselines': 'true' }, service, place });
    expect(statuses(pull)).toEqual({ 'a/4x4': 'unchanged', 'b/4x4': 'changed' });
    expect(pull.report.captures.some(({ baselineUpdated }) => baselineUpdated)).toBe(false);
    expect(pull.report.run.baseline).toBe(`ref ${mainRef}`);
  });

  test('on the default branch what changed is written, and with prune what no capture asks for is deleted', async () => {
    await using server = await startGitServer();
    await server.commit(mainRef, { 'a/4x4.png': red, 'b/4x4.png': red, 'gone/4x4.png': red });
    await using service = await startFakeService({ script: byPath({ '/b': blue }) });
    // Without prune nothing is deleted: a check is often run over a part of the targets.
    const byHand = await run({ inputs: { ...inputs, urls: '/a', 'update-baselines': 'true' }, service, place: at(server) });
    expect(statuses(byHand)).toEqual({ 'a/4x4': 'unchanged', 'b/4x4': 'removed', 'gone/4x4': 'removed' });
    expect(await server.git('rev-list', '--count', mainRef)).toBe('1');

    const workflowRun = { id: 7, url: 'https://github.com/octo/site/actions/runs/7', commit: 'c0ffee' };
    const place = at(server, { workflowRun });
    const { report } = await run({ inputs: { ...inputs, 'update-baselines': 'true', prune: 'true' }, service, place });
    expect(report.captures.map(({ id, status, baselineUpdated }) => [id, status, baselineUpdated])).toEqual([
      ['a/4x4', 'unchanged', undefined],
      ['b/4x4', 'changed', true],
      ['gone/4x4', 'removed', true],
    ]);
    expect(await server.git('ls-tree', '-r', '--name-only', mainRef)).toBe('a/4x4.png\nb/4x4.png\nmanifest.json');
    expect(await server.git('rev-list', '--count', mainRef)).toBe('2');
  });

  test('a push that is refused fails the run, with its reports written and the differences counted', async () => {
    await using server = await startGitServer({ preReceive: 'exit 1' });
    await server.commit(mainRef, { 'a/4x4.png': red, 'b/4x4.png': red });
    await using service = await startFakeService({ script: byPath({ '/b': blue }) });
    const { report, output, fault } = await run({
      inputs: { ...inputs, 'update-baselines': 'true' },
      service,
      place: at(server),
    });
    expect(fault).toMatchObject({ name: 'UserError', message: expect.stringContaining('refused by') });
    expect(report.captures.map(({ status, baselineUpdated }) => [status, baselineUpdated])).toEqual([
      ['unchanged', undefined],
      ['changed', undefined],
    ]);
    expect(await output.list()).toContain('results.json');
  });

  test('a change of the environment is named, beside the difference', async () => {
    await using server = await startGitServer();
    await using service = await startFakeService({ script: byPath({}) });
    const place = at(server);
    await run({ inputs: { ...inputs, 'update-baselines': 'true' }, service, place });
    service.use(byPath({ '/b': blue }));
    const { report } = await run({ inputs: { ...inputs, 'wait-until': 'networkidle0', viewports: '4x4=4x4@2' }, service, place });
    expect(
      report.captures.filter(({ status }) => status !== 'removed').map(({ environmentChanges }) => environmentChanges),
    ).toEqual([
      [
        { what: 'viewport', baseline: '4x4@1', actual: '4x4@2' },
        { what: 'wait-until', baseline: 'not set', actual: 'networkidle0' },
      ],
      [
        { what: 'viewport', baseline: '4x4@1', actual: '4x4@2' },
        { what: 'wait-until', baseline: 'not set', actual: 'networkidle0' },
      ],
    ]);
  });
});

describe('baseline: directory', () => {
  test('keeps a manifest beside the pictures, and does without', async () => {
    await using service = await startFakeService({ script: answers.picture(red) });
    const inputs = { urls: 'https://site.dev/a' };
    await run({ inputs: { ...inputs, 'update-baselines': 'missing' }, service });
    const same = await run({ inputs, service });
    expect(same.report.captures[0]?.environmentChanges).toBeUndefined();
    const other = await run({ inputs: { ...inputs, 'full-page': 'true' }, service });
    expect(other.report.captures[0]).toMatchObject({
      status: 'unchanged',
      environmentChanges: [{ what: 'full-page', baseline: 'not set', actual: 'true' }],
    });
    await rm(join(directory, 'visual-baselines/manifest.json'));
    const without = await run({ inputs: { ...inputs, 'full-page': 'true' }, service });
    expect(without.report.captures[0]?.environmentChanges).toBeUndefined();
  });
});

describe('shards', () => {
  test('that compared nothing are judged by the merge as one job would be', async () => {
    await using service = await startFakeService({ script: answers.picture(red) });
    const inputs = { 'base-url': 'https://site.dev', urls: '/a\n/b' };
    await run({ inputs: { ...inputs, 'update-baselines': 'missing' }, service });
    service.use(answers.error('bad_request'));
    const given = { ...inputs, 'fail-on': 'changed' };
    const whole = await run({ inputs: given, service });
    expect(decideStepFails(whole.report)).toBe(true);

    const shards: ShardResults[] = [];
    for (const shard of ['1/2', '2/2']) {
      // A job of its own finds no earlier results.
      await rm(join(directory, 'visual-capture'), { recursive: true });
      const { output } = await run({ inputs: { ...given, shard }, service });
      shards.push({ artifact: shard, report: parseResults((await output.read('results.json'))!) });
    }
    const merged = mergeShards(shards, { failOn: ['changed'], allowEmpty: false });
    expect(merged.run.nothingCompared).toEqual(whole.report.run.nothingCompared);
    expect(decideStepFails(merged)).toBe(true);
  });
});

describe('baseline: url', () => {
  const inputs = { baseline: 'url', 'base-url': 'https://pr.dev', 'baseline-url': 'https://www.dev', urls: '/same\n/other' };
  const pictures: FakeScript = ({ body }) => answers.picture(body?.url === 'https://www.dev/other' ? blue : red);

  test('captures both sides, pays for both, and stores nothing', async () => {
    await using service = await startFakeService({ script: pictures });
    const checked = await run({ inputs: { ...inputs, 'update-baselines': 'true' }, service });
    expect(statuses(checked)).toEqual({ 'same/4x4': 'unchanged', 'other/4x4': 'changed' });
    expect(checked.report.service).toMatchObject({ requests: 4, credits: 4 });
    expect(checked.report.captures[1]).toMatchObject({ url: 'https://pr.dev/other', baselineUrl: 'https://www.dev/other' });
    expect(new Uint8Array((await checked.output.read('baseline/other/4x4.png'))!)).toEqual(new Uint8Array(blue));
    expect(service.requests.map(({ body }) => body?.url).sort()).toEqual([
      'https://pr.dev/other',
      'https://pr.dev/same',
      'https://www.dev/other',
      'https://www.dev/same',
    ]);
  });

  test('a page that cannot be captured there fails its capture, with that page’s address in the fix', async () => {
    await using service = await startFakeService({
      script: (request) => (request.body?.url === 'https://www.dev/other' ? answers.error('bad_request') : answers.picture(red)),
    });
    const checked = await run({ inputs, service });
    expect(statuses(checked)).toEqual({ 'same/4x4': 'unchanged', 'other/4x4': 'failed bad_request' });
    const { error, files } = checked.report.captures[1]!;
    expect(error?.message).toContain('the page at baseline-url');
    expect(error?.fix).toContain('https://www.dev/other');
    expect(files.actual).toBe('actual/other/4x4.png');
  });

  test('max-captures counts both sides', async () => {
    await using service = await startFakeService({ script: pictures });
    const { report } = await run({ inputs: { ...inputs, 'max-captures': '3' }, service });
    expect(report.service.credits).toBeLessThanOrEqual(3);
    expect(report.captures.map(({ error }) => error?.code)).toContain('capture_limit');
  });
});
