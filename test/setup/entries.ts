import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the entries below, bundled from the source as it is. */
    readonly entriesFolder: string;
  }
}

/** What is started as a process, under the names by which `src/check/bundles.ts` finds it beside the others. */
const entries = {
  action: 'src/action.ts',
  'step/index': 'src/step/index.ts',
  'cli/index': 'src/cli/index.ts',
  'cli/command-line': 'src/cli/command-line.ts',
  'engine/index': 'src/engine/index.ts',
  'browsers/index': 'src/browsers/index.ts',
  'worker/index': 'src/worker/index.ts',
} as const;

/**
 * Bundles the source once for all tests that start it as a process: from a thousand files, most of them of its
 * dependencies, each start takes more than twice as long. Unlike dist/ it is always what the source says.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = join(import.meta.dirname, '../..');
  // Below node_modules, so that packages are found from there.
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(join(cache, 'test-entries-'));
  await build({
    cwd: root,
    input: entries,
    platform: 'node',
    // A browser of 67 MB, and what only a driver of other browsers needs.
    external: ['@sparticuz/chromium', 'yauzl'],
    logLevel: 'warn',
    output: { dir, format: 'esm' },
  });
  project.provide('entriesFolder', dir);
  return () => rm(dir, { recursive: true });
}
