import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace, runStep, type StepOptions } from '../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../helpers/events.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { startGithubServer } from '../helpers/github-server.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { startWorkflowHistory } from '../helpers/workflow-history.ts';
import { makeZip } from '../helpers/zip.ts';

const token = 'ghs_very-secret';
const mainRef = 'refs/visual-capture/baselines/main';
const red = solidPng(4, 4, [255, 0, 0]);
const blue = solidPng(4, 4, [0, 0, 255]);

function step(server: GitServer, apiUrl: string, more: Record<string, string> = {}): Pick<StepOptions, 'inputs' | 'env'> {
  return {
    inputs: {
      urls: 'https://site.dev/a',
      'api-key': 'sk_live_test',
      'api-url': apiUrl,
      viewports: '4x4',
      'page-check': 'off',
      retakes: '0',
      comment: 'never',
      'upload-artifact': 'false',
      baseline: 'ref',
      'update-baselines': 'true',
      'github-token': token,
      ...more,
    },
    env: { GITHUB_SERVER_URL: server.origin, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' },
  };
}

test('a push to the default branch keeps its ref current; a pull request is compared with it and cannot write', async () => {
  await using server = await startGitServer({ token });
  await using service = await startFakeService({ script: answers.picture(red) });
  await using workspace = await createWorkspace();
  const first = await runStep({ ...step(server, service.url), workspace });
  expect(first.outputs).toMatchObject({ outcome: 'passed', added: '1' });
  expect(await server.git('ls-tree', '-r', '--name-only', mainRef)).toBe('a/4x4.png\nmanifest.json');
  expect(await server.git('log', '-1', '--format=%B', mainRef)).toContain(
    `Captured from c0ffee by ${server.origin}/octo/site/actions/runs/42`,
  );

  service.use(answers.picture(blue));
  const side = { ref: 'main', repo: { full_name: 'octo/site' } };
  const event = exampleEvent('pull_request', { action: 'opened', change: { pull_request: { head: side, base: side } } });
  const { inputs, env } = step(server, service.url);
  const pull = await runStep({
    inputs,
    env: { ...env, ...(await eventEnvironment(workspace.path, 'pull_request', event)), GITHUB_REF: 'refs/pull/2/merge' },
    workspace,
  });
  expect(pull.exitCode).toBe(1);
  expect(pull.outputs).toMatchObject({ outcome: 'changed', changed: '1' });
  expect(pull.stdout).toContain('update-baselines has no effect in this run: what a pull request shows is not reviewed yet.');
  expect(await server.git('rev-list', '--count', mainRef)).toBe('1');

  for (const { stdout, stderr } of [first, pull]) {
    const shown = `${stdout}${stderr}`.replace(`::add-mask::${token}`, '');
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
  }
});

test('a token that may not write fails the step with the permission to add, after everything is reported', async () => {
  await using server = await startGitServer({ token: 'other', readToken: token });
  await using service = await startFakeService({ script: answers.picture(red) });
  await using workspace = await createWorkspace();
  const { exitCode, report, annotations } = await runStep({ ...step(server, service.url), workspace });
  expect(exitCode).toBe(1);
  expect(report?.captures[0]).toMatchObject({ status: 'added' });
  expect(report?.captures[0]?.baselineUpdated).toBeUndefined();
  expect(annotations.map(({ message }) => message).join('\n')).toMatch(
    /The new baselines could not be pushed to refs\/visual-capture\/baselines\/main: .*403[\s\S]*contents: write/,
  );
});

test('the artifact of a run on the base branch is compared with, downloaded through GitHub', async () => {
  await using service = await startFakeService({ script: answers.picture(red) });
  await using workspace = await createWorkspace();
  await using git = await startGitServer({ token });
  const inputs = { ...step(git, service.url).inputs, baseline: 'none', 'update-baselines': 'false' };
  await runStep({ inputs, workspace });
  const files = ['results.json', 'actual/a/4x4.png'];
  const archive = makeZip(
    await Promise.all(
      files.map(async (path) => ({ path, content: await readFile(join(workspace.path, 'visual-capture', path)) })),
    ),
  );

  await using history = await startWorkflowHistory([{ id: 41, artifacts: [{ id: 5 }] }], archive);
  await using github = await startGithubServer({ operations: history.operations, token });
  service.use(answers.picture(blue));
  const { outputs, report, stdout } = await runStep({
    inputs: { ...inputs, baseline: 'artifact' },
    env: { GITHUB_API_URL: github.apiUrl, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' },
    workspace,
  });
  expect(github.wrong).toEqual([]);
  expect(outputs).toMatchObject({ outcome: 'changed' });
  expect(report?.run.baseline).toBe('artifact visual-capture of https://github.com/octo/site/actions/runs/41');
  expect(stdout.replace(`::add-mask::${token}`, '')).not.toContain(token);
});
