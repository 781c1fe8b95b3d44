import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds the Storybooks that the tests capture (test/discover/storybooks), from one project of ten stories, with the oldest
 * and the newest version that are supported. What is built is committed, without Storybook's own pages, which nobody
 * captures: 1.5 MB in the place of an installation of 300 MB at every run. To be run by hand, when the project has changed
 * or a new version of Storybook is out.
 *
 * node scripts/build-storybooks.ts
 */

const versions = [
  { storybook: '7.6.24', packages: ['@storybook/html@7.6.24', 'vite@4', 'react@18', 'react-dom@18'] },
  { storybook: '10.6.0', packages: ['vite@7'] },
] as const;

/** What a story's canvas needs, and the index in both forms. */
const kept = ['iframe.html', 'index.json', 'stories.json', 'vite-inject-mocker-entry.js', 'assets', 'sb-preview'];

const folder = join(import.meta.dirname, '../test/discover/storybooks');

for (const { storybook, packages } of versions) {
  const work = mkdtempSync(join(tmpdir(), 'storybook-'));
  cpSync(join(folder, 'project'), work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{"name": "stories", "private": true, "type": "module"}\n');
  const run = (program: string, ...args: string[]): unknown => execFileSync(program, args, { cwd: work, stdio: 'inherit' });
  run('npm', 'install', '--no-audit', '--no-fund', `storybook@${storybook}`, `@storybook/html-vite@${storybook}`, ...packages);
  run('npx', 'storybook', 'build', '--quiet', '--disable-telemetry', '--output-dir', 'out');
  const target = join(folder, storybook.split('.', 1)[0] ?? '');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of kept.filter((name) => existsSync(join(work, 'out', name)))) {
    cpSync(join(work, 'out', file), join(target, file), { recursive: true });
  }
  rmSync(work, { recursive: true, force: true });
}
