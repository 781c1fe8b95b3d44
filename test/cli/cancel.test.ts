import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseResults } from '../../src/results/parse-results.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { startGitServer } from '../helpers/git-server.ts';
import { serve } from '../helpers/serve.ts';

test('a check that is ended by Ctrl+C fails, says so and writes every report', async () => {
  await using workspace = await createWorkspace();
  const asked = Promise.withResolvers<void>();
  await using service = await startFakeService({
    script: () => {
      asked.resolve();
      return answers.silence();
    },
  });
  const config = { 'api-url': service.url, 'page-check': 'off', urls: 'https://preview.example.com/a' };
  const { exitCode, stderr } = await runBundle(cliSource, {
    cwd: workspace.path,
    args: ['check', ...Object.entries(config).flatMap(([name, value]) => [`--${name}`, value])],
    env: { APISCREENSHOT_API_KEY: 'sk_live_test' },
    stopWhen: asked.promise,
  });
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('The run was cancelled (received SIGINT).')]);
  const report = parseResults(await readFile(join(workspace.path, 'visual-capture/results.json')));
  expect(report.captures).toMatchObject([{ status: 'failed', error: { code: 'cancelled' } }]);
  expect(await readFile(join(workspace.path, 'visual-capture/report.html'), 'utf8')).toContain('cancelled');
});

test('another command that waits for a server ends by it with 130, and says so', async () => {
  await using workspace = await createWorkspace();
  await using git = await startGitServer();
  const asked = Promise.withResolvers<void>();
  await using silence = await serve(() => asked.resolve());
  await put(
    workspace,
    'clone/visual-capture.yml',
    'baseline: ref\nbaseline-ref: visual\ntargets: [https://preview.example.com/a]\n',
  );
  await git.git('init', '--quiet', join(workspace.path, 'clone'));
  await git.git('-C', join(workspace.path, 'clone'), 'remote', 'add', 'origin', `${silence.url}/octo/site.git`);
  const { exitCode, stderr } = await runBundle(cliSource, {
    cwd: join(workspace.path, 'clone'),
    args: ['plan'],
    stopWhen: asked.promise,
  });
  expect([exitCode, stderr]).toEqual([130, 'Error: The run was cancelled (received SIGINT).\n']);
});

test('an artifact that is fetched with --run is not waited for either', async () => {
  await using workspace = await createWorkspace();
  const asked = Promise.withResolvers<void>();
  await using github = await serve(() => asked.resolve());
  const { exitCode, stderr } = await runBundle(cliSource, {
    cwd: workspace.path,
    args: ['accept', '--run', '42', '--repository', 'octo/site'],
    env: { GITHUB_TOKEN: 'ghs_test', GITHUB_API_URL: github.url },
    stopWhen: asked.promise,
  });
  expect([exitCode, stderr]).toEqual([130, 'Error: The run was cancelled (received SIGINT).\n']);
});
