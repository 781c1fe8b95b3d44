import type { CaptureReport } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';

/** A folder that knows the hash of what was written through it. */
export interface HashingFolder extends Folder {
  /** The SHA-256 of each of the files, in hex, under the same names. */
  hashesOf(files: CaptureReport['files']): NonNullable<CaptureReport['sha256']>;
}

export function hashingFolder(folder: Folder): HashingFolder {
  const hashes = new Map<string, string>();
  return {
    ...folder,
    write: async (path, bytes) => {
      await folder.write(path, bytes);
      hashes.set(path, sha256(bytes));
    },
    hashesOf: (files) =>
      Object.fromEntries(
        Object.entries(files).flatMap(([name, paths]): [string, string | string[]][] => {
          const found = [paths].flat().flatMap((path) => hashes.get(path) ?? []);
          const [hash] = found;
          return hash === undefined ? [] : [[name, typeof paths === 'string' ? hash : found]];
        }),
      ),
  };
}
