import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { refuseLinkedFolders } from '../system/real-file.ts';

export interface NewFile {
  /** From the folder that they are written below, and as people are told it. */
  readonly path: string;
  /** A function reads it when its turn has come, so that many pictures are not in memory at once. */
  readonly content: string | Uint8Array | (() => Promise<Uint8Array>);
}

/** Those of the paths at which something is, be it a link that leads nowhere. */
export async function findExisting(folder: string, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      lstat(join(folder, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return paths.filter((_, index) => found[index]);
}

/**
 * Writes files that are not there yet: all of them, or none. Nothing is overwritten, whoever writes at the same time, and
 * nothing is written through a link below `folder`.
 * @throws UserError
 */
export async function writeNew(folder: string, files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  for (const { path, content } of files) {
    const target = join(folder, path);
    try {
      await refuseLinkedFolders(folder, target);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, typeof content === 'function' ? await content() : content, { flag: 'wx' });
      written.push(target);
    } catch (error) {
      await Promise.all(written.map((mine) => rm(mine, { force: true })));
      throw new UserError(
        `Cannot write ${path}: ${reasonOf(error)}. Nothing was written.`,
        'Check the folder and its permissions, then run the command again.',
        {
          cause: error,
          wrongInput: true,
        },
      );
    }
  }
}
