import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { answers, startFakeService } from '../../helpers/fake-service.ts';
import { serve } from '../../helpers/serve.ts';
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

  it('has told everything that is at hand before it asks a service, and tells the addresses after it', async () => {
    await using workspace = await createWorkspace();
    await using capturing = await startFakeService({ script: () => answers.picture(solidPng(8, 6, [200, 0, 0])) });
    await using artifacts = await startArtifactServer();
    const told = Promise.withResolvers<{ summary: string; outputs: string; files: string[] }>();
    const read = (name: string) => readFile(join(workspace.path, name), 'utf8');
    // What the step has said by the time of its first request is what a run has that is cancelled at it.
    await using asked = await serve(async (request, response) => {
      const files = await readdir(join(workspace.path, 'visual-capture'));
      told.resolve({ summary: await read('.github-summary'), outputs: await read('.github-output'), files });
      const answer = await fetch(`${artifacts.origin}${request.url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat(await request.toArray()),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    const step = await runStep({
      entry: actionSource,
      workspace,
      env: { ...artifacts.env, ACTIONS_RESULTS_URL: `${asked.url}/` },
      inputs: {
        'api-key': 'sk_live_test',
        'api-url': capturing.url,
        urls: 'https://preview.example.com/a',
        'page-check': 'off',
        'fail-on': 'added',
      },
    });
    const { summary, outputs, files } = await told.promise;
    expect(files).toEqual(['actual', 'junit.xml', 'report.html', 'results.json']);
    expect(summary).toContain('1 added of 1 capture');
    expect(summary).not.toContain('/artifacts/');
    expect(outputs).toContain('passed');
    expect(step.stdout.indexOf('::error')).toBeLessThan(step.stdout.indexOf('::group::Artifacts'));
    expect(step.summary).toContain('/artifacts/1001');
    expect(step.summary.match(/1 added of 1 capture/g)).toHaveLength(1);
    expect(step.outputs['artifact-url']).toContain('/artifacts/1000');
  });

  it('makes one warning of all inputs that it does not know', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`INPUT_VIEWPORT${at}`, 'x']));
    const { annotations } = await checkChange(unknown);
    const about = annotations.filter(({ message }) => message.includes('viewport'));
    expect(about).toHaveLength(1);
    expect(about[0]?.message).toContain('12 inputs are not known and have no effect:');
    expect(about[0]?.message).toContain('"viewport11": Did you mean "viewports"?');
  });

  it('warns once of a storage that refuses', async () => {
    await using artifacts = await startArtifactServer({ refuse: { status: 403, msg: 'no' } });
    const { annotations } = await checkChange(artifacts.env);
    expect(annotations.filter(({ command }) => command === 'warning')).toHaveLength(1);
  });

  it('warns once of outputs that cannot be written', async () => {
    await using artifacts = await startArtifactServer();
    const { annotations } = await checkChange({ ...artifacts.env, GITHUB_OUTPUT: '/nowhere/outputs' });
    expect(annotations.filter(({ message }) => message.startsWith('The outputs could not be written'))).toHaveLength(1);
  });
});
