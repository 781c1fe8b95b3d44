import { crc32, inflateRawSync } from 'node:zlib';
import { type ArchiveLimits, artifactLimits } from './limits.ts';
import { UnreadableArchive } from './unreadable.ts';
import { findDirectory, localHeaderLength, parseDirectory, tailBytes, viewOf, type ZipEntry } from './zip-directory.ts';

/** Bytes that can be read anywhere: a file on disk, or memory. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Exactly `length` bytes from `offset`, which the caller has checked to be there. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** An archive whose directory was checked. */
export interface ZipArchive {
  /** Sorted. */
  readonly paths: readonly string[];
  /** One file, unpacked; undefined when it is not there. @throws UnreadableArchive when its bytes are not what was declared. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/**
 * Opens a zip archive from outside. Its size, its directory, and the count, sizes and paths of its files are checked
 * here; the bytes of a file when it is read, one at a time.
 * @throws UnreadableArchive
 */
export async function openZip(source: ByteSource, limits: ArchiveLimits = artifactLimits): Promise<ZipArchive> {
  const entries = await readEntries(source, limits);
  return {
    paths: [...entries.keys()].sort(),
    read: async (path) => {
      const entry = entries.get(path);
      return entry === undefined ? undefined : unpack(entry, source);
    },
  };
}

/** What an archive holds, by path, checked against the limits. @throws UnreadableArchive */
export async function readEntries(source: ByteSource, limits: ArchiveLimits): Promise<ReadonlyMap<string, ZipEntry>> {
  if (source.sizeBytes > limits.archiveBytes) {
    throw new UnreadableArchive(`it has ${source.sizeBytes} bytes, above the limit of ${limits.archiveBytes}`);
  }
  const tailLength = Math.min(tailBytes, source.sizeBytes);
  const tail = await source.read(source.sizeBytes - tailLength, tailLength);
  const place = findDirectory(tail, source.sizeBytes, limits);
  return parseDirectory(await source.read(place.offset, place.sizeBytes), place, limits);
}

/** The bytes of an entry are not what the directory says. */
export function brokenEntry({ path }: ZipEntry, cause?: unknown): UnreadableArchive {
  return new UnreadableArchive(`${JSON.stringify(path)} in it is not what the archive declares`, { cause });
}

/** Where the packed bytes of an entry begin. @throws UnreadableArchive */
export async function findData(entry: ZipEntry, source: ByteSource): Promise<number> {
  const header = viewOf(await source.read(entry.offset, localHeaderLength));
  const dataOffset = entry.offset + localHeaderLength + header.getUint16(26, true) + header.getUint16(28, true);
  // 4.3.7 of APPNOTE.TXT: the signature of a local header.
  if (header.getUint32(0, true) !== 0x04034b50 || dataOffset + entry.compressedBytes > source.sizeBytes) {
    throw brokenEntry(entry);
  }
  return dataOffset;
}

async function unpack(entry: ZipEntry, source: ByteSource): Promise<Uint8Array> {
  const dataOffset = await findData(entry, source);
  const packed = await source.read(dataOffset, entry.compressedBytes);
  let bytes: Uint8Array;
  try {
    // One byte more than declared, so that a stream that goes on is told from one that ends.
    bytes = entry.method === 'stored' ? packed : inflateRawSync(packed, { maxOutputLength: entry.sizeBytes + 1 });
  } catch (error) {
    throw brokenEntry(entry, error);
  }
  if (bytes.length !== entry.sizeBytes || crc32(bytes) !== entry.crc32) {
    throw brokenEntry(entry);
  }
  return bytes;
}
