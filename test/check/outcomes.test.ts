import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { planAnnotations } from '../../src/report/annotations.ts';
import { decideStepFails } from '../../src/results/outcome.ts';
import { createWorkspace, type Workspace } from '../helpers/bundle.ts';
import { answers, type FakeScript, startFakeService } from '../helpers/fake-service.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { solidPng } from '../helpers/solid-png.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const silent = { start() {}, service() {}, done() {}, stop() {} };
const grey = solidPng(1, 1, [128, 128, 128]);
/** One grey pixel. */
const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
  'base64',
);

async function run(workspace: Workspace, script: FakeScript, inputs: Partial<Record<InputName, string>> = {}): Promise<Checked> {
  await using service = await startFakeService({ script });
  const values = Object.entries({
    'api-key': 'sk',
    'api-url': service.url,
    'base-url': 'https://site.dev',
    urls: '/a',
    viewports: '1x1',
    'page-check': 'off',
    retakes: '0',
    ...inputs,
  });
  return await check(
    { values: new Map(values) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    { directory: workspace.path, bundles, log: silentLog, progress: () => silent },
    new AbortController().signal,
  );
}

async function putBaseline(workspace: Workspace, id: string): Promise<void> {
  const path = join(workspace.path, 'visual-baselines', `${id}.png`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, grey);
}

describe('the format of a picture', () => {
  it('must be the one that can be compared', async () => {
    await using workspace = await createWorkspace();
    await putBaseline(workspace, 'a/1x1');
    const { report } = await run(workspace, answers.picture(jpeg, 'image/jpeg'));
    expect(report.captures[0]).toMatchObject({
      status: 'failed',
      error: {
        code: 'unexpected_response',
        message: expect.stringContaining('asked for a PNG, got a JPEG'),
        fix: expect.stringContaining('api-url'),
      },
      files: { actual: 'actual/a/1x1.jpg' },
    });
  });

  it('jpeg is never compared, whatever comes, and its file is named by its bytes', async () => {
    await using workspace = await createWorkspace();
    await putBaseline(workspace, 'a/1x1');
    const { report } = await run(workspace, answers.picture(grey), { format: 'jpeg' });
    expect(report.captures[0]).toMatchObject({ status: 'captured', files: { actual: 'actual/a/1x1.png' } });
    expect(await readdir(join(workspace.path, 'visual-capture/actual/a'))).toEqual(['1x1.png']);
  });
});

it('writes the reports of what was captured also when a removed baseline cannot be shown', async () => {
  await using workspace = await createWorkspace();
  await putBaseline(workspace, 'gone/1x1');
  // A file where the folder of baselines should be stands for a disk that is full by now.
  await mkdir(join(workspace.path, 'visual-capture'));
  await writeFile(join(workspace.path, 'visual-capture/baseline'), 'in the way');
  const { report, fault } = await run(workspace, answers.picture(grey));
  expect(report.captures.map(({ id, status }) => [id, status])).toEqual([['a/1x1', 'added']]);
  expect(fault).toMatchObject({ message: expect.stringContaining('Cannot write visual-capture/baseline/gone/1x1.png') });
  expect(await readdir(join(workspace.path, 'visual-capture'))).toEqual([
    'actual',
    'baseline',
    'junit.xml',
    'report.html',
    'results.json',
  ]);
});

describe('a run that compared nothing because its captures failed', () => {
  const refused = answers.error('bad_request');

  it('fails although fail-on does not name failed, and says why and what to do', async () => {
    await using workspace = await createWorkspace();
    await putBaseline(workspace, 'a/1x1');
    const { report } = await run(workspace, refused, { 'fail-on': 'changed' });
    expect(decideStepFails(report)).toBe(true);
    expect(planAnnotations(report)[0]).toMatchObject({
      level: 'error',
      title: 'Nothing was compared',
      message: expect.stringMatching(/baselines.*1 capture failed.*allow-empty/s),
    });
  });

  it.each([
    ['allow-empty is set', { 'allow-empty': 'true', 'fail-on': 'changed' }],
    ['fail-on is none', { 'fail-on': 'none' }],
    ['there is no baseline of theirs', { urls: '/b', 'fail-on': 'changed' }],
  ] as const)('passes where %s', async (_, inputs) => {
    await using workspace = await createWorkspace();
    if (!('urls' in inputs)) {
      await putBaseline(workspace, 'a/1x1');
    }
    const { report } = await run(workspace, refused, inputs);
    expect(decideStepFails(report)).toBe(false);
    expect(planAnnotations(report).filter(({ level }) => level === 'error')).toEqual([]);
  });
});
