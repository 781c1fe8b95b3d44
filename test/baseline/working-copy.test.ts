import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWorkingCopy } from '../../src/baseline/working-copy.ts';

let directory: string;
const git = (...args: readonly string[]) => promisify(execFile)('git', ['-C', directory, ...args]);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clone-'));
  await git('init', '--quiet', '--initial-branch=topic');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('is the remote, the branch and the person of the repository here', async () => {
  await git('remote', 'add', 'origin', 'git@github.com:octo/site.git');
  await git('config', 'user.name', 'Octo');
  await git('config', 'user.email', 'octo@example.com');
  expect(await readWorkingCopy(directory)).toEqual({
    remote: { url: 'git@github.com:octo/site.git' },
    branch: { name: 'topic' },
    commits: expect.anything(),
    author: { name: 'Octo', email: 'octo@example.com' },
  });
});

test('a branch keeps its name, whatever else is called so', async () => {
  await git('remote', 'add', 'origin', '/srv/site.git');
  await git('-c', 'user.name=Octo', '-c', 'user.email=o@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'x');
  await git('tag', 'topic');
  expect((await readWorkingCopy(directory)).branch).toEqual({ name: 'topic' });
});

test.each([
  ['https://github.com/octo/site.git', 'https://github.com/octo/site.git'],
  ['../site.git', (folder: string) => join(folder, '../site.git')],
  ['/srv/site.git', '/srv/site.git'],
])('the remote %s is an address or a whole path', async (written, expected) => {
  await git('remote', 'add', 'origin', written);
  const { remote } = await readWorkingCopy(directory);
  expect(remote.url).toBe(typeof expected === 'string' ? expected : expected(directory));
});

test('without a remote there is nowhere to read from', async () => {
  await expect(readWorkingCopy(directory)).rejects.toMatchObject({
    name: 'UserError',
    fix: expect.stringContaining('baseline to directory'),
  });
});
