import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { artifactLimits } from '../../src/archive/limits.ts';
import { unpackZipFile } from '../../src/archive/unpack-zip.ts';
import { UnreadableArchive } from '../../src/archive/unreadable.ts';
import { executable, link } from '../helpers/browser-mirror.ts';
import { makeZip, type ZipFile } from '../helpers/zip.ts';

const limits = { ...artifactLimits, links: true } as const;

async function unpack(archive: Uint8Array, within = limits) {
  const root = await mkdtemp(join(tmpdir(), 'unpack-'));
  const folder = join(root, 'into');
  await mkdir(folder);
  await writeFile(join(root, 'archive.zip'), archive);
  await writeFile(join(root, 'outside.txt'), 'as it was');
  const fault = await unpackZipFile(join(root, 'archive.zip'), folder, within).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    folder,
    fault,
    outside: async () => [(await readdir(root)).sort(), await readFile(join(root, 'outside.txt'), 'utf8')],
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

const untouched = [['archive.zip', 'into', 'outside.txt'], 'as it was'];
const file = (path: string, content = path): ZipFile => ({ path, content });

it('unpacks files of any size, and lets those be run that may be', async () => {
  const large = 'Chrome '.repeat(200_000);
  await using to = await unpack(
    makeZip([
      executable('chrome-x/chrome', '#!'),
      file('chrome-x/a/large', large),
      file('empty', ''),
      { path: 'd/', content: '' },
    ]),
  );
  expect(to.fault).toBeUndefined();
  expect(await readFile(join(to.folder, 'chrome-x/a/large'), 'utf8')).toBe(large);
  expect((await stat(join(to.folder, 'chrome-x/chrome'))).mode & 0o100).toBe(0o100);
  expect((await stat(join(to.folder, 'chrome-x/a/large'))).mode & 0o100).toBe(0);
  expect(await readFile(join(to.folder, 'empty'), 'utf8')).toBe('');
});

it('makes links that stay inside, as bundles of macOS have them', async () => {
  await using to = await unpack(
    makeZip([
      link('A.framework/Versions/Current', '7'),
      link('A.framework/A', 'Versions/Current/A'),
      file('A.framework/Versions/7/A', 'it'),
    ]),
  );
  expect(to.fault).toBeUndefined();
  expect(await readlink(join(to.folder, 'A.framework/A'))).toBe('Versions/Current/A');
  expect(await readFile(join(to.folder, 'A.framework/A'), 'utf8')).toBe('it');
});

it.each<[string, ZipFile[], string]>([
  ['a path that leads out', [file('../outside.txt', 'evil')], 'leads elsewhere'],
  ['an absolute path', [file('/tmp/evil')], 'is absolute'],
  ['a path of Windows', [file('a\\..\\..\\evil')], 'a character that no path of ours has'],
  ['a link that leads out', [link('a', '../outside.txt')], 'leads elsewhere'],
  ['an absolute link', [link('a', '/etc/passwd')], 'leads elsewhere'],
  ['a link to the folder itself', [link('a/b', '..'), file('a/c')], 'leads elsewhere'],
  [
    'a link that leads out through another one',
    [file('p/q/c'), file('z/c'), link('p/q/x', '../../z'), link('p/q/l', 'x/../../outside.txt')],
    'leads elsewhere',
  ],
  ['a link to nothing', [link('a', 'nowhere')], 'leads elsewhere'],
  ['a file below a link', [link('a', 'b'), file('b/c'), file('a/c', 'evil')], 'lies below a link'],
  [
    'a file below a link that is written in another case',
    [link('Ab', 'b'), file('b/c'), file('aB/d', 'evil')],
    'lies below a link',
  ],
  ['a file that is a folder as well', [file('a/b'), file('a')], 'is not what the archive declares'],
  ['another sum', [{ path: 'a', content: 'x', declare: { crc32: 7 } }], 'is not what the archive declares'],
  [
    'more than it declares',
    [{ path: 'a', content: 'x'.repeat(9000), declare: { sizeBytes: 10 } }],
    'is not what the archive declares',
  ],
  [
    'less than it declares',
    [{ path: 'a', content: 'x'.repeat(9000), declare: { sizeBytes: 9001 } }],
    'is not what the archive declares',
  ],
])('refuses %s, and touches nothing outside', async (_, files, message) => {
  await using to = await unpack(makeZip(files));
  expect(to.fault).toBeInstanceOf(UnreadableArchive);
  expect(String(to.fault)).toContain(message);
  expect(await to.outside()).toEqual(untouched);
});

it('refuses half an archive, and links where none are wanted', async () => {
  const whole = makeZip([file('a', 'x'.repeat(5000)), link('b', 'a')]);
  await using half = await unpack(whole.subarray(0, whole.length / 2));
  expect(half.fault).toBeInstanceOf(UnreadableArchive);
  const { links: _, ...without } = limits;
  await using linked = await unpack(whole, without as typeof limits);
  expect(String(linked.fault)).toContain('is a link');
});
