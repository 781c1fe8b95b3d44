import { unsafePathReason } from './entry-path.ts';
import { type ArchiveLimits, deflateRatio } from './limits.ts';
import { UnreadableArchive } from './unreadable.ts';

/*
 * Our own reader in place of a library: yauzl 3.4.0, the best kept one, opens files that overlap, links, doubled paths and
 * wrong sums, and its documented interface does not tell where the directory lies, so that no file can be kept out of it.
 */

/** One file of an archive, as the archive's directory tells it. Nothing of it is proven before it is read. */
export interface ZipEntry {
  readonly path: string;
  /** The content of a link is what it leads to. */
  readonly kind: 'file' | 'link';
  /** Its owner may run it, where the archive tells. */
  readonly executable: boolean;
  readonly method: 'stored' | 'deflated';
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Field offsets and signatures: PKWARE's APPNOTE.TXT 6.3, sections 4.3.12 and 4.3.16. */
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const entryLength = 46;
const longestComment = 65_535;

/** How much of an archive's end holds the record that ends it. */
export const tailBytes = endLength + longestComment;

export interface DirectoryPlace {
  readonly entries: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Finds the directory of an archive through the record at its end.
 * @param tail the last bytes of the archive, `tailBytes` or all of it.
 * @throws UnreadableArchive
 */
export function findDirectory(tail: Uint8Array, archiveBytes: number, limits: ArchiveLimits): DirectoryPlace {
  const view = viewOf(tail);
  const at = findEnd(view);
  if (at === undefined) {
    throw new UnreadableArchive('it is no zip archive, or its end is missing');
  }
  const entries = view.getUint16(at + 10, true);
  const sizeBytes = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (entries === 0xffff || sizeBytes === 0xffffffff || offset === 0xffffffff) {
    throw new UnreadableArchive('it is a Zip64 archive, which is larger than any that is taken');
  }
  const onOneDisk = view.getUint16(at + 4, true) === 0 && view.getUint16(at + 8, true) === entries;
  if (!onOneDisk || offset + sizeBytes > archiveBytes - endLength) {
    throw new UnreadableArchive('its directory does not lie where it says');
  }
  if (entries > limits.entries) {
    throw new UnreadableArchive(`it holds ${entries} files, above the limit of ${limits.entries}`);
  }
  // A path of up to three bytes a character, and as much again for extra fields.
  if (sizeBytes > entries * (entryLength + limits.pathLength * 6)) {
    throw new UnreadableArchive('its directory is larger than its files can need');
  }
  return { entries, offset, sizeBytes };
}

/** The last place where the record can be: a comment behind it may be up to 64 kB long. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - endLength; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength) {
      return at;
    }
  }
  return undefined;
}

/**
 * Reads the directory and checks what it declares against the limits: nothing is unpacked yet.
 * @throws UnreadableArchive
 */
export function parseDirectory(bytes: Uint8Array, place: DirectoryPlace, limits: ArchiveLimits): ReadonlyMap<string, ZipEntry> {
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  const folded = new Set<string>();
  let totalBytes = 0;
  let at = 0;
  for (let index = 0; index < place.entries; index += 1) {
    const { entry, next } = parseEntry(view, bytes, at, limits);
    at = next;
    if (entry === undefined) {
      continue;
    }
    if (folded.has(entry.path.toLowerCase())) {
      throw new UnreadableArchive(`it holds ${JSON.stringify(entry.path)} twice`);
    }
    folded.add(entry.path.toLowerCase());
    totalBytes += entry.sizeBytes;
    if (totalBytes > limits.totalBytes) {
      throw new UnreadableArchive(`its files are larger than ${limits.totalBytes} bytes together`);
    }
    entries.set(entry.path, entry);
  }
  checkApart([...entries.values()], place.offset);
  return entries;
}

function parseEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  limits: ArchiveLimits,
): { entry: ZipEntry | undefined; next: number } {
  if (at + entryLength > view.byteLength || view.getUint32(at, true) !== entrySignature) {
    throw new UnreadableArchive('its directory is broken');
  }
  const nameLength = view.getUint16(at + 28, true);
  const next = at + entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) {
    throw new UnreadableArchive('its directory is broken');
  }
  const path = decodePath(bytes.subarray(at + entryLength, at + entryLength + nameLength));
  const sizeBytes = view.getUint32(at + 24, true);
  if (path.endsWith('/') && sizeBytes === 0) {
    return { entry: undefined, next };
  }
  const unsafe = unsafePathReason(path, limits.pathLength);
  if (unsafe !== undefined) {
    throw new UnreadableArchive(unsafe);
  }
  return { entry: checkEntry(view, at, path, sizeBytes, limits), next };
}

function checkEntry(view: DataView, at: number, path: string, sizeBytes: number, limits: ArchiveLimits): ZipEntry {
  const shown = JSON.stringify(path);
  const encrypted = (view.getUint16(at + 8, true) & 1) !== 0;
  // The upper half of the external attributes is Unix' file mode; 0o120000 is a symbolic link.
  const mode = view.getUint32(at + 38, true) >>> 16;
  const kind = (mode & 0o170000) === 0o120000 ? 'link' : 'file';
  if (encrypted || (kind === 'link' && limits.links !== true)) {
    throw new UnreadableArchive(`${shown} in it is ${encrypted ? 'encrypted' : 'a link'}`);
  }
  const method = ({ 0: 'stored', 8: 'deflated' } as const)[view.getUint16(at + 10, true)];
  if (method === undefined) {
    throw new UnreadableArchive(`${shown} in it is packed in an unknown way`);
  }
  const compressedBytes = view.getUint32(at + 20, true);
  const most = method === 'stored' ? compressedBytes : compressedBytes * deflateRatio;
  if (sizeBytes > limits.entryBytes || compressedBytes > limits.archiveBytes || sizeBytes > most) {
    throw new UnreadableArchive(`${shown} in it declares ${sizeBytes} bytes, which is more than it may or can have`);
  }
  return {
    path,
    kind,
    executable: (mode & 0o100) !== 0,
    method,
    crc32: view.getUint32(at + 16, true),
    compressedBytes,
    sizeBytes,
    offset: view.getUint32(at + 42, true),
  };
}

/** Files that share their bytes are how a small archive unpacks to a huge one (D. Fifield, A better zip bomb, 2019). */
function checkApart(entries: readonly ZipEntry[], directoryOffset: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) {
      throw new UnreadableArchive(`${JSON.stringify(entry.path)} in it overlaps another file`);
    }
    end = entry.offset + localHeaderLength + entry.compressedBytes;
  }
  if (end > directoryOffset) {
    throw new UnreadableArchive('its files run into its directory');
  }
}

/** Without the name and the extra fields. */
export const localHeaderLength = 30;

function decodePath(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableArchive('a path in it is no UTF-8');
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
