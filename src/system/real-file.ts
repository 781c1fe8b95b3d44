import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isWithin } from '../basics/is-within.ts';
import { systemCodeOf } from '../errors/user-error.ts';

/** A path that is there and is not used. The message completes "Cannot read …:". */
export class RefusedPath extends Error {
  override readonly name = 'RefusedPath';
}

export interface ReadLimits {
  /** The file must lie in this folder in the end, whatever links lead to it, and not in a `.git` of it. Default: anywhere. */
  readonly boundary?: string;
  /** Larger files are refused before they are read. */
  readonly maxBytes?: number;
}

/** Opening a pipe must not wait for somebody who writes to it. Windows has neither flag, and no such pipes. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * The bytes of a regular file in a buffer of their own: as many as it has when it is opened, so that what never ends, such
 * as `/dev/zero`, or has no size, such as `/proc/self/environ`, gives nothing.
 * @throws RefusedPath when it is no regular file, too large, or not within the boundary; what the disk says.
 */
export async function readRegularFile(path: string, { boundary, maxBytes }: ReadLimits = {}): Promise<Uint8Array> {
  const real = await realpath(path);
  if (boundary !== undefined) {
    refuseOutside(real, await realpath(boundary));
  }
  const file = await open(real, openFlags);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      throw new RefusedPath('it is not a regular file');
    }
    if (maxBytes !== undefined && stats.size > maxBytes) {
      throw new RefusedPath(`it has ${stats.size} bytes, more than the ${maxBytes} that are read`);
    }
    return await readBytes(file, stats.size);
  } finally {
    await file.close();
  }
}

function refuseOutside(real: string, boundary: string): void {
  if (!isWithin(real, boundary)) {
    throw new RefusedPath('it is a link that leads out of the workspace');
  }
  if (isOfGit(relative(boundary, real))) {
    throw new RefusedPath('it is a link to a file of git');
  }
}

/** Whether a path goes through a folder `.git`, in any spelling that Windows or macOS take for it. */
export function isOfGit(path: string, separator: string = sep): boolean {
  return path.split(separator).some((name) => /^(\.git[. ]*|git~1)$/i.test(name));
}

async function readBytes(file: FileHandle, sizeBytes: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  let read = 0;
  while (read < sizeBytes) {
    const { bytesRead } = await file.read(bytes, read, sizeBytes - read, read);
    if (bytesRead === 0) {
      break;
    }
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

/**
 * Makes sure that no folder between `boundary` and a file in it is a link: what is written or deleted there would lie
 * somewhere else. The file itself may be one, since writing replaces it and deleting takes only the link.
 * @throws RefusedPath
 */
export async function refuseLinkedFolders(boundary: string, path: string): Promise<void> {
  let folder = boundary;
  for (const name of relative(boundary, dirname(path)).split(sep)) {
    folder = join(folder, name);
    const found = await lstat(folder).catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (found === undefined) {
      return;
    }
    if (found.isSymbolicLink() && folder !== boundary) {
      throw new RefusedPath(`the folder ${relative(boundary, folder)} is a link, and nothing is written through links`);
    }
  }
}
