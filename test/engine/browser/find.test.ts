import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../src/engine/browser/find.ts';
import { createWorkspace } from '../../helpers/bundle.ts';

describe('browser-path', () => {
  it.each(['chrome.cmd', 'C:\\tools\\Chrome.BAT'])('names no script on Windows: %s', async (path) => {
    const found = findBrowser(path, [], [], 'win32');
    await expect(found).rejects.toMatchObject({
      message: `browser-path names a script, which Windows runs in a shell only: ${path}`,
      fix: expect.stringContaining('chrome.exe'),
      wrongInput: true,
    });
  });

  it.each(['Google Chrome.app', 'Google Chrome.app/'])('may be an application of macOS: %s', async (name) => {
    await using workspace = await createWorkspace();
    const folder = join(workspace.path, 'Google Chrome.app/Contents/MacOS');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'Google Chrome'), '', { mode: 0o755 });
    const found = await findBrowser(`${workspace.path}/${name}`, [], [], 'darwin');
    expect(found.path).toBe(join(folder, 'Google Chrome'));
    await expect(findBrowser(`${workspace.path}/${name}`, [], [], 'linux')).rejects.toThrow('no program that can be run');
  });
});
