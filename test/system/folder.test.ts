import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isUserError } from '../../src/errors/user-error.ts';
import { openFolder } from '../../src/system/folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('openFolder', () => {
  it('reads what it wrote, makes folders as needed and lists files with /', async () => {
    const folder = openFolder(join(root, 'new'), 'new');
    await folder.write('b/c/d.txt', 'text');
    await folder.write('a.txt', new Uint8Array([1, 2]));
    expect(await folder.list()).toEqual(['a.txt', 'b/c/d.txt']);
    expect(await folder.read('a.txt')).toEqual(Buffer.from([1, 2]));
    expect(await folder.sizeOf('a.txt')).toBe(2);
    expect(await folder.sizeOf('none')).toBeUndefined();
    expect(await folder.read('none')).toBeUndefined();
    expect(await folder.read('a.txt/none')).toBeUndefined();
    await folder.remove('a.txt/none');
    await folder.remove('a.txt');
    await folder.remove('a.txt');
    expect(await folder.list()).toEqual(['b/c/d.txt']);
    expect(await openFolder(join(root, 'none'), '').list()).toEqual([]);
  });

  it('says in plain words why it cannot write, and leaves no half file', async () => {
    await writeFile(join(root, 'taken'), '');
    const folder = openFolder(root, 'shots');
    const error = await folder.write('taken/x.png', 'x').catch((thrown: unknown) => thrown);
    expect(isUserError(error) && [error.message, error.fix]).toEqual([
      expect.stringMatching(/^Cannot write shots\/taken\/x\.png: /),
      expect.stringContaining('choose another folder'),
    ]);
    expect(await readdir(root)).toEqual(['taken']);
  });
});

describe('a folder with a boundary', () => {
  const folder = () => openFolder(join(root, 'work', 'out'), 'out', join(root, 'work'));
  beforeEach(async () => {
    await mkdir(join(root, 'work'));
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere', 'a.txt'), 'secret');
  });

  it('reads through links that stay inside, and no others', async () => {
    await mkdir(join(root, 'work', 'out'));
    await writeFile(join(root, 'work', 'b.txt'), 'b');
    await symlink('../b.txt', join(root, 'work', 'out', 'b.txt'));
    await symlink('../../elsewhere/a.txt', join(root, 'work', 'out', 'a.txt'));
    expect(String(await folder().read('b.txt'))).toBe('b');
    await expect(folder().read('a.txt')).rejects.toThrow('it is a link that leads out of the workspace');
  });

  it.each(['the folder itself', 'a folder in it'])('writes and deletes nothing where %s is a link', async (what) => {
    const itself = what === 'the folder itself';
    if (!itself) {
      await mkdir(join(root, 'work', 'out'));
    }
    await symlink(join(root, 'elsewhere'), itself ? join(root, 'work', 'out') : join(root, 'work', 'out', 'actual'));
    const path = itself ? 'a.txt' : 'actual/a.txt';
    const error = await folder()
      .write(path, 'x')
      .catch((thrown: unknown) => thrown);
    expect(isUserError(error) && [error.message, error.fix]).toEqual([
      `Cannot write out/${path}: the folder out${itself ? '' : '/actual'} is a link, and nothing is written through links`,
      'Put a folder in the place of the link, or choose another folder.',
    ]);
    await expect(folder().remove(path)).rejects.toThrow('nothing is written through links');
    expect(await readFile(join(root, 'elsewhere', 'a.txt'), 'utf8')).toBe('secret');
  });

  it('puts a file in the place of a link, and leaves what that led to', async () => {
    await mkdir(join(root, 'work', 'out'));
    await symlink('../../elsewhere/a.txt', join(root, 'work', 'out', 'a.txt'));
    await folder().write('a.txt', 'mine');
    expect(await readFile(join(root, 'elsewhere', 'a.txt'), 'utf8')).toBe('secret');
    expect(String(await folder().read('a.txt'))).toBe('mine');
  });
});

describe.skipIf(process.platform === 'win32')('what is no regular file', () => {
  it('is refused at once, also where it never ends or nobody writes to it', async () => {
    const device = openFolder('/dev', '');
    await expect(device.read('zero')).rejects.toThrow('it is not a regular file');
    execFileSync('mkfifo', [join(root, 'pipe')], { env: { PATH: '/usr/bin:/bin' } });
    await expect(openFolder(root, '').read('pipe')).rejects.toThrow('it is not a regular file');
  });

  it('gives nothing where it has no size', async () => {
    expect(await openFolder('/proc/self', '').read('environ')).toHaveLength(0);
  });

  it('is too large before it is read', async () => {
    await writeFile(join(root, 'large'), 'four');
    await expect(openFolder(root, '').read('large', 3)).rejects.toThrow('it has 4 bytes, more than the 3 that are read');
  });
});
