import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { reasonOf, systemCodeOf, UserError } from '../errors/user-error.ts';
import type { Folder } from './ports.ts';

/** A folder on disk. `shownPath` is how the user named it. Writing throws UserError when the disk refuses. */
export function openFolder(root: string, shownPath: string): Folder {
  const locate = (path: string): string => resolve(root, path);
  const writeError = (path: string, error: unknown): UserError =>
    new UserError(`Cannot write ${shownPath === '' ? path : `${shownPath}/${path}`}: ${reasonOf(error)}`, fixFor(error), {
      cause: error,
    });
  return {
    path: shownPath,
    resolve: locate,
    read: (path) => unlessMissing(readFile(locate(path))),
    sizeOf: async (path) => (await unlessMissing(stat(locate(path))))?.size,
    write: async (path, bytes) => {
      const target = locate(path);
      const temporary = join(dirname(target), `.${randomUUID()}.part`);
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(temporary, bytes);
        await rename(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw writeError(path, error);
      }
    },
    remove: async (path) => {
      await unlessMissing(rm(locate(path), { force: true })).catch((error: unknown) => {
        throw writeError(path, error);
      });
    },
    list: async () => {
      const entries = await unlessMissing(readdir(root, { recursive: true, withFileTypes: true }));
      return (entries ?? [])
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
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
  return writeFixes[systemCodeOf(error)] ?? 'Check the folder and the disk, or choose another folder.';
}
