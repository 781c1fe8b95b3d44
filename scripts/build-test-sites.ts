import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds the sites that the tests of `discover` look through (test/discover/sites): a Storybook of ten stories, with
 * each version that is supported, and the documentation of a few pages with VitePress. What is built is committed, but for what
 * nobody asks for (Storybook's own pages; fonts and scripts of VitePress): 2.6 MB in the place of an installation of some
 * hundred at every run. To be run by hand, when a project has changed or a new version is out.
 *
 * node scripts/build-test-sites.ts
 */

interface Site {
  readonly project: string;
  readonly target: string;
  readonly packages: readonly string[];
  readonly build: readonly string[];
  readonly out: string;
  /** Globs of what is kept. */
  readonly kept: readonly string[];
}

const storybook = (version: string, packages: readonly string[]): Site => ({
  project: 'storybook-project',
  target: `storybook-${version.split('.', 1)[0]}`,
  packages: [`storybook@${version}`, `@storybook/html-vite@${version}`, ...packages],
  build: ['storybook', 'build', '--quiet', '--disable-telemetry', '--output-dir', 'out'],
  out: 'out',
  // What the canvas needs, and the index in both forms.
  kept: ['iframe.html', 'index.json', 'stories.json', 'vite-inject-mocker-entry.js', 'assets', 'sb-preview'],
});

const sites: readonly Site[] = [
  storybook('7.6.24', ['@storybook/html@7.6.24', 'vite@4', 'react@18', 'react-dom@18']),
  storybook('8.6.9', ['vite@6']),
  storybook('9.1.8', ['vite@7']),
  storybook('10.6.0', ['vite@7']),
  {
    project: 'vitepress-project',
    target: 'vitepress',
    packages: ['vitepress@1.6.4'],
    build: ['vitepress', 'build', '.'],
    out: '.vitepress/dist',
    kept: ['**/*.html', 'sitemap.xml'],
  },
];

const folder = join(import.meta.dirname, '../test/discover/sites');

for (const { project, target, packages, build, out, kept } of sites) {
  const work = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(join(folder, project), work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{"name": "site", "private": true, "type": "module"}\n');
  const run = (program: string, ...args: string[]): unknown => execFileSync(program, args, { cwd: work, stdio: 'inherit' });
  run('npm', 'install', '--no-audit', '--no-fund', ...packages);
  run('npx', ...build);
  rmSync(join(folder, target), { recursive: true, force: true });
  for (const path of globSync([...kept], { cwd: join(work, out) }).filter((one) => existsSync(join(work, out, one)))) {
    cpSync(join(work, out, path), join(folder, target, path), { recursive: true });
  }
  rmSync(work, { recursive: true, force: true });
}
