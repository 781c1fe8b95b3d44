import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWithin } from '../../src/basics/is-within.ts';
import { posixPath } from '../../src/basics/posix-path.ts';
import { isOfGit } from '../../src/system/real-file.ts';

describe('on Windows', () => {
  it.each([
    ['C:\\work\\site\\a.png', 'C:\\work\\site', true],
    ['c:\\WORK\\Site\\a.png', 'C:\\work\\site', true],
    ['C:/work/site/a.png', 'C:\\work\\site', true],
    ['C:\\work\\site-2\\a.png', 'C:\\work\\site', false],
    ['C:\\work', 'C:\\work\\site', false],
    ['D:\\work\\site\\a.png', 'C:\\work\\site', false],
    ['\\\\server\\share\\a.png', 'C:\\work\\site', false],
    ['C:\\work\\site\\..a\\b', 'C:\\work\\site', true],
  ])('%s lies in %s: %s', (path, folder, within) => {
    expect(isWithin(path, folder, win32)).toBe(within);
  });

  it.each([
    ['.git\\config', true],
    ['a\\.GIT\\config', true],
    ['GIT~1\\config', true],
    ['.git. .\\config', true],
    ['a\\.github\\b', false],
  ])('%s is of git: %s', (path, of) => {
    expect(isOfGit(path, win32.sep)).toBe(of);
  });

  it('paths are told with slashes; elsewhere a backslash is a character like others', () => {
    expect(posixPath('.github\\visual-capture.yml', win32.sep)).toBe('.github/visual-capture.yml');
    expect(posixPath('a\\b/c', posix.sep)).toBe('a\\b/c');
  });
});
