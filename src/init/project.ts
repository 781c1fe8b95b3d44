/** How the pages of a project are found. */
export type PageSource = 'storybook' | 'sitemap' | 'crawl';

/** A command of the project, for its package manager to run: a script of package.json, or a tool of a package. */
export type ProjectCommand =
  | { readonly kind: 'script'; readonly name: string }
  | { readonly kind: 'tool'; readonly command: string };

/** Where the pages come from that are captured. */
export type Preview =
  | {
      /** The job builds the project and serves it itself. */
      readonly kind: 'served';
      /** Absent: nothing has to be built. */
      readonly build?: ProjectCommand;
      readonly serve: { readonly kind: 'tool'; readonly command: string } | { readonly kind: 'folder'; readonly folder: string };
      readonly port: number;
      /** Where the site begins, with a slash at both ends. */
      readonly path: string;
    }
  /** A host deploys each commit and tells GitHub where. */
  | { readonly kind: 'deployed'; readonly host: string; readonly toldBy: DeploymentSource }
  /** Nothing is known: there is an address to fill in. */
  | { readonly kind: 'unknown' };

/** Where on GitHub a host tells of a deployment, as permissions name it. */
export type DeploymentSource = 'deployments' | 'statuses' | 'checks';

export type ProjectId = (typeof projectIds)[number];

/** What `init` knows, the best first: stories are the steadiest pictures, and a real preview is better than one of the job. */
export const projectIds = [
  'storybook',
  'vercel',
  'netlify',
  'cloudflare-pages',
  'docusaurus',
  'vitepress',
  'astro',
  'next',
  'vite',
  'static',
  'url',
] as const;

export interface Project {
  readonly id: ProjectId;
  /** As its makers write it. */
  readonly title: string;
  /** What it was known by, e.g. `next in package.json`. */
  readonly sign: string;
  readonly preview: Preview;
  readonly pages: PageSource;
}
