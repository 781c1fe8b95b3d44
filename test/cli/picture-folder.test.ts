import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareFolders } from '../../src/cli/compare-folders.ts';
import type { CompareJob } from '../../src/cli/compare-job.ts';
import { openPictureFolder } from '../../src/cli/picture-folder.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { cliSource, createWorkspace, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { grey, red } from '../helpers/uploaded-results.ts';

const jpeg = Buffer.from('\xff\xd8\xff\xe0 a photo', 'latin1');

async function putAll(workspace: Workspace, files: Readonly<Record<string, Uint8Array | { readonly to: string }>>) {
  for (const [path, content] of Object.entries(files)) {
    if ('to' in content) {
      await mkdir(dirname(join(workspace.path, path)), { recursive: true });
      await symlink(content.to, join(workspace.path, path));
    } else {
      await put(workspace, path, content);
    }
  }
}

async function compare(files: Parameters<typeof putAll>[1]) {
  await using workspace = await createWorkspace();
  await putAll(workspace, { 'a/.keep': Buffer.alloc(0), 'b/.keep': Buffer.alloc(0), ...files });
  const { exitCode, stdout, stderr } = await runBundle(cliSource, { args: ['compare', 'a', 'b', '--json'], cwd: workspace.path });
  if (stdout === '') {
    return { exitCode, captures: {}, stderr };
  }
  const { captures } = JSON.parse(stdout) as { captures: { id: string; status: string; error?: { message: string } }[] };
  return {
    exitCode,
    captures: Object.fromEntries(captures.map(({ id, status, error }) => [id, error === undefined ? status : error.message])),
    stderr,
  };
}

describe('two folders are compared', () => {
  it('whatever the case of the ending, and of the letters of a name', async () => {
    const files = { 'a/X.PNG': grey, 'b/X.png': grey, 'a/shop/Home.png': grey, 'b/shop/home.PNG': red };
    expect(await compare(files)).toMatchObject({ exitCode: 1, captures: { X: 'unchanged', 'shop/home': 'changed' } });
  });

  it('whatever the encoding of accents', async () => {
    const files = { 'a/caf\u00e9.png': grey, 'b/cafe\u0301.png': grey };
    expect(await compare(files)).toMatchObject({ exitCode: 0, captures: { 'cafe\u0301': 'unchanged' } });
  });

  it('also where links lead inside of the folder, to files and to folders', async () => {
    const files = {
      'a/kept/x.png': grey,
      'b/kept/x.png': grey,
      'a/file.png': { to: 'kept/x.png' },
      'b/file.png': red,
      'a/folder': { to: 'kept' },
      'b/folder/x.png': red,
    };
    const captures = { 'kept/x': 'unchanged', file: 'changed', 'folder/x': 'changed' };
    expect(await compare(files)).toMatchObject({ exitCode: 1, captures });
  });

  it('and where they are themselves links', async () => {
    const files = { 'a/old': { to: '../kept' }, 'kept/x.png': grey, 'b/old/x.png': grey };
    await using workspace = await createWorkspace();
    await putAll(workspace, files);
    const args = ['compare', 'a/old', 'b/old'];
    expect(await runBundle(cliSource, { args, cwd: workspace.path })).toMatchObject({ exitCode: 0 });
  });

  it('and files that are no pictures do not matter', async () => {
    const files = { 'a/x.png': grey, 'b/x.png': grey, 'b/index.html': Buffer.from('<html>'), 'b/notes': Buffer.from('any') };
    expect(await compare(files)).toMatchObject({ exitCode: 0, captures: { x: 'unchanged' } });
  });
});

describe('a comparison that would be green fails over', () => {
  const equal = { 'a/x.png': grey, 'b/x.png': grey };
  const damaged = grey.subarray(0, -12);

  it.each<[string, Parameters<typeof putAll>[1], Record<string, string>]>([
    [
      'pictures of other formats, by their names',
      { 'a/p.JPG': jpeg, 'b/p.JPG': Buffer.from('?') },
      { 'p.JPG': 'a/p.JPG is a JPEG, and only PNGs are compared. b/p.JPG is a JPEG, and only PNGs are compared.' },
    ],
    [
      'pictures of other formats, by their content',
      { 'b/photo': jpeg },
      { photo: 'b/photo is a JPEG, and only PNGs are compared.' },
    ],
    [
      'PNGs by another name',
      { 'b/shot.bin': grey },
      { 'shot.bin': 'b/shot.bin is a PNG whose name does not end in .png, so it is not compared.' },
    ],
    [
      'another format by the name of PNG',
      { 'a/p.png': grey, 'b/p.png': jpeg, 'a/q.png': jpeg, 'b/q.png': grey },
      { p: 'b/p.png cannot be read: it is a JPEG instead of a PNG.', q: 'a/q.png: it is a JPEG instead of a PNG.' },
    ],
    [
      'names that differ in case alone',
      { 'a/Y.png': grey, 'a/y.PNG': grey, 'b/y.png': grey },
      { Y: 'a/Y.png and a/y.PNG have names that differ in case alone, so neither is compared.' },
    ],
    [
      'a link out of the folder',
      { 'c/y.png': grey, 'a/y.png': { to: '../c/y.png' }, 'b/y.png': grey },
      { y: 'a/y.png is a link that leads out of the folder, so it is not compared.' },
    ],
    [
      'a link to a folder outside',
      { 'c/y.png': grey, 'b/more': { to: '../c' } },
      { more: 'b/more is a link that leads out of the folder, so it is not compared.' },
    ],
    [
      'a link to nothing',
      { 'b/y.png': { to: 'z.png' } },
      { y: 'b/y.png is a link to what is not there, so it is not compared.' },
    ],
    ['a link to itself', { 'b/y.png': { to: 'y.png' } }, { y: 'b/y.png is a link that leads to itself, so it is not compared.' }],
    [
      'a link to a folder around it',
      { 'a/sub/y.png': grey, 'b/sub/y.png': grey, 'b/sub/up': { to: '..' } },
      { 'sub/y': 'unchanged', 'sub/up': 'b/sub/up is a link to a folder that it lies in, so it is not compared.' },
    ],
    [
      'a broken picture, but not a damaged one that can be read',
      { 'a/y.png': damaged, 'b/y.png': grey, 'a/z.png': grey, 'b/z.png': grey.subarray(0, -20) },
      { y: 'unchanged', z: expect.stringMatching(/^b\/z\.png cannot be read: it ends within chunk IDAT/) },
    ],
  ])('%s', async (_, files, captures) => {
    expect(await compare({ ...equal, ...files })).toMatchObject({ exitCode: 2, captures: { x: 'unchanged', ...captures } });
  });

  it('and nothing else is taken for a picture of the folder twice or left out', async () => {
    const { captures } = await compare({ ...equal, 'a/Y.png': grey, 'a/y.PNG': grey, 'b/y.png': grey });
    expect(Object.keys(captures)).toEqual(['x', 'Y']);
  });

  it('a folder in which links lead to the same pictures again and again', async () => {
    await using workspace = await createWorkspace();
    for (let level = 0; level < 20; level++) {
      await putAll(workspace, { [`a/${level}/one`]: { to: `../${level + 1}` }, [`a/${level}/two`]: { to: `../${level + 1}` } });
    }
    await put(workspace, 'a/20/x.png', grey);
    await expect(openPictureFolder(join(workspace.path, 'a'), 'a')).rejects.toThrow('There are more than 100,000 files below a.');
  });
});

it('compares several pairs at a time, and tells them in order', { timeout: 10_000 }, async () => {
  await using workspace = await createWorkspace();
  const names = ['1', '2', '3', '4'];
  await putAll(
    workspace,
    Object.fromEntries(
      names.flatMap((name) => [
        [`a/${name}.png`, grey],
        [`b/${name}.png`, grey],
      ]),
    ),
  );
  const comparer = createInProcessComparer();
  const second = Promise.withResolvers<void>();
  let inspected = 0;
  let printed = '';
  const job: CompareJob = {
    baseline: 'a',
    actual: 'b',
    settings: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
    json: true,
    comparer: {
      ...comparer,
      thumbnail: async () => undefined,
      // The first pair waits for the second: one after the other would never come to an end.
      inspect: async (bytes) => {
        inspected += 1;
        if (inspected === 2) {
          second.resolve();
        }
        await second.promise;
        return comparer.inspect(bytes);
      },
    },
  };
  const exitCode = await compareFolders(job, {
    directory: workspace.path,
    env: {},
    bundles: {} as never,
    log: silentLog,
    print: (text) => {
      printed = text;
    },
    color: false,
    signal: new AbortController().signal,
  });
  const { captures } = JSON.parse(printed) as { captures: { id: string }[] };
  expect([exitCode, captures.map(({ id }) => id)]).toEqual([0, names]);
});

it('a damaged file is told by the comparison of two files', async () => {
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'a.png'), grey.subarray(0, -12));
  await writeFile(join(workspace.path, 'b.png'), grey);
  const { exitCode, stdout } = await runBundle(cliSource, { args: ['compare', 'a.png', 'b.png'], cwd: workspace.path });
  expect([exitCode, stdout]).toEqual([
    0,
    'unchanged: 0 of 4,800 pixels differ (0%)\nThe file of the baseline is damaged, but its picture is whole: it ends without its last chunk, IEND. Saving it anew mends it.\n',
  ]);
});
