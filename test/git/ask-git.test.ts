import { execFile } from 'node:child_process';
import { access, appendFile, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askGit, askGitAsUser } from '../../src/git/ask-git.ts';
import { readCheckout } from '../../src/git/checkout.ts';
import { localHistory } from '../../src/git/commit-history.ts';
import { shellWord } from '../helpers/shell-word.ts';

const run = promisify(execFile);
const path = process.env['PATH'] ?? '';
const identity = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com'];

let folder: string;
let repository: string;
/** What the program that settings name leaves behind. It is found by the PATH: a path in a setting would have to be quoted. */
let marker: string;
const program = 'hostile-program';
let commits: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ask-git-'));
  repository = join(folder, 'site');
  marker = join(folder, 'was-run');
  await writeFile(join(folder, program), `#!/bin/sh\necho run >> ${shellWord(marker)}\n`, { mode: 0o755 });
  const git = (...args: string[]) => run('git', ['-C', repository, ...identity, ...args], { env: { PATH: path, HOME: folder } });
  await mkdir(repository);
  await git('init', '--quiet', '--template=', '--initial-branch=main');
  commits = [];
  for (const name of ['one', 'two']) {
    await git('commit', '--quiet', '--allow-empty', '-m', name);
    commits.push((await git('rev-parse', 'HEAD')).stdout.trim());
  }
  await git('remote', 'add', 'origin', 'gh:octo/site.git');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wasRun = (): Promise<boolean> =>
  access(marker).then(
    () => true,
    () => false,
  );
const env = (more: Record<string, string> = {}): Record<string, string> => ({ PATH: `${folder}:${path}`, HOME: folder, ...more });

describe('what is asked of the workspace', () => {
  it.each([
    ['log.showSignature', '[log]\n showSignature = true\n[gpg]\n program = PROGRAM'],
    ['alias', '[alias]\n rev-parse = !PROGRAM\n cat-file = !PROGRAM\n merge-base = !PROGRAM'],
    ['core.pager', '[core]\n pager = PROGRAM\n[pager]\n cat-file = PROGRAM\n rev-parse = PROGRAM'],
    ['color and words', '[color]\n ui = always\n[i18n]\n logOutputEncoding = UTF-16\n[core]\n abbrev = 4\n quotePath = true'],
    ['core.fsmonitor and hooks', '[core]\n fsmonitor = PROGRAM\n hooksPath = PROGRAM'],
    ['another repository', '[core]\n worktree = /nowhere\n[safe]\n bareRepository = explicit'],
    ['a file that is none', 'no configuration ['],
  ])('is answered in the same way whatever this machine sets: %s', async (_, config) => {
    await writeFile(join(folder, '.gitconfig'), config.replaceAll('PROGRAM', program));
    const machine = env({ GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_CONFIG_SYSTEM: join(folder, '.gitconfig') });
    expect(await readCheckout(repository, machine)).toEqual({ commit: commits[1], parents: [commits[0]] });
    const history = localHistory(repository, machine);
    expect(await history.isAncestor(commits[0] ?? '', commits[1] ?? '')).toBe(true);
    expect(await history.isAncestor(commits[1] ?? '', commits[0] ?? '')).toBe(false);
    expect(await wasRun()).toBe(false);
  });

  it('runs no program that the repository itself names', async () => {
    await appendFile(
      join(repository, '.git/config'),
      `[core]\n fsmonitor = ${program}\n hooksPath = ${folder}\n sshCommand = ${program}\n[credential]\n helper = !${program}\n[gpg]\n program = ${program}\n[log]\n showSignature = true\n`,
    );
    expect(await readCheckout(repository, env())).toEqual({ commit: commits[1], parents: [commits[0]] });
    // These read the index, by which fsmonitor would be run, and write commits' signatures.
    expect(await askGit(repository, env(), 'status', '--porcelain')).toBe('');
    expect(await askGit(repository, env(), 'log', '--format=%s')).toBe('two\none');
    expect(await wasRun()).toBe(false);
    await run('git', ['-C', repository, 'status'], { env: env() });
    expect(await wasRun()).toBe(true);
  });

  it('fetches nothing that the repository lacks, by whatever program it names', async () => {
    await appendFile(
      join(repository, '.git/config'),
      `[extensions]\n partialClone = origin\n[protocol]\n allow = always\n[protocol "ext"]\n allow = always\n[remote "origin"]\n promisor = true\n partialCloneFilter = blob:none\n`,
    );
    await run('git', ['-C', repository, 'config', 'core.repositoryFormatVersion', '1'], { env: env() });
    await run('git', ['-C', repository, 'config', 'remote.origin.url', `ext::${program}`], { env: env() });
    expect(await askGit(repository, env(), 'cat-file', '-t', 'a'.repeat(40))).toBeUndefined();
    expect(await wasRun()).toBe(false);
    await run('git', ['-C', repository, 'cat-file', '-t', 'a'.repeat(40)], { env: env() }).catch(() => undefined);
    expect(await wasRun()).toBe(true);
  });

  it('is answered also where the workspace is owned by somebody else, as in a container', async () => {
    const programs = (await run('git', ['--exec-path'])).stdout.trim();
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'git'), `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${shellWord(`${programs}/git`)} "$@"\n`);
    await chmod(join(bin, 'git'), 0o755);
    const strange = env({ PATH: `${bin}:${folder}:${path}` });
    await expect(run('git', ['-C', repository, 'rev-parse', 'HEAD'], { env: strange })).rejects.toThrow('dubious ownership');
    expect((await readCheckout(repository, strange))?.commit).toBe(commits[1]);
  });
});

it('the names that a person gave are those of their settings', async () => {
  await writeFile(
    join(folder, '.gitconfig'),
    '[url "https://github.com/"]\n insteadOf = gh:\n[user]\n name = Ada\n[safe]\n directory = /nowhere\n',
  );
  expect(await askGitAsUser(repository, env(), 'remote', 'get-url', 'origin')).toBe('https://github.com/octo/site.git');
  expect(await askGitAsUser(repository, env(), 'config', 'user.name')).toBe('Ada');
  expect(await askGit(repository, env(), 'remote', 'get-url', 'origin')).toBe('gh:octo/site.git');
});
