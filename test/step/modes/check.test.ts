import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { answers, startFakeService } from '../../helpers/fake-service.ts';
import { solidPng } from '../../helpers/solid-png.ts';

const command = /visual-capture accept/;

/** The step on a page that changed. */
async function checkChange(env: Readonly<Record<string, string>>): Promise<FinishedStep> {
  await using service = await startFakeService({ script: () => answers.picture(solidPng(8, 6, [200, 0, 0])) });
  await using workspace = await createWorkspace();
  const baseline = join(workspace.path, 'visual-baselines/a/1280x800.png');
  await mkdir(dirname(baseline), { recursive: true });
  await writeFile(baseline, solidPng(8, 6, [128, 128, 128]));
  const inputs = {
    'api-key': 'sk_live_test',
    'api-url': service.url,
    urls: 'https://preview.example.com/a',
    'page-check': 'off',
    retakes: '0',
  };
  return await runStep({ entry: actionSource, workspace, env, inputs });
}

describe('mode: check', () => {
  it('tells in the log how to accept what it uploaded', async () => {
    await using artifacts = await startArtifactServer();
    const { stdout, annotations } = await checkChange(artifacts.env);
    expect([stdout, annotations[0]?.message]).toEqual([expect.stringMatching(command), expect.stringMatching(command)]);
  });

  it('does not where nothing could be uploaded', async () => {
    const { stdout, annotations } = await checkChange({});
    expect(annotations.map(({ properties }) => properties['title'])).toEqual(['changed — a (1280x800)', 'Visual Capture']);
    expect(stdout).not.toMatch(command);
  });
});
