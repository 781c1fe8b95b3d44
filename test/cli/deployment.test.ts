import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createWorkspace, cliSource as entry, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { deploymentOperations } from '../helpers/deployments.ts';
import { startGithubServer } from '../helpers/github-server.ts';
import { serve } from '../helpers/serve.ts';

const config = 'deployment: true\nengine: local\nbaseline: none\ntargets: [/]\n';
const check = (cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<Finished> =>
  runBundle(entry, { args: ['check', ...args], cwd, env });

/** A clone with one commit. Returns its id. */
function clone({ path }: Workspace, remote: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@x', ...args], { cwd: path, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('remote', 'add', 'origin', remote);
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  return git('rev-parse', 'HEAD');
}

describe('deployment on the command line', () => {
  test.each(['git@github.com:octo/site.git', 'https://github.com/octo/site'])(
    'is that of the commit here, in the repository of %s',
    async (remote) => {
      await using workspace = await createWorkspace();
      await put(workspace, 'visual-capture.yml', config);
      const sha = clone(workspace, remote);
      await using preview = await serve((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'),
      );
      const served = { state: 'success', environment_url: preview.url } as const;
      const world = { deployments: [{ sha, environment: 'Preview', creator: 'vercel[bot]', statuses: [served] }] };
      await using github = await startGithubServer({ operations: deploymentOperations(() => world) });
      const { exitCode, stderr } = await check(workspace.path, [], { GITHUB_TOKEN: 'ghs_test', GITHUB_API_URL: github.apiUrl });
      expect(stderr).toContain(`The preview of commit ${sha.slice(0, 7)} is the deployment "Preview": ${preview.url}/`);
      expect([exitCode, github.wrong, github.requests[0]?.url.pathname]).toEqual([0, [], '/repos/octo/site/deployments']);
    },
  );

  test('says all that it lacks, and the way without', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const { exitCode, stderr } = await check(workspace.path, []);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('visual-capture.yml:1: deployment is looked for on GitHub, and something is missing for that. Set ');
    for (const lacking of [
      'GITHUB_TOKEN, for example to $(gh auth token)',
      'GITHUB_REPOSITORY to OWNER/NAME',
      '--commit',
      '--base-url',
    ]) {
      expect(stderr).toContain(lacking);
    }
  });

  test('sends the token to no server that the remote alone names', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    clone(workspace, 'https://git.example.com/octo/site');
    const { exitCode, stderr } = await check(workspace.path, [], { GITHUB_TOKEN: 'ghs_test' });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('Set GITHUB_API_URL to the address of the API of git.example.com.'),
    ]);
  });

  test('of the config file is outranked by --base-url', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const { exitCode, stdout } = await runBundle(entry, {
      args: ['plan', '--base-url', 'http://localhost:3000'],
      cwd: workspace.path,
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('http://localhost:3000/')]);
  });

  test('is not looked for by plan', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const { exitCode, stdout } = await runBundle(entry, { args: ['plan'], cwd: workspace.path });
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining('A run looks for the deployment of its commit, which takes the place of unknown-preview.invalid.'),
    ]);
  });
});
