import type { Project } from './project.ts';
import type { LockFile } from './project-files.ts';

/** All that the two files are written from. */
export interface Setup {
  readonly project: Project;
  /** From the top of the repository to the project's folder, with `/`; empty at the top. */
  readonly folder: string;
  readonly lock: { readonly file: LockFile; readonly folder: string } | undefined;
  /** Whether package.json names its package manager, which `corepack` then brings in that version. */
  readonly namesManager: boolean;
  /** A file that says which Node the project is for. */
  readonly nodeVersionFile: string | undefined;
  readonly defaultBranch: string;
}

/** What a folder of a larger repository puts behind the names that are the repository's: `packages/web` is `packages-web`. */
export function suffixOf({ folder }: Pick<Setup, 'folder'>): string {
  return folder === '' ? '' : `-${folder.replaceAll(/[^\w-]+/g, '-')}`;
}

/** The address of what the job serves. */
export function servedUrl({ port, path }: { readonly port: number; readonly path: string }): string {
  return `http://localhost:${port}${path === '/' ? '' : path}`;
}

/** From the top of the repository. */
export function workflowPath(setup: Pick<Setup, 'folder'>): string {
  return `.github/workflows/visual-capture${suffixOf(setup)}.yml`;
}

export const configPath = 'visual-capture.yml';
