import { once } from 'node:events';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { branchRef, isRefName } from '../../src/git/ref-name.ts';
import { workflowIdentity } from '../../src/git/remote.ts';
import { type CommitRequest, openScratchRepository } from '../../src/git/scratch-repository.ts';
import { checkGitVersion } from '../../src/git/version.ts';
import { startGitServer } from '../helpers/git-server.ts';

const token = 'ghs_secret-token';
const ref = 'refs/visual-capture/baselines/main';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const about: Pick<CommitRequest, 'author' | 'date' | 'message'> = {
  author: workflowIdentity,
  date: new Date('2026-02-03T04:05:06Z'),
  message: 'Baselines\n',
};

test('a ref that is not there is told as such, and can be made', async () => {
  await using server = await startGitServer({ token });
  await using repository = await openScratchRepository({ url: server.url, token });

  expect(await repository.fetchRef(ref)).toBeUndefined();
  const blob = await repository.writeBlob(bytes('picture'));
  const commit = await repository.commit({ ...about, write: new Map([['index/1280x800.png', blob]]) });
  expect(await repository.pushRef(ref, commit, undefined)).toEqual({ kind: 'pushed' });

  expect(await server.git('show', `${ref}:index/1280x800.png`)).toBe('picture');
  expect(await server.git('log', '-1', '--format=%an %ae %ad %s', '--date=iso', ref)).toBe(
    'github-actions[bot] 41898282+github-actions[bot]@users.noreply.github.com 2026-02-03 04:05:06 +0000 Baselines',
  );
  expect(await server.git('for-each-ref', '--format=%(refname)')).toBe(ref);
});

test('only the newest commit and only the blobs asked for cross the wire, those in one request', async () => {
  await using server = await startGitServer({ token });
  const noise = (seed: number): Uint8Array => Uint8Array.from({ length: 50_000 }, (_, at) => (at * at * seed) >> 3);
  await server.commit(ref, { 'old.png': noise(7) });
  await server.commit(ref, { 'old.png': noise(11), 'a/1.png': noise(13), 'b/1.png': noise(17), 'c/1.png': noise(19) });
  await using repository = await openScratchRepository({ url: server.url, token });

  const commit = await repository.fetchRef(ref);
  const tree = await repository.readTree(commit!);
  const received = (): number => server.requests.reduce((sum, request) => sum + request.receivedBytes, 0);
  expect([...tree.keys()]).toEqual(['a/1.png', 'b/1.png', 'c/1.png', 'old.png']);
  expect(received()).toBeLessThan(5_000);

  const before = server.requests.length;
  await repository.fetchBlobs(commit!, [tree.get('a/1.png')!, tree.get('b/1.png')!]);
  const fetches = server.requests.slice(before).filter(({ path }) => path.endsWith('/git-upload-pack'));
  expect(fetches.filter(({ receivedBytes }) => receivedBytes > 1000)).toHaveLength(1);
  const afterFetch = server.requests.length;
  expect(new Uint8Array(await repository.readBlob(tree.get('a/1.png')!))).toEqual(noise(13));
  expect(new Uint8Array(await repository.readBlob(tree.get('b/1.png')!))).toEqual(noise(17));
  await repository.fetchBlobs(commit!, [tree.get('a/1.png')!]);
  expect(server.requests).toHaveLength(afterFetch);

  // One that was forgotten is fetched when it is read.
  expect(new Uint8Array(await repository.readBlob(tree.get('c/1.png')!))).toEqual(noise(19));
});

test('a commit keeps the files it does not name, although their contents were never fetched', async () => {
  await using server = await startGitServer({ token });
  const first = await server.commit(ref, { 'kept.png': 'kept', 'gone.png': 'gone', 'new.png': 'old' });
  await using repository = await openScratchRepository({ url: server.url, token });

  const parent = await repository.fetchRef(ref);
  const blob = await repository.writeBlob(bytes('new'));
  const commit = await repository.commit({
    ...about,
    parent: parent!,
    write: new Map([['new.png', blob]]),
    remove: ['gone.png'],
  });
  expect(await repository.pushRef(ref, commit, parent)).toEqual({ kind: 'pushed' });

  expect(await server.git('ls-tree', '-r', '--name-only', ref)).toBe('kept.png\nnew.png');
  expect(await server.git('show', `${ref}:new.png`)).toBe('new');
  expect(await server.git('rev-parse', `${ref}^`)).toBe(first);
});

test('a commit can start empty and without history', async () => {
  await using server = await startGitServer({ token });
  await server.commit(ref, { 'old.png': 'old' });
  await using repository = await openScratchRepository({ url: server.url, token });

  const old = await repository.fetchRef(ref);
  const blob = await repository.writeBlob(bytes('new'));
  const commit = await repository.commit({ ...about, from: 'empty', write: new Map([['new.png', blob]]) });
  expect(await repository.pushRef(ref, commit, old)).toEqual({ kind: 'pushed' });
  expect(await server.git('ls-tree', '-r', '--name-only', ref)).toBe('new.png');
  expect(await server.git('rev-list', '--count', ref)).toBe('1');
  expect(await repository.deleteRef(ref, commit)).toEqual({ kind: 'pushed' });
  expect(await server.git('for-each-ref')).toBe('');
});

test('a writer who was faster is never overwritten: before the push, and while it is under way', async () => {
  let interfere: (() => Promise<unknown>) | undefined;
  await using server = await startGitServer({ token, beforePush: async () => void (await interfere?.()) });
  await server.commit(ref, { 'a.png': '1' });
  await using repository = await openScratchRepository({ url: server.url, token });
  const parent = await repository.fetchRef(ref);
  const write = new Map([['b.png', await repository.writeBlob(bytes('2'))]]);
  const commit = await repository.commit({ ...about, parent: parent!, write });

  const winner = await server.commit(ref, { 'a.png': 'winner' });
  expect(await repository.pushRef(ref, commit, parent)).toEqual({ kind: 'lost-race' });
  expect(await server.git('rev-parse', ref)).toBe(winner);

  const again = await repository.fetchRef(ref);
  expect(again).toBe(winner);
  const applied = await repository.commit({ ...about, parent: again!, write });
  interfere = () => server.commit(ref, { 'a.png': 'second winner' });
  expect(await repository.pushRef(ref, applied, again)).toEqual({ kind: 'lost-race' });
  interfere = undefined;
  expect(await server.git('show', `${ref}:a.png`)).toBe('second winner');
});

test('a ref that a rule protects is told with the server’s reason', async () => {
  await using server = await startGitServer({ token, preReceive: 'exit 1' });
  await using repository = await openScratchRepository({ url: server.url, token });
  const commit = await repository.commit({ ...about, write: new Map() });
  expect(await repository.pushRef(ref, commit, undefined)).toEqual({
    kind: 'rejected',
    reason: '[remote rejected] (pre-receive hook declined)',
  });
});

test('the server’s reason is quoted, and no secret in it', async () => {
  const preReceive = `echo 'error: GH013: Repository rule violations found for ${token}' >&2; exit 1`;
  await using server = await startGitServer({ token, preReceive });
  await using repository = await openScratchRepository({ url: server.url, token });
  const commit = await repository.commit({ ...about, write: new Map() });
  expect(await repository.pushRef(ref, commit, undefined)).toEqual({
    kind: 'rejected',
    reason: '[remote rejected] (pre-receive hook declined): GH013: Repository rule violations found for ***',
  });
});

describe('a branch by any name', () => {
  const names = [
    'refs/heads/x',
    'refs/x',
    'x"y',
    "it's",
    'a#b',
    '50%25',
    'a&b',
    '$HOME',
    '`id`',
    'ünï/日本',
    'no\u00a0break',
    'a\u0085b',
    'a.lock.b',
    '--x',
    '@',
    '{x}',
    'HEAD',
    '+x',
    'a=b',
    '<a>',
    'main;ls',
    '😀',
  ];

  test('is fetched and pushed to', async () => {
    await using server = await startGitServer({ token });
    const first = await server.commit('refs/heads/first', { 'a.png': '1' });
    for (const name of names) {
      await server.git('update-ref', branchRef(name), first);
    }
    await using repository = await openScratchRepository({ url: server.url, token });
    const commit = await repository.commit({ ...about, parent: (await repository.fetchCommit(first))!, write: new Map() });
    for (const name of names) {
      expect([name, await repository.fetchRef(branchRef(name))]).toEqual([name, first]);
      expect([name, await repository.pushRef(branchRef(name), commit, first)]).toEqual([name, { kind: 'pushed' }]);
      expect(await server.git('rev-parse', branchRef(name))).toBe(commit);
    }
  });

  test('is not taken for another one, which git itself does', async () => {
    await using server = await startGitServer({ token });
    const other = await server.commit('refs/heads/refs/heads/x', { 'a.png': '1' });
    await using repository = await openScratchRepository({ url: server.url, token });
    expect(await repository.fetchRef('refs/heads/x')).toBeUndefined();
    const commit = await repository.commit({ ...about, write: new Map() });
    const refused = { kind: 'rejected', reason: expect.stringContaining('the branch that is called "refs/heads/x" itself') };
    expect(await repository.pushRef('refs/heads/x', commit, undefined)).toEqual(refused);
    await server.git('update-ref', 'refs/heads/x', other);
    expect(await repository.pushRef('refs/heads/x', commit, other)).toEqual(refused);
    expect(await server.git('rev-parse', 'refs/heads/refs/heads/x')).toBe(other);
  });

  test.each(['a b', 'a..b', 'a.lock', 'a/.b', 'a//b', 'a@{b', 'a\u007fb', 'a\tb', 'a.', 'a:b', 'a*'])('but not %j', (name) => {
    expect(isRefName(branchRef(name))).toBe(false);
  });
});

test('a commit is fetched by its id, and the refs of a pattern are listed', async () => {
  await using server = await startGitServer({ token });
  const commit = await server.commit('refs/pull/7/head', { 'a.png': '1' });
  await server.commit('refs/pull/7/merge', { 'b.png': '1' });
  await using repository = await openScratchRepository({ url: server.url, token });
  expect(await repository.listRefs('refs/pull/*/head')).toEqual(new Map([['refs/pull/7/head', commit]]));
  expect(await repository.fetchCommit(commit)).toBe(commit);
  expect(await repository.fetchCommit('a'.repeat(40))).toBeUndefined();
  await expect(repository.fetchCommit('--all')).rejects.toThrow('no id');
});

test('the filters of a commit’s files are those of its own .gitattributes', async () => {
  await using server = await startGitServer({ token });
  await server.commit(ref, {
    '.gitattributes': '[attr]big filter=lfs diff=lfs\n*.png big\nplain/** -filter\nsecret/** filter=git-crypt\n',
    'sub/.gitattributes': '*.png !filter\n',
    '.lfsconfig': '[lfs]\n\turl = https://lfs.example.com/x\n',
  });
  await using repository = await openScratchRepository({ url: server.url, token });
  const commit = (await repository.fetchRef(ref))!;
  const paths = ['a/b.png', 'plain/a.png', 'sub/x.png', 'secret/p.png', 'ü "x".png', 'a.json'];
  expect(await repository.readFilters(commit, paths)).toEqual(
    new Map([
      ['a/b.png', 'lfs'],
      ['secret/p.png', 'git-crypt'],
      ['ü "x".png', 'lfs'],
    ]),
  );
  const { '.lfsconfig': settings } = Object.fromEntries(await repository.readTree(commit));
  expect(await repository.readSettings(settings!)).toEqual(new Map([['lfs.url', 'https://lfs.example.com/x']]));
});

test('a token that may only read, a wrong one and none are told apart', async () => {
  await using server = await startGitServer({ token, readToken: 'ghs_read-only' });
  await server.commit(ref, { 'a.png': '1' });
  await using reader = await openScratchRepository({ url: server.url, token: 'ghs_read-only' });
  const parent = await reader.fetchRef(ref);
  const commit = await reader.commit({ ...about, parent: parent!, write: new Map() });
  await expect(reader.pushRef(ref, commit, parent)).rejects.toMatchObject({ name: 'GitError', fault: 'forbidden' });

  await using stranger = await openScratchRepository({ url: server.url, token: 'wrong' });
  await expect(stranger.fetchRef(ref)).rejects.toMatchObject({ fault: 'unauthorized' });
  await using nobody = await openScratchRepository({ url: server.url }, { env: { PATH: process.env['PATH'], HOME: tmpdir() } });
  await expect(nobody.fetchRef(ref)).rejects.toMatchObject({ fault: 'unauthorized' });
});

test('a server that is not there, and a machine without git', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  await using repository = await openScratchRepository({ url: `http://127.0.0.1:${port}/octo/site.git`, token });
  await expect(repository.fetchRef(ref)).rejects.toMatchObject({ fault: 'network' });
  const nowhere = openScratchRepository({ url: 'https://example.com/x.git' }, { env: { PATH: '/nonexistent' } });
  await expect(nowhere).rejects.toMatchObject({ fault: 'missing-git' });
});

test('the token travels in a header alone, and the machine’s own configuration does not get in its way', async () => {
  await using server = await startGitServer({ token });
  const home = await mkdtemp(join(tmpdir(), 'git-home-'));
  const env = { ...process.env, GIT_DIR: '/somewhere/else', GIT_INDEX_FILE: '/somewhere/index', HOME: home };
  await using repository = await openScratchRepository({ url: server.url, token }, { env });
  await repository.fetchRef(ref);
  const basic = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(server.requests.map(() => basic));
  expect(server.requests.every(({ path }) => !path.includes(token))).toBe(true);
  expect(await readdir(home)).toEqual([]);
});

test('the default branch is the remote’s own', async () => {
  await using server = await startGitServer({ token });
  await server.commit('refs/heads/main', { readme: 'x' });
  await using repository = await openScratchRepository({ url: server.url, token });
  expect(await repository.defaultBranch()).toBe('main');
});

test('a short ref name is refused before git sees it', async () => {
  await using repository = await openScratchRepository({ url: '/nowhere' });
  await expect(repository.fetchRef('--upload-pack=touch x')).rejects.toThrow('no full name');
});

test.each([
  ['git version 2.31.8', 'git 2.31.8 is too old'],
  ['git version 1.8.3.1', 'git 1.8.3.1 is too old'],
])('%s is refused', (output, message) => {
  expect(() => checkGitVersion(output)).toThrow(message);
});

test.each([
  'git version 2.32.0',
  'git version 2.50.1 (Apple Git-155)',
  'git version 3.0.0',
  'git version 2.47.1.windows.1',
  'unknown',
])('%s is taken', (output) => {
  expect(() => checkGitVersion(output)).not.toThrow();
});
