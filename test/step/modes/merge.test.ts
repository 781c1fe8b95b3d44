import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/results/model.ts';
import { type ArtifactServer, startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { answers, type FakeScript, startFakeService } from '../../helpers/fake-service.ts';
import { readPagePictures } from '../../helpers/page-pictures.ts';
import { solidPng } from '../../helpers/solid-png.ts';

const grey = solidPng(8, 6, [128, 128, 128]);
const red = solidPng(8, 6, [200, 0, 0]);
const site: FakeScript = (request) => answers.picture(String(request.body?.['url']).endsWith('/red') ? red : grey);
const pages = ['/a', '/b', '/c', '/d', '/e', '/f', '/red'];

/** Runs one shard as a job of its own would: with a fresh checkout, and the run's artifacts in common. */
async function runShard(
  shard: string,
  artifacts: ArtifactServer,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<FinishedStep> {
  await using service = await startFakeService({ script: site });
  await using workspace = await createWorkspace();
  for (const path of [...pages.map((page) => `${page}/1280x800`), '/gone/1280x800']) {
    const file = join(workspace.path, `visual-baselines${path}.png`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, grey);
  }
  return await runStep({
    entry: actionSource,
    workspace,
    env: { ...artifacts.env, ...env },
    inputs: {
      'api-key': 'sk_live_test',
      'api-url': service.url,
      'base-url': 'https://preview.example.com',
      urls: pages.join('\n'),
      'page-check': 'off',
      retakes: '0',
      shard,
      ...inputs,
    },
  });
}

async function merge(artifacts: ArtifactServer): Promise<FinishedStep & { picture: Buffer | undefined; page: string }> {
  await using workspace = await createWorkspace();
  const step = await runStep({ entry: actionSource, workspace, env: artifacts.env, inputs: { mode: 'merge' } });
  const picture = await readFile(join(workspace.path, 'visual-capture/actual/red/1280x800.png')).catch(() => undefined);
  const page = await readFile(join(workspace.path, 'visual-capture/report.html'), 'utf8').catch(() => '');
  return { ...step, picture, page };
}

const statuses = (report: Report | undefined): Record<string, string> =>
  Object.fromEntries(report?.captures.map(({ id, status }) => [id, status]) ?? []);

describe('mode: merge', () => {
  it('joins shards into what one job would have found', async () => {
    await using artifacts = await startArtifactServer();
    const shards: FinishedStep[] = [];
    for (const shard of ['1/2', '2/2']) {
      shards.push(await runShard(shard, artifacts));
    }
    expect(shards.map(({ report }) => report?.run.shard?.index)).toEqual([1, 2]);
    expect(shards.map(({ report }) => report?.captures.filter(({ status }) => status === 'removed').length)).toEqual([1, 0]);
    expect(artifacts.stored.map(({ name }) => name)).toEqual([
      'visual-capture-1-of-2',
      'visual-capture-1-of-2.html',
      'visual-capture-2-of-2',
      'visual-capture-2-of-2.html',
    ]);

    const merged = await merge(artifacts);
    expect(statuses(merged.report)).toEqual({
      'a/1280x800': 'unchanged',
      'b/1280x800': 'unchanged',
      'c/1280x800': 'unchanged',
      'd/1280x800': 'unchanged',
      'e/1280x800': 'unchanged',
      'f/1280x800': 'unchanged',
      'gone/1280x800': 'removed',
      'red/1280x800': 'changed',
    });
    expect(merged.exitCode).toBe(1);
    expect(merged.outputs).toMatchObject({ outcome: 'changed', captures: '8', changed: '1', credits: '7' });
    expect(merged.report?.run.shard).toBeUndefined();
    expect(merged.picture).toEqual(Buffer.from(red));
    expect(readPagePictures(merged.page)).toMatchObject({
      'actual/red/1280x800.png': 'whole',
      'actual/a/1280x800.png': 'thumbnail',
      'actual/f/1280x800.png': 'thumbnail',
    });
    expect(merged.annotations.map(({ properties }) => properties['title'])).toEqual(['changed — red (1280x800)']);
    expect(artifacts.stored.slice(4).map(({ name }) => name)).toEqual(['visual-capture', 'visual-capture.html']);
  });

  it('fails and names the shard that is missing, and every capture that it owes', async () => {
    await using artifacts = await startArtifactServer();
    const shard = await runShard('1/2', artifacts);
    const owed = shard.report?.run.shard?.plan[1] ?? [];
    expect(owed.length).toBe(3);

    const merged = await merge(artifacts);
    expect(merged.exitCode).toBe(1);
    expect(merged.outputs['outcome']).toBe('failed');
    expect(
      merged.report?.captures
        .filter(({ error }) => error?.code === 'shard_missing')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(owed.toSorted());
    expect(merged.annotations[0]).toMatchObject({
      properties: { title: 'shard_missing — 3 captures' },
      message: expect.stringContaining('shard 2/2 uploaded no results'),
    });
    expect(merged.summary).toContain('shard 2/2 uploaded no results');
  });

  it('refuses shards that were not split alike', async () => {
    await using artifacts = await startArtifactServer();
    await runShard('1/2', artifacts);
    await runShard('2/2', artifacts, { urls: '/a\n/b' });
    const merged = await merge(artifacts);
    expect([merged.exitCode, merged.outputs['outcome']]).toEqual([1, 'failed']);
    expect(merged.annotations[0]?.message).toContain(
      '"visual-capture-2-of-2" was split in another way than "visual-capture-1-of-2"',
    );
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['by other rules', { threshold: '0.3' }, {}],
    ['for another commit', {}, { GITHUB_SHA: 'decaf' }],
    ['with other baselines', { 'baseline-directory': 'elsewhere' }, {}],
  ])('refuses shards that were judged %s, before anything is published', async (reason, inputs, env) => {
    await using artifacts = await startArtifactServer();
    await runShard('1/2', artifacts);
    await runShard('2/2', artifacts, inputs, env);
    const merged = await merge(artifacts);
    expect([merged.exitCode, merged.outputs['outcome'], merged.report]).toEqual([1, 'failed', undefined]);
    expect(merged.annotations[0]?.message).toContain(`"visual-capture-2-of-2" was judged ${reason} than "visual-capture-1-of-2"`);
  });

  it('says what to do when no shard uploaded anything', async () => {
    await using artifacts = await startArtifactServer();
    const merged = await merge(artifacts);
    expect(merged.exitCode).toBe(1);
    expect(merged.annotations[0]?.message).toContain('this run has no artifact named visual-capture-1-of-…');
  });

  it('refuses an artifact that no check wrote', async () => {
    await using artifacts = await startArtifactServer();
    artifacts.put('visual-capture-1-of-1', Buffer.from('<html>no archive</html>'));
    const merged = await merge(artifacts);
    expect(merged.exitCode).toBe(1);
    expect(merged.annotations[0]?.message).toContain('"visual-capture-1-of-1" is not taken: it is no zip archive');
  });
});
