import { type FileHandle, open } from 'node:fs/promises';
import type { ArchiveLimits } from './limits.ts';
import { type ByteSource, openZip, type ZipArchive } from './read-zip.ts';

/** Opens a zip file on disk; see `openZip`. Closing it closes the file. */
export async function openZipFile(path: string, limits?: ArchiveLimits): Promise<ZipArchive & AsyncDisposable> {
  const file = await open(path, 'r');
  try {
    const archive = await openZip(await sourceOf(file), limits);
    return { ...archive, [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A file on disk, to be read anywhere. */
export async function sourceOf(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    sizeBytes: size,
    read: async (offset, length) => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    },
  };
}
