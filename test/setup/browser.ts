import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../src/engine/browser/find.ts';
import type { BrowserProgram } from '../../src/engine/browser/program.ts';
import { shellWord } from '../helpers/shell-word.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser that a test starts; its path alone is enough to start it. */
    readonly browserPath: string;
  }
}

/** The project of `vitest.config.ts` that runs with the machine's own browser. */
export const installedProject = 'installed browser';

/** The machine's own browser, which differs from one machine to the next. Undefined when there is none. */
export function findInstalledBrowser(): Promise<BrowserProgram | undefined> {
  return findBrowser(undefined, []).catch(() => undefined);
}

/** The browser of the npm package, the same everywhere. Undefined on a system that the package has none for. */
function findPackagedBrowser(): Promise<BrowserProgram | undefined> {
  return findBrowser(undefined, [import.meta.dirname], []).catch(() => undefined);
}

/** Chooses the browser of a project, and says which one it is. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [packaged, installed] = await Promise.all([findPackagedBrowser(), findInstalledBrowser()]);
  const isOnceMore = project.name === installedProject;
  const program = isOnceMore ? installed : (packaged ?? installed);
  if (program === undefined) {
    throw new Error('No browser is installed, and the npm package has none for this system.');
  }
  if (isOnceMore) {
    console.log(`The browser's own tests run once more with ${program.path}.`);
  } else if (program === installed) {
    console.log(`The tests run with ${program.path}.`);
  } else {
    console.log(
      `The tests run with the browser of @sparticuz/chromium${installed === undefined ? '; no other is installed' : ''}.`,
    );
  }

  const folder = await mkdtemp(join(tmpdir(), 'test-browser-'));
  project.provide('browserPath', await writeLauncher(folder, program));
  return () => rm(folder, { recursive: true });
}

/** A script that sets what the browser needs in its environment and then is the browser. */
async function writeLauncher(folder: string, { path, env }: BrowserProgram): Promise<string> {
  const variables = Object.entries(env);
  if (variables.length === 0) {
    return path;
  }
  const launcher = join(folder, 'chrome');
  const exports = variables.map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  await writeFile(launcher, `#!/bin/sh\n${exports.join('')}exec ${shellWord(path)} "$@"\n`, { mode: 0o755 });
  return launcher;
}
