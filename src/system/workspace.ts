import { dirname, relative, resolve } from 'node:path';
import { isWithin } from '../basics/is-within.ts';
import { openFolder } from './folder.ts';
import type { Folder } from './ports.ts';
import { isOfGit } from './real-file.ts';

/** The folder that a run works in: the checked-out repository, or where the command line was called. */
export interface Workspace {
  readonly directory: string;
  /** The path on disk. */
  resolve(path: string): string;
  /** Whether a path lies in it by its name, and not among the files of git, which hold credentials and run as hooks. */
  holds(path: string): boolean;
  /**
   * The bytes of a file; undefined when there is no such file. One that lies in the workspace by its name must lie there
   * in the end as well: its links were made by whoever wrote what is checked out.
   * @throws RefusedPath; what the disk says.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** A folder with the same rule; what is written to it is written through no link of the workspace. */
  openFolder(path: string): Folder;
}

export function openWorkspace(directory: string): Workspace {
  const locate = (path: string): string => resolve(directory, path);
  const holds = (path: string): boolean => isWithin(locate(path), directory) && !isOfGit(relative(directory, locate(path)));
  const open = (path: string, shownPath: string): Folder =>
    openFolder(locate(path), shownPath, holds(path) ? directory : undefined);
  return {
    directory,
    resolve: locate,
    holds,
    read: (path, maxBytes) => open(dirname(path), '').read(locate(path), maxBytes),
    openFolder: (path) => open(path, path),
  };
}
