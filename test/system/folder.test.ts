import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEarlier } from '../../src/check/known-earlier.ts';
import { isUserError } from '../../src/errors/user-error.ts';
import { clearLastRun } from '../../src/output/last-run.ts';
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

describe('clearLastRun', () => {
  const captures = [
    { id: 'a/1x1', durationMs: 5, files: { actual: 'actual/a/1x1.png', diff: 'diff/a/1x1.png' } },
    { id: 'b/1x1', durationMs: 0, files: { actual: '../outside.png', baseline: 'actual/../../outside.png' } },
    'nonsense',
  ];

  it('removes the reports and the pictures that the last results.json names, and nothing else', async () => {
    const folder = openFolder(join(root, 'out'), 'out');
    const pictures = ['actual/a/1x1.png', 'diff/a/1x1.png'];
    for (const path of [...pictures, 'report.html', 'junit.xml', 'actual/mine.png', 'notes.txt', '../outside.png']) {
      await folder.write(path, 'x');
    }
    await folder.write('results.json', JSON.stringify({ version: 1, captures }));
    expect((await readEarlier(folder, undefined)).forOrder).toEqual(new Map([['a/1x1', 5]]));
    await clearLastRun(folder);
    expect(await folder.list()).toEqual(['actual/mine.png', 'notes.txt']);
    expect(await readdir(root)).toEqual(['out', 'outside.png']);
  });

  it('takes any results.json for what it is', async () => {
    const folder = openFolder(root, 'out');
    for (const text of ['', '[]', 'null', '{"captures": 3}', '{"captures": [null, {"id": 3, "files": 3}]}']) {
      await folder.write('results.json', text);
      expect((await readEarlier(folder, undefined)).forOrder).toEqual(new Map());
      await clearLastRun(folder);
    }
  });
});
