import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shellWord } from '../../helpers/shell-word.ts';
import { browserPath } from '../../helpers/test-browser.ts';

export interface IsolatingBrowser extends AsyncDisposable {
  readonly path: string;
}

/** The tests' browser, made to give every site a process of its own: Chrome does so by itself, its headless shell does not. */
export async function writeIsolatingBrowser(): Promise<IsolatingBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'isolating-browser-'));
  const path = join(folder, 'browser');
  await writeFile(path, `#!/bin/sh\nexec ${shellWord(browserPath)} --site-per-process "$@"\n`, { mode: 0o700 });
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
