import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { posixPath } from '../basics/posix-path.ts';
import { defined } from '../basics/record.ts';
import { reasonOf, systemCodeOf, UserError } from '../errors/user-error.ts';
import type { Folder } from './ports.ts';
import { RefusedPath, readRegularFile, refuseLinkedFolders } from './real-file.ts';

/**
 * A folder on disk. `shownPath` is how the user named it. Writing throws UserError when the disk refuses. With a
 * `boundary`, a folder above it or itself, what is read must lie in that in the end, and nothing is written through a link
 * below it; without one that holds below the folder itself, and reading follows every link.
 */
export function openFolder(root: string, shownPath: string, boundary?: string): Folder {
  const locate = (path: string): string => resolve(root, path);
  const refuseLinks = (target: string): Promise<void> => refuseLinkedFolders(boundary ?? root, target);
  const writeError = (path: string, error: unknown): UserError =>
    new UserError(`Cannot write ${shownPath === '' ? path : `${shownPath}/${path}`}: ${reasonOf(error)}`, fixFor(error), {
      cause: error,
    });
  return {
    path: shownPath,
    resolve: locate,
    read: (path, maxBytes) => unlessMissing(readRegularFile(locate(path), defined({ boundary, maxBytes }))),
    sizeOf: async (path) => (await unlessMissing(stat(locate(path))))?.size,
    write: async (path, bytes) => {
      const target = locate(path);
      const temporary = join(dirname(target), `.${randomUUID()}.part`);
      try {
        await refuseLinks(target);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(temporary, bytes, { flag: 'wx' });
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw writeError(path, error);
      }
    },
    remove: async (path) => {
      const target = locate(path);
      await unlessMissing(refuseLinks(target).then(() => rm(target, { force: true }))).catch((error: unknown) => {
        throw writeError(path, error);
      });
    },
    names: async () => (await unlessMissing(readdir(root))) ?? [],
    list: async (below = '.') => {
      const entries = await unlessMissing(readdir(locate(below), { recursive: true, withFileTypes: true }));
      return (entries ?? [])
        .filter((entry) => entry.isFile())
        .map((entry) => posixPath(relative(root, join(entry.parentPath, entry.name))))
        .sort();
    },
  };
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return systemCodeOf(error) === 'ENOENT' || systemCodeOf(error) === 'ENOTDIR';
}

const writeFixes: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on this disk, or choose a folder on another one.',
  EDQUOT: 'Free space within the disk quota, or choose a folder on another disk.',
  EACCES: 'Give this user the right to write there, or choose another folder.',
  EPERM: 'Give this user the right to write there, or choose another folder.',
  EROFS: 'Choose a folder on a disk that can be written.',
};

function fixFor(error: unknown): string {
  if (error instanceof RefusedPath) {
    return 'Put a folder in the place of the link, or choose another folder.';
  }
  return writeFixes[systemCodeOf(error)] ?? 'Check the folder and the disk, or choose another folder.';
}
