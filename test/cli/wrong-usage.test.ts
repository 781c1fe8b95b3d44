import { describe, expect, it } from 'vitest';
import { docsUrl } from '../../src/basics/product.ts';
import { createWorkspace, cliSource as entry, put, runBundle } from '../helpers/bundle.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';

describe('wrong usage and wrong input end with 2', () => {
  it.each([
    [
      ['plan', '--mode', 'accept'],
      `--mode accept runs in a workflow alone (${docsUrl('accepting.md')}). Here it is: visual-capture accept`,
    ],
    [['check', '--mode=merge'], `--mode merge runs in a workflow alone (${docsUrl('shards.md')}).`],
    [
      ['check', '--mode', 'chek'],
      '--mode must be one of check, merge, publish, accept, cleanup, not "chek" (did you mean "check"?).',
    ],
    [
      ['plan', '--github-token', 'ghs_x'],
      '--github-token can be read by everyone on this machine. Set the environment variable GITHUB_TOKEN instead.',
    ],
    [['accept', '--github-token', 'ghs_x'], 'Set the environment variable GITHUB_TOKEN instead.'],
    [
      ['check', '--urls', 'https://x.dev'],
      'api-key is not set. Set the environment variable APISCREENSHOT_API_KEY to the key, or set engine: local',
    ],
    [['plan', '--urls', 'https://x.dev', '--baseline', 'ref'], 'There is no git remote "origin" here'],
    [['plan', '--urls', 'https://x.dev', '--baseline', 'artifact'], 'There is no git remote "origin" here'],
    [
      ['check', '--urls', 'http://localhost:1', '--engine', 'local', '--browser-path', '/nope'],
      'browser-path names no program that can be run: /nope',
    ],
  ])('%j', async (args, expected) => {
    await using workspace = await createWorkspace();
    const { exitCode, stderr } = await runBundle(entry, { args, cwd: workspace.path });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('of an output that is no folder, before anything is captured', async () => {
    await using service = await startFakeService({ script: () => answers.picture() });
    await using workspace = await createWorkspace();
    await put(workspace, 'f', '');
    const args = ['check', '--urls', 'https://x.dev', '--page-check', 'off', '--api-url', service.url, '--output', 'f'];
    const { exitCode, stderr } = await runBundle(entry, { args, cwd: workspace.path, env: { APISCREENSHOT_API_KEY: 'sk' } });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Cannot write f/results.json')]);
    expect(service.requests).toEqual([]);
  });

  it('takes the mode that it has', async () => {
    await using workspace = await createWorkspace();
    const args = ['plan', '--urls', 'https://x.dev', '--mode', 'check'];
    expect((await runBundle(entry, { args, cwd: workspace.path })).exitCode).toBe(0);
  });

  it('tells in its help where the key belongs, and nothing of what it does not take', async () => {
    await using workspace = await createWorkspace();
    const { stdout } = await runBundle(entry, { args: ['check', '--help'], cwd: workspace.path });
    expect(stdout).toContain('APISCREENSHOT_API_KEY');
    expect(stdout).not.toMatch(/--mode|--github-token/);
  });
});
