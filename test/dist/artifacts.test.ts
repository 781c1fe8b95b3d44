import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactServer } from '../helpers/artifact-server.ts';
import { createWorkspace, runStep } from '../helpers/bundle.ts';
import { startFakeService } from '../helpers/fake-service.ts';
import { inputsFor, site } from './support/site.ts';

describe('artifacts', () => {
  const upload = (apiUrl: string): Record<string, string> =>
    inputsFor(apiUrl, { urls: '/a', 'upload-artifact': 'true', 'artifact-name': 'shots', 'retention-days': '3' });

  it('uploads one zip with everything and the report alone, unzipped', async () => {
    await using service = await startFakeService({ script: site });
    await using artifacts = await startArtifactServer();
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: upload(service.url), env: artifacts.env });
    expect(step.exitCode, step.stdout).toBe(0);
    expect(artifacts.stored.map(({ name }) => name)).toEqual(['shots', 'shots.html']);
    const [zip, page] = artifacts.stored;
    const listed = Buffer.from(zip?.bytes ?? []).toString('latin1');
    for (const file of ['results.json', 'report.html', 'junit.xml', 'actual/a/1280x800.png']) {
      expect(listed).toContain(file);
    }
    expect(Buffer.from(page?.bytes ?? [])).toEqual(await readFile(join(workspace.path, 'visual-capture/report.html')));
    const run = 'https://github.com/octo/site/actions/runs/42/artifacts';
    expect(step.outputs).toMatchObject({ 'artifact-id': '1000', 'artifact-url': `${run}/1000`, 'report-url': `${run}/1001` });
    expect(step.summary).toContain(`${run}/1001`);
    expect(step.stdout).not.toContain('secret-signature\n');
  });

  it('warns, and lets the verdict stand, when the name is taken by another job', async () => {
    await using service = await startFakeService({ script: site });
    await using artifacts = await startArtifactServer({ taken: ['shots'] });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: upload(service.url), env: artifacts.env });
    expect([step.exitCode, step.outputs['artifact-url'], artifacts.stored.map(({ name }) => name)]).toEqual([
      0,
      '',
      ['shots.html'],
    ]);
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('another job of this run took the name. Set artifact-name'),
    ]);
  });

  it('replaces its own upload in a re-run', async () => {
    await using service = await startFakeService({ script: site });
    await using artifacts = await startArtifactServer({ taken: ['shots', 'shots.html'] });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: upload(service.url), env: { ...artifacts.env, GITHUB_RUN_ATTEMPT: '2' } });
    expect([step.annotations, artifacts.deleted, artifacts.stored.map(({ name }) => name)]).toEqual([
      [],
      ['shots', 'shots.html'],
      ['shots', 'shots.html'],
    ]);
  });

  it.each([
    [
      'on GitHub Enterprise Server',
      { GITHUB_SERVER_URL: 'https://git.example.com' },
      'GitHub Enterprise Server does not take artifacts',
    ],
    ['without artifact storage', { ACTIONS_RUNTIME_TOKEN: '' }, 'was not uploaded'],
  ])('warns %s', async (_, env, expected) => {
    await using service = await startFakeService({ script: site });
    await using artifacts = await startArtifactServer();
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: upload(service.url), env: { ...artifacts.env, ...env } });
    expect(step.exitCode).toBe(0);
    expect(step.annotations.map(({ command }) => command)).not.toContain('error');
    expect(step.annotations.map(({ message }) => message).join()).toContain(expected);
  });

  it('warns when the storage is full', async () => {
    await using service = await startFakeService({ script: site });
    await using artifacts = await startArtifactServer({ refuse: { status: 403, msg: 'insufficient usage to create artifact' } });
    await using workspace = await createWorkspace();
    const step = await runStep({ workspace, inputs: upload(service.url), env: artifacts.env });
    expect(step.exitCode).toBe(0);
    expect(step.annotations[0]?.message).toContain('the artifact storage of the account is full');
  });
});
