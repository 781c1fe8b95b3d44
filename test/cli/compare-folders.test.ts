import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliSource, createWorkspace, runBundle, type Workspace } from '../helpers/bundle.ts';
import { readPagePictures } from '../helpers/page-pictures.ts';
import { grey, red } from '../helpers/uploaded-results.ts';

async function put(workspace: Workspace, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(workspace.path, path)), { recursive: true });
    await writeFile(join(workspace.path, path), content);
  }
}

it('the page of two compared folders shows what is unchanged as thumbnails, and offers nothing to accept', async () => {
  await using workspace = await createWorkspace();
  await put(workspace, {
    'a/same/1280x800.png': grey,
    'b/same/1280x800.png': grey,
    'a/other/1280x800.png': grey,
    'b/other/1280x800.png': red,
  });
  const args = ['compare', 'a', 'b', '--output', 'out'];
  const { exitCode, stdout } = await runBundle(cliSource, { args, cwd: workspace.path });
  expect([exitCode, stdout]).toEqual([1, expect.not.stringContaining('Accept:')]);
  expect(readPagePictures(await readFile(join(workspace.path, 'out/report.html'), 'utf8'))).toEqual({
    'actual/other/1280x800.png': 'whole',
    'baseline/other/1280x800.png': 'whole',
    'diff/other/1280x800.png': 'whole',
    'actual/same/1280x800.png': 'thumbnail',
  });
});

describe('two folders of which', () => {
  const compare = (workspace: Workspace, ...flags: string[]) =>
    runBundle(cliSource, { args: ['compare', 'a', 'b', ...flags], cwd: workspace.path });

  it.each([
    ['the first holds more', { 'a/x/1x1.png': grey, 'a/y/1x1.png': grey, 'b/x/1x1.png': grey }, '1 removed of 2 captures'],
    ['the second holds more', { 'a/x/1x1.png': grey, 'b/x/1x1.png': grey, 'b/y/1x1.png': grey }, '1 added of 2 captures'],
  ])('%s differ', async (_, files, headline) => {
    await using workspace = await createWorkspace();
    await put(workspace, files);
    const { exitCode, stdout } = await compare(workspace);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([1, `≠ ${headline}`]);
    expect(stdout).not.toMatch(/Report:|Accept:|fail-on/);
  });

  it('one holds a broken picture tell which, and what to do', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, { 'a/x/1x1.png': grey, 'b/x/1x1.png': Buffer.from('no picture') });
    const { exitCode, stdout } = await compare(workspace);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^ {2}b\/x\/1x1\.png cannot be read: .+\.$/m);
    expect(stdout).toContain('Fix: Replace the file with a PNG that can be decoded.');
    expect(stdout).not.toContain('answer');
  });

  it.each(['a', 'a/x/1x1.png'])('%s cannot be compared into what is no folder', async (path) => {
    await using workspace = await createWorkspace();
    await put(workspace, { 'a/x/1x1.png': grey, 'b.png': red, f: Buffer.from('') });
    const args = ['compare', path, path === 'a' ? 'a' : 'b.png', '--output', 'f'];
    const { exitCode, stderr } = await runBundle(cliSource, { args, cwd: workspace.path });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Cannot write f/')]);
  });

  it('nothing is written tell of no files', async () => {
    await using workspace = await createWorkspace();
    await put(workspace, { 'a/x/1x1.png': grey, 'b/x/1x1.png': red });
    const { captures } = JSON.parse((await compare(workspace, '--json')).stdout);
    expect(captures.map((capture: Record<string, unknown>) => [capture['status'], capture['files']])).toEqual([['changed', {}]]);
  });
});
