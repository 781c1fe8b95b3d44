import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/system/sha256.ts';
import { actionSource, createWorkspace, type FinishedStep, put, runStep, type Workspace } from '../helpers/bundle.ts';
import { startFakeService } from '../helpers/fake-service.ts';
import { solidPng } from '../helpers/solid-png.ts';

const picture = solidPng(8, 6, [128, 128, 128]);
const results = JSON.stringify({
  version: 1,
  captures: [
    {
      id: 'a/1280x800',
      files: { actual: 'actual/a/1280x800.png', diff: '../visual-baselines/a/1280x800.png' },
      sha256: { actual: sha256(picture), diff: sha256(picture) },
    },
  ],
});

/** What an earlier run left in the workspace, and beside it what is no part of it. */
async function leaveEarlierRun(workspace: Workspace, output = 'visual-capture', text = results): Promise<void> {
  for (const path of ['report.html', 'junit.xml', 'actual/mine.png', 'notes.txt', 'actual/a/1280x800.png']) {
    await put(workspace, `${output}/${path}`, picture);
  }
  await put(workspace, `${output}/results.json`, text);
  await put(workspace, 'visual-baselines/a/1280x800.png', picture);
}

async function filesIn(workspace: Workspace, folder: string): Promise<string[]> {
  const entries = await readdir(join(workspace.path, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(workspace.path, folder).length + 1))
    .sort();
}

const start = (workspace: Workspace, inputs: Record<string, string>): Promise<FinishedStep> =>
  runStep({ entry: actionSource, workspace, inputs: { 'upload-artifact': 'false', comment: 'never', ...inputs } });

describe('a step that ends without results takes away those of an earlier run', () => {
  test.each<[string, Record<string, string>]>([
    ['for a wrong input', { urls: 'https://preview.example.com/a', threshold: '7' }],
    ['for a wrong mode', { mode: 'chekc' }],
    ['for baselines that cannot be asked for', { urls: 'https://preview.example.com/a', 'api-key': 'k', baseline: 'artifact' }],
    ['for shards that are not there', { mode: 'merge' }],
    ['for a run that has nothing to publish', { mode: 'publish' }],
  ])('%s', async (_, inputs) => {
    await using workspace = await createWorkspace();
    await leaveEarlierRun(workspace);
    const step = await start(workspace, inputs);
    expect(step.exitCode).toBe(1);
    expect(step.outputs).toEqual({ outcome: 'failed' });
    expect(await filesIn(workspace, 'visual-capture')).toEqual(['actual/mine.png', 'notes.txt']);
    expect(await filesIn(workspace, 'visual-baselines')).toEqual(['a/1280x800.png']);
  });

  test.each<[string, Record<string, string>, string]>([
    ['the input', { output: 'shots' }, 'output: other\n'],
    ['the config file, whatever is wrong in it', {}, 'output: shots\nthreshold: 7\nnonsense: true\n'],
  ])('from the folder that %s names', async (_, inputs, config) => {
    await using workspace = await createWorkspace();
    await leaveEarlierRun(workspace, 'shots');
    await put(workspace, 'visual-capture.yml', config);
    const step = await start(workspace, { urls: '/a', ...inputs });
    expect(step.stdout).toContain('The results of an earlier run are removed from shots: this one has none.');
    expect(await filesIn(workspace, 'shots')).toEqual(['actual/mine.png', 'notes.txt']);
  });

  test('but no files of others, who keep some of the same name there', async () => {
    await using workspace = await createWorkspace();
    await leaveEarlierRun(workspace, '.', '{"mine": true}');
    const step = await start(workspace, { output: '.', urls: 'https://preview.example.com/a', 'api-key': 'sk_live_test' });
    expect(step.annotations[0]?.message).toContain(
      './junit.xml lies where results are written, and Visual Capture did not write it.',
    );
    expect(await filesIn(workspace, '.')).toEqual(
      expect.arrayContaining(['actual/a/1280x800.png', 'junit.xml', 'report.html', 'results.json']),
    );
  });

  test('of which only the reports, where results.json names nothing', async () => {
    await using workspace = await createWorkspace();
    await leaveEarlierRun(workspace, 'visual-capture', '');
    await start(workspace, { threshold: '7' });
    expect(await filesIn(workspace, 'visual-capture')).toEqual(['actual/a/1280x800.png', 'actual/mine.png', 'notes.txt']);
  });
});

test.each(['accept', 'cleanup'])('mode: %s has no results and leaves those that are there', async (mode) => {
  await using workspace = await createWorkspace();
  await leaveEarlierRun(workspace);
  const step = await start(workspace, { mode });
  expect(step.exitCode).toBe(1);
  expect(await filesIn(workspace, 'visual-capture')).toContain('results.json');
});

test('a step that fails with results of its own keeps them', async () => {
  await using service = await startFakeService();
  await using workspace = await createWorkspace();
  await leaveEarlierRun(workspace);
  const step = await start(workspace, {
    urls: 'https://preview.example.com/b',
    'api-key': 'sk_live_test',
    'api-url': service.url,
    'page-check': 'off',
    'fail-on': 'added',
  });
  expect(step.exitCode).toBe(1);
  expect(step.report?.captures.map(({ id }) => id)).toEqual(['b/1280x800', 'a/1280x800']);
  expect(step.outputs['results']).toBe(join(workspace.path, 'visual-capture/results.json'));
  expect(await filesIn(workspace, 'visual-capture')).toEqual(
    expect.arrayContaining(['actual/b/1280x800.png', 'junit.xml', 'report.html', 'results.json']),
  );
});
