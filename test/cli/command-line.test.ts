import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitTargets } from '../../src/cli/input-flags.ts';
import { cliSource, createWorkspace, put, runBundle } from '../helpers/bundle.ts';

describe('targets on the command line', () => {
  it.each([
    ['/a,/b', ['/a', '/b']],
    ['/a\n/b, https://x.dev/c', ['/a', '/b', 'https://x.dev/c']],
    ['home = /, shop=https://x.dev/shop', ['home = /', 'shop=https://x.dev/shop']],
    ['/search?ids=1,2&sort=a,b', ['/search?ids=1,2&sort=a,b']],
    ['https://x.dev/a,b', ['https://x.dev/a,b']],
  ])('%j', (written, targets) => {
    expect(splitTargets(written)).toEqual(targets);
  });

  it('are those of --urls and of the arguments', async () => {
    await using workspace = await createWorkspace();
    const args = ['plan', '--base-url', 'https://x.dev', '--urls', '/a,/b', '/c', 'https://x.dev/d', '--full-page', 'false'];
    const { exitCode, stdout } = await runBundle(cliSource, { cwd: workspace.path, args });
    expect([exitCode, stdout.split('\n').map((line) => line.split(' ')[0])]).toEqual([
      0,
      ['a/1280x800', 'b/1280x800', 'c/1280x800', 'd/1280x800', '', '4', 'Cost:', 'What', ''],
    ]);
  });
});

describe('in a subfolder', () => {
  it('the config of the project counts, and paths are meant from where one stands', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, '.github/visual-capture.yml', 'base-url: https://x.dev\ntargets: [/pricing]\n');
    const cwd = join(workspace.path, 'docs/deep');
    await mkdir(cwd, { recursive: true });
    const plan = await runBundle(cliSource, { cwd, args: ['plan'] });
    expect([plan.exitCode, plan.stdout]).toEqual([0, expect.stringContaining('pricing/1280x800')]);
    expect(plan.stderr).toContain(`The project is ${join('..', '..')}`);
    const accept = await runBundle(cliSource, { cwd, args: ['accept', '--output', 'here'] });
    expect(accept.stderr).toContain(`There is no ${join('docs', 'deep', 'here')}/results.json`);
  });

  it('a config above the repository is another project’s', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, 'visual-capture.yml', 'base-url: https://x.dev\ntargets: [/pricing]\n');
    const cwd = join(workspace.path, 'clone/docs');
    await mkdir(cwd, { recursive: true });
    await mkdir(join(workspace.path, 'clone/.git'));
    const { stdout } = await runBundle(cliSource, { cwd, args: ['plan', '--allow-empty'] });
    expect(stdout).toContain('0 captures');
  });
});

it('a reader that stops early, as head does, is no fault', async () => {
  await using workspace = await createWorkspace();
  await put(
    workspace,
    'visual-capture.yml',
    `base-url: https://x.dev\ntargets:\n${Array.from({ length: 5000 }, (_, index) => `  - /page-${index}\n`).join('')}`,
  );
  const child = spawn(process.execPath, [cliSource, 'plan'], { cwd: workspace.path, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [exitCode] = await once(child, 'close');
  expect([exitCode, stderr]).toEqual([0, '']);
});
