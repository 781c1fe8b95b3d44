import { type PackageJson, readPackageJson } from './package-json.ts';
import type { DeploymentSource, PageSource, Preview, Project, ProjectCommand, ProjectId } from './project.ts';
import { projectIds } from './project.ts';
import { inFolder, type ProjectFiles, staticFolders, vitepressRoots } from './project-files.ts';

/** What a row of the table below sees of the project. */
interface Seen {
  readonly files: ProjectFiles;
  readonly packages: PackageJson | undefined;
}

type Found = Omit<Project, 'id' | 'title'>;

interface Kind {
  readonly title: string;
  /** Undefined: the project is not of this kind. */
  readonly find: (seen: Seen) => Found | undefined;
}

/**
 * All that the project is, the best first. Empty where nothing is known.
 * @throws UserError when package.json cannot be read.
 */
export function findProjects(files: ProjectFiles): readonly Project[] {
  const seen: Seen = { files, packages: readPackageJson(files) };
  return projectIds.flatMap((id) => {
    const { title, find } = kinds[id];
    const found = find(seen);
    return found === undefined ? [] : [{ id, title, ...found }];
  });
}

/** For a project of which nothing is known, and for one that is checked at an address of its own. */
export const urlProject: Project = {
  id: 'url',
  title: 'an address',
  sign: 'nothing else',
  preview: { kind: 'unknown' },
  pages: 'crawl',
};

export function titleOf(id: ProjectId): string {
  return kinds[id].title;
}

const kinds: { readonly [Id in ProjectId]: Kind } = {
  storybook: { title: 'Storybook', find: findStorybook },
  vercel: { title: 'Vercel', find: deployedTo('Vercel', 'deployments', ['vercel.json', '.vercel/project.json']) },
  netlify: { title: 'Netlify', find: deployedTo('Netlify', 'statuses', ['netlify.toml']) },
  'cloudflare-pages': { title: 'Cloudflare Pages', find: findCloudflarePages },
  docusaurus: { title: 'Docusaurus', find: findDocusaurus },
  vitepress: { title: 'VitePress', find: findVitePress },
  astro: { title: 'Astro', find: findAstro },
  next: { title: 'Next.js', find: findNext },
  vite: { title: 'Vite', find: findVite },
  static: { title: 'a folder of files', find: findStatic },
  url: { title: urlProject.title, find: () => undefined },
};

function findStorybook({ files, packages }: Seen): Found | undefined {
  const sign = files.has('.storybook') ? '.storybook' : dependencyOf(packages, 'storybook');
  const script = packages?.scripts.get('build-storybook');
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: {
          kind: 'served',
          build: scriptOr(packages, ['build-storybook', 'storybook:build'], 'storybook build'),
          serve: { kind: 'folder', folder: outputFolderOf(script) ?? 'storybook-static' },
          port: 6006,
          path: '/',
        },
        pages: 'storybook',
      };
}

/** `storybook build -o public` writes to another folder. */
function outputFolderOf(script: string | undefined): string | undefined {
  return /\s(?:-o|--output-dir)[\s=]([\w.-]+(?:\/[\w.-]+)*)(?:\s|$)/.exec(script ?? '')?.[1];
}

function deployedTo(host: string, toldBy: DeploymentSource, signs: readonly string[]): (seen: Seen) => Found | undefined {
  return (seen) => {
    const sign = signs.find((path) => seen.files.has(path));
    return sign === undefined ? undefined : { sign, preview: { kind: 'deployed', host, toldBy }, pages: pagesOfSite(seen) };
  };
}

/** A `wrangler` file is that of Pages, and not of a Worker, when it names a folder to publish. */
function findCloudflarePages(seen: Seen): Found | undefined {
  const sign = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'].find((path) =>
    /\bpages_build_output_dir\b/.test(seen.files.get(path) ?? ''),
  );
  return sign === undefined
    ? undefined
    : { sign, preview: { kind: 'deployed', host: 'Cloudflare Pages', toldBy: 'checks' }, pages: pagesOfSite(seen) };
}

/** How the pages of a deployed site are found: as its framework would have them. */
function pagesOfSite(seen: Seen): PageSource {
  return [findDocusaurus, findVitePress, findAstro].some((find) => find(seen)?.pages === 'sitemap') ? 'sitemap' : 'crawl';
}

function findDocusaurus({ files, packages }: Seen): Found | undefined {
  const sign = dependencyOf(packages, '@docusaurus/core');
  const hasSitemap = ['@docusaurus/preset-classic', '@docusaurus/plugin-sitemap'].some((name) => has(packages, name));
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: servedBy({
          build: scriptOr(packages, ['build'], 'docusaurus build'),
          serve: 'docusaurus serve --port 3000 --no-open',
          port: 3000,
          path: basePathOf(files, 'docusaurus.config'),
        }),
        pages: hasSitemap ? 'sitemap' : 'crawl',
      };
}

function findVitePress({ files, packages }: Seen): Found | undefined {
  const root = vitepressRoots.find((folder) => files.has(inFolder(folder, '.vitepress'))) ?? '.';
  const sign = dependencyOf(packages, 'vitepress');
  const tool = (command: string): string => (root === '.' ? command : `${command} ${root}`);
  const config = inFolder(root, '.vitepress/config');
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: servedBy({
          build: scriptOr(packages, ['docs:build', 'build'], tool('vitepress build')),
          serve: `${tool('vitepress preview')} --port 4173`,
          port: 4173,
          path: basePathOf(files, config),
        }),
        pages: /\bsitemap\s*:/.test(textOfConfig(files, config)) ? 'sitemap' : 'crawl',
      };
}

function findAstro({ files, packages }: Seen): Found | undefined {
  const sign = dependencyOf(packages, 'astro');
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: servedBy({
          build: scriptOr(packages, ['build'], 'astro build'),
          serve: 'astro preview --port 4321',
          port: 4321,
          path: basePathOf(files, 'astro.config'),
        }),
        pages: has(packages, '@astrojs/sitemap') || has(packages, '@astrojs/starlight') ? 'sitemap' : 'crawl',
      };
}

function findNext({ files, packages }: Seen): Found | undefined {
  const sign = dependencyOf(packages, 'next');
  const config = textOfConfig(files, 'next.config');
  const build = scriptOr(packages, ['build'], 'next build');
  const path = /\bbasePath\s*:\s*['"](\/[\w./-]*)['"]/.exec(config)?.[1];
  // An export is a folder of files, which `next start` refuses to serve.
  const isExport = /\boutput\s*:\s*['"]export['"]/.test(config) && path === undefined;
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: isExport
          ? { kind: 'served', build, serve: { kind: 'folder', folder: 'out' }, port: 3000, path: '/' }
          : servedBy({ build, serve: 'next start --port 3000', port: 3000, path: withSlashes(path ?? '/') }),
        pages: 'crawl',
      };
}

function findVite({ files, packages }: Seen): Found | undefined {
  const sign = dependencyOf(packages, 'vite');
  return sign === undefined
    ? undefined
    : {
        sign,
        preview: servedBy({
          build: scriptOr(packages, ['build'], 'vite build'),
          serve: 'vite preview --port 4173 --strictPort',
          port: 4173,
          path: basePathOf(files, 'vite.config'),
        }),
        pages: 'crawl',
      };
}

/** Where something is built first, an index.html among the sources may be its template. */
function findStatic({ files, packages }: Seen): Found | undefined {
  const isBuilt = packages?.scripts.has('build') === true;
  const folder = isBuilt ? undefined : staticFolders.find((one) => files.has(inFolder(one, 'index.html')));
  return folder === undefined
    ? undefined
    : {
        sign: inFolder(folder, 'index.html'),
        preview: { kind: 'served', serve: { kind: 'folder', folder }, port: 8080, path: '/' },
        pages: 'crawl',
      };
}

function servedBy(served: { build: ProjectCommand; serve: string; port: number; path: string }): Preview {
  return { kind: 'served', ...served, serve: { kind: 'tool', command: served.serve } };
}

const has = (packages: PackageJson | undefined, name: string): boolean => packages?.dependencies.has(name) === true;

function dependencyOf(packages: PackageJson | undefined, name: string): string | undefined {
  return has(packages, name) ? `${name} in package.json` : undefined;
}

function scriptOr(packages: PackageJson | undefined, names: readonly string[], command: string): ProjectCommand {
  const name = names.find((one) => packages?.scripts.has(one) === true);
  return name === undefined ? { kind: 'tool', command } : { kind: 'script', name };
}

/** The configuration is a program, which is not run: a path that it computes is not found, and the site begins at `/` then. */
function basePathOf(files: ProjectFiles, config: string): string {
  return withSlashes(/\bbase(?:Url)?\s*:\s*['"](\/[\w./-]*)['"]/.exec(textOfConfig(files, config))?.[1] ?? '/');
}

const withSlashes = (path: string): string =>
  `/${path
    .split('/')
    .filter((part) => part !== '')
    .join('/')}/`.replace(/^\/\/$/, '/');

function textOfConfig(files: ProjectFiles, name: string): string {
  return [...files].find(([path]) => path.startsWith(`${name}.`))?.[1] ?? '';
}
