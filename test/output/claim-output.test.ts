import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEarlier } from '../../src/check/known-earlier.ts';
import { isUserError } from '../../src/errors/user-error.ts';
import { claimOutput } from '../../src/output/claim-output.ts';
import { openFolder } from '../../src/system/folder.ts';
import type { Folder } from '../../src/system/ports.ts';
import { sha256 } from '../../src/system/sha256.ts';

let root: string;
let output: Folder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'claim-'));
  output = openFolder(join(root, 'out'), 'out');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await output.write(path, path);
  }
}

/** results.json as a run wrote it that made pictures of these texts. */
async function putResults(pictures: Readonly<Record<string, string>>): Promise<void> {
  const captures = Object.entries(pictures).map(([path, text]) => ({
    id: 'a/1x1',
    durationMs: 5,
    files: { actual: path },
    sha256: { actual: sha256(new TextEncoder().encode(text)) },
  }));
  await output.write('results.json', JSON.stringify({ version: 1, captures }));
}

async function refusalOf(ids: readonly string[]): Promise<string> {
  const error = await claimOutput(output, ids).catch((thrown: unknown) => thrown);
  expect(isUserError(error) && error.wrongInput).toBe(true);
  return (error as Error).message;
}

describe('claimOutput', () => {
  it('takes away the reports and pictures that it can prove to be ours, and nothing else', async () => {
    await output.write('report.html', '<meta name="generator" content="visual-capture 1.0.0">');
    await output.write('junit.xml', '<?xml version="1.0"?><testsuites name="visual-capture">');
    await put('actual/a/1x1.png', 'actual/a/2x2.png', 'actual/mine.png', 'notes.txt', '../outside.png');
    await putResults({ 'actual/a/1x1.png': 'actual/a/1x1.png', 'actual/a/2x2.png': 'other bytes', '../outside.png': 'x' });
    expect((await readEarlier(output, undefined)).forOrder.get('a/1x1')).toBe(5);
    await claimOutput(output, []);
    expect(await output.list()).toEqual(['actual/a/2x2.png', 'actual/mine.png', 'notes.txt']);
    expect(await readdir(root)).toEqual(['out', 'outside.png']);
  });

  it.each(['report.html', 'junit.xml', 'results.json'])('stops where %s is somebody else’s', async (path) => {
    await put(path);
    expect(await refusalOf([])).toBe(`out/${path} lies where results are written, and Visual Capture did not write it.`);
    expect(await output.list()).toEqual([path]);
  });

  it.each(['actual/a/1x1.png', 'actual/a/1x1.jpg', 'baseline/a/1x1.png', 'diff/a/1x1.png', 'takes/a/1x1/1.png'])(
    'stops where %s would be replaced',
    async (path) => {
      await put(path, 'notes.txt');
      expect(await refusalOf(['a/1x1'])).toContain(`out/${path} lies where`);
    },
  );

  it.each(['actual', 'diff/a'])('stops where %s is a link', async (path) => {
    await output.write('notes.txt', 'x');
    await mkdir(dirname(join(root, 'out', path)), { recursive: true });
    await symlink(root, join(root, 'out', path));
    expect(await refusalOf(['a/1x1'])).toContain(`the folder ${path} is a link, and nothing is written through links`);
  });

  it('replaces no file of others that it did not know of when it began', async () => {
    await put('baseline/gone/1x1.png', 'notes.txt');
    const claimed = await claimOutput(output, ['a/1x1']);
    await expect(claimed.write('baseline/gone/1x1.png', 'x')).rejects.toThrow('Visual Capture did not write it');
    await claimed.write('actual/a/1x1.png', 'x');
    expect(String(await output.read('baseline/gone/1x1.png'))).toBe('baseline/gone/1x1.png');
  });

  it('knows what a killed run left, which wrote no results', async () => {
    await (await claimOutput(output, ['a/1x1'])).write('actual/a/1x1.png', 'left');
    const again = await claimOutput(output, ['a/1x1']);
    await again.write('actual/a/1x1.png', 'new');
    expect(String(await output.read('actual/a/1x1.png'))).toBe('new');
  });

  it('knows a finished run by its results, and leaves what somebody has changed since', async () => {
    const claimed = await claimOutput(output, ['a/1x1']);
    await claimed.write('actual/a/1x1.png', 'taken');
    await claimed.write('diff/a/1x1.png', 'taken');
    await putResults({ 'actual/a/1x1.png': 'taken', 'diff/a/1x1.png': 'taken' });
    await claimed.release();
    await output.write('diff/a/1x1.png', 'edited');
    await put('notes.txt');
    expect(await refusalOf(['a/1x1'])).toContain('out/diff/a/1x1.png lies where');
    expect(await output.list()).toEqual(['diff/a/1x1.png', 'notes.txt']);
  });

  it('replaces pictures that nothing tells of where nothing else lies, and deletes none', async () => {
    await put('actual/a/1x1.png', 'actual/gone/1x1.png');
    const claimed = await claimOutput(output, ['a/1x1']);
    await claimed.write('actual/a/1x1.png', 'new');
    expect(await output.list()).toEqual(['.visual-capture', 'actual/a/1x1.png', 'actual/gone/1x1.png']);
  });

  it('is not blinded by results that say anything', async () => {
    for (const text of ['{"version": 1, "captures": []}', '{"version": 1, "captures": [null, {"id": 3, "files": 3}]}', '']) {
      await output.write('results.json', text);
      expect((await readEarlier(output, undefined)).forOrder).toEqual(new Map());
      await claimOutput(output, []);
      expect(await output.list()).toEqual(['.visual-capture']);
    }
  });
});
