import { describe, expect, test } from 'vitest';
import { describeObject, hashContent, parsePointer, renderPointer } from '../../../src/git/lfs/pointer.ts';
import { connectLfs } from '../../../src/git/lfs/server.ts';
import { readStored, storeFiles } from '../../../src/git/lfs/stored-files.ts';
import type { GitRemote } from '../../../src/git/remote.ts';
import { openScratchRepository } from '../../../src/git/scratch-repository.ts';
import { sha256 } from '../../../src/system/sha256.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { type LfsServerOptions, startLfsServer } from '../../helpers/lfs-server.ts';

const token = 'ghs_secret-token';
const branch = 'refs/heads/feature';
const png = Buffer.from('the bytes of a picture');
const attributes = { '.gitattributes': '*.png filter=lfs diff=lfs merge=lfs -text\n' };
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(png)}\nsize ${png.length}\n`;

/** Stores one picture, `shots/a.png`, on top of a branch with these files; returns what is stored for it. */
async function store(
  server: GitServer,
  { files = attributes, remote = { url: server.url, token } }: { files?: Record<string, string>; remote?: GitRemote } = {},
): Promise<string> {
  const parent = await server.commit(branch, files);
  await using repository = await openScratchRepository({ url: server.url, token });
  await repository.fetchRef(branch);
  const connect = () => connectLfs(remote, { ref: branch });
  const stored = await storeFiles(repository, parent, new Map([['shots/a.png', png]]), connect);
  return (await repository.readBlob(stored.get('shots/a.png')!)).toString();
}

describe('where .gitattributes ask for Git LFS', () => {
  test('the content is uploaded and verified, and a pointer stands for it', async () => {
    await using lfs = await startLfsServer();
    await using server = await startGitServer({ token, lfs });
    expect(await store(server)).toBe(pointer);
    expect([...lfs.objects]).toEqual([[sha256(png), png]]);
    expect(lfs.storageRequests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /objects/${sha256(png)}`,
      'POST /verify',
    ]);
    expect(JSON.parse(lfs.batchRequests[0]!.body.toString())).toMatchObject({ operation: 'upload', ref: { name: branch } });
  });

  test('the token goes to the repository’s own server alone', async () => {
    await using lfs = await startLfsServer();
    await using server = await startGitServer({ token, lfs });
    await store(server);
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
    expect(lfs.batchRequests.map(({ headers }) => headers.authorization)).toEqual([`Basic ${basic}`]);
    expect(JSON.stringify(lfs.storageRequests.map(({ headers }) => headers))).not.toMatch(new RegExp(`${token}|${basic}`));
  });

  test('what the server has already is not sent again', async () => {
    await using lfs = await startLfsServer();
    lfs.objects.set(sha256(png), png);
    await using server = await startGitServer({ token, lfs });
    expect(await store(server)).toBe(pointer);
    expect(lfs.storageRequests).toEqual([]);
  });

  test('many are asked for in batches', async () => {
    await using lfs = await startLfsServer({ verify: false });
    await using server = await startGitServer({ token, lfs });
    const contents = Array.from({ length: 120 }, (_, nth) => Buffer.from(`picture ${nth}`));
    await connectLfs({ url: server.url, token }, { ref: branch }).upload(contents);
    expect(lfs.objects.size).toBe(120);
    expect(lfs.batchRequests.map(({ body }) => JSON.parse(body.toString()).objects.length)).toEqual([100, 20]);
  });

  test('other files stay as they are, and so does all where nothing asks for it', async () => {
    await using server = await startGitServer({ token });
    expect(await store(server, { files: { '.gitattributes': '*.psd filter=lfs\n' } })).toBe(String(png));
    expect(
      await store(server, { files: { '.gitattributes': '*.png filter=lfs\n', 'shots/.gitattributes': '*.png -filter\n' } }),
    ).toBe(String(png));
  });

  test('a .lfsconfig that names the repository’s own server is fine', async () => {
    await using lfs = await startLfsServer();
    await using server = await startGitServer({ token, lfs });
    expect(await store(server, { files: { ...attributes, '.lfsconfig': `[lfs]\n\turl = ${server.url}/info/lfs/\n` } })).toBe(
      pointer,
    );
  });

  test('a stored file is read again, by its content and by its hash', async () => {
    await using lfs = await startLfsServer();
    lfs.objects.set(sha256(png), png);
    await using server = await startGitServer({ token, lfs });
    await using repository = await openScratchRepository({ url: server.url, token });
    const connect = () => connectLfs({ url: server.url, token }, { ref: branch });
    for (const content of [pointer, png]) {
      const blob = await repository.writeBlob(Buffer.from(content));
      expect(Buffer.from(await readStored(repository, blob, connect))).toEqual(png);
      expect(hashContent(await repository.readBlob(blob))).toBe(sha256(png));
    }
    const missing = await repository.writeBlob(Buffer.from(renderPointer(describeObject(Buffer.from('gone')))));
    await expect(readStored(repository, missing, connect)).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('Object does not exist (404)'),
    });
  });
});

describe('what keeps a picture from Git LFS is told, and nothing is stored', () => {
  const elsewhere = { ...attributes, '.lfsconfig': '[lfs]\n\turl = https://lfs.example.com/octo\n' };
  test.each<[string, LfsServerOptions | undefined, Record<string, string>, string, string]>([
    ['a server without it', undefined, attributes, 'unsupported', 'offers no Git LFS for this repository (HTTP 404)'],
    [
      'a server that says so',
      { batch: () => ({ status: 501, body: { message: 'Git LFS is disabled' } }) },
      attributes,
      'unsupported',
      '(HTTP 501: Git LFS is disabled)',
    ],
    [
      'a redirect',
      { batch: () => ({ status: 302, headers: { location: 'https://example.com' } }) },
      attributes,
      'unsupported',
      '302',
    ],
    ['another server', {}, elsewhere, 'unsupported', '.lfsconfig names another Git LFS server (lfs.url)'],
    ['another filter', {}, { '.gitattributes': '*.png filter=git-crypt\n' }, 'unsupported', 'the filter "git-crypt"'],
    [
      'no answer of its kind',
      { batch: () => ({ status: 200, body: 'hello' }) },
      attributes,
      'unsupported',
      'no answer that Git LFS knows',
    ],
    [
      'a budget that is used up',
      { batch: () => ({ status: 507, body: { message: `no storage left for ${token}` } }) },
      attributes,
      'refused',
      '(HTTP 507: no storage left for ***)',
    ],
    [
      'a token that may not',
      { batch: () => ({ status: 403, body: { message: 'no' } }) },
      attributes,
      'forbidden',
      '(HTTP 403: no)',
    ],
    [
      'an object that is refused',
      { errorOf: () => ({ code: 422, message: 'Size must be less than 2 GB' }) },
      attributes,
      'refused',
      'Size must be less than 2 GB (422)',
    ],
    ['a storage that is full', { uploadStatus: 507 }, attributes, 'refused', '(HTTP 507)'],
    [
      'an address without https',
      {
        batch: ({ objects }) => ({
          status: 200,
          body: { objects: objects.map((one) => ({ ...one, actions: { upload: { href: 'http://example.com/x' } } })) },
        }),
      },
      attributes,
      'refused',
      'an address that is not https',
    ],
  ])('%s', async (_, options, files, fault, message) => {
    await using lfs = await startLfsServer(options);
    await using server = await startGitServer({ token, ...(options === undefined ? {} : { lfs }) });
    await expect(store(server, { files })).rejects.toMatchObject({
      name: 'LfsError',
      fault,
      message: expect.stringContaining(message),
    });
  });

  test('a server that is gone, and a remote that is none of https', async () => {
    await using server = await startGitServer({ token });
    const gone = await startGitServer({ token });
    await gone[Symbol.asyncDispose]();
    await expect(store(server, { remote: { url: gone.url, token } })).rejects.toMatchObject({ fault: 'network' });
    await expect(store(server, { remote: { url: 'git@github.com:octo/site.git' } })).rejects.toMatchObject({
      fault: 'unsupported',
    });
  });
});

test.each([
  ['text', 'a picture'],
  ['more than a pointer is', `${pointer}${'x'.repeat(1024)}`],
  ['no hash', 'version https://git-lfs.github.com/spec/v1\nsize 5\n'],
])('%s is no pointer', (_, content) => {
  expect(parsePointer(Buffer.from(content))).toBeUndefined();
});
