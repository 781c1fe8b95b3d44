/**
 * Files by their path in the project's folder, of those that `init` looks for: the text of small ones that say something,
 * an empty text for what only has to be there.
 */
export type ProjectFiles = ReadonlyMap<string, string>;

const scripts = ['js', 'mjs', 'cjs', 'ts', 'mts'] as const;
const configs = (name: string): string[] => scripts.map((extension) => `${name}.${extension}`);

/** Where the sources of a VitePress site may lie. */
export const vitepressRoots = ['.', 'docs'] as const;

/** Folders in which a site of plain files may lie, the likeliest first; `.` is the project's own folder. */
export const staticFolders = ['dist', 'build', '_site', 'site', 'public', 'www', 'docs', '.'] as const;

/** The files of which `init` reads the text. */
export const readPaths: readonly string[] = [
  'package.json',
  ...configs('next.config'),
  ...configs('docusaurus.config'),
  ...configs('astro.config'),
  ...configs('vite.config'),
  ...vitepressRoots.flatMap((root) => configs(inFolder(root, '.vitepress/config'))),
  'wrangler.toml',
  'wrangler.json',
  'wrangler.jsonc',
];

/** What only has to be there. */
export const seenPaths: readonly string[] = [
  '.storybook',
  'vercel.json',
  '.vercel/project.json',
  'netlify.toml',
  '.nvmrc',
  '.node-version',
  ...vitepressRoots.map((root) => inFolder(root, '.vitepress')),
  ...staticFolders.map((folder) => inFolder(folder, 'index.html')),
];

/** The lock file of each package manager; the first one found counts. */
export const lockFiles = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
} as const;

export type LockFile = keyof typeof lockFiles;
export type PackageManager = (typeof lockFiles)[LockFile];

/** A path below a folder, where `.` is the project's own. */
export function inFolder(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
