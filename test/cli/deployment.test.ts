import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createWorkspace, cliSource as entry, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { deploymentOperations, type StatusFacts } from '../helpers/deployments.ts';
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
  /** The check in a clone of `remote`, for whose commit GitHub knows one deployment. */
  async function checkClone(remote: string, status: StatusFacts) {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', config);
    const sha = clone(workspace, remote);
    const world = { deployments: [{ sha, environment: 'Preview', creator: 'vercel[bot]', statuses: [status] }] };
    await using github = await startGithubServer({ operations: deploymentOperations(() => world) });
    const finished = await check(workspace.path, [], { GITHUB_TOKEN: 'ghs_test', GITHUB_API_URL: github.apiUrl });
    expect(github.wrong).toEqual([]);
    return { ...finished, sha, asked: github.requests[0]?.url.pathname };
  }

  test('is that of the commit here', async () => {
    await using preview = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'),
    );
    const served = { state: 'success', environment_url: preview.url } as const;
    const { exitCode, stderr, sha } = await checkClone('https://github.com/octo/site', served);
    expect(stderr).toContain(`The preview of commit ${sha.slice(0, 7)} is the deployment "Preview": ${preview.url}/`);
    expect(exitCode).toBe(0);
  });

  test.each(['git@github.com:octo/site.git', 'ssh://git@github.com/octo/site', 'https://github.com/octo/site.git'])(
    'is looked for in the repository of %s, and its failure is told',
    async (remote) => {
      const { exitCode, stdout, sha, asked } = await checkClone(remote, { state: 'failure' });
      expect([exitCode, asked]).toEqual([1, '/repos/octo/site/deployments']);
      expect(stdout).toContain(`The deployment of commit ${sha.slice(0, 7)} failed: "Preview" (failure).`);
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
