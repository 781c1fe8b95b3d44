import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { systemCodeOf } from '../errors/user-error.ts';
import type { ArchiveLimits } from './limits.ts';
import { type ByteSource, brokenEntry, findData, readEntries } from './read-zip.ts';
import { UnreadableArchive } from './unreadable.ts';
import type { ZipEntry } from './zip-directory.ts';
import { sourceOf } from './zip-file.ts';

/** More than any path of a link has. */
const longestLinkBytes = 1024;

/**
 * Unpacks a zip file into an empty folder, a piece at a time, whatever its size. Nothing is written outside of the folder, and
 * no link in it leads out: links are made last, so that nothing is written through one, and each is followed once it is there.
 * @throws UnreadableArchive; what is in the folder by then must not be used.
 */
export async function unpackZipFile(path: string, folder: string, limits: ArchiveLimits): Promise<void> {
  await using file = await open(path, 'r');
  const source = await sourceOf(file);
  const entries = [...(await readEntries(source, limits)).values()];
  const links = entries.filter(({ kind }) => kind === 'link');
  refuseBelowLinks(entries, links);
  for (const entry of entries.filter(({ kind }) => kind === 'file')) {
    await unpackEntry(entry, join(folder, entry.path), { file, source });
  }
  for (const entry of links) {
    await makeLink(entry, folder, { file, source });
  }
  const root = await realpath(folder);
  for (const entry of links) {
    const end = await realpath(join(folder, entry.path)).catch(() => undefined);
    if (end === undefined || !end.startsWith(`${root}${sep}`)) {
      throw leadsOut(entry);
    }
  }
}

/** Nothing lies below a link, however its name is written on a system that does not tell case. */
function refuseBelowLinks(entries: readonly ZipEntry[], links: readonly ZipEntry[]): void {
  const linked = new Set(links.map(({ path }) => path.toLowerCase()));
  for (const entry of entries) {
    const parts = entry.path.toLowerCase().split('/');
    if (parts.some((_, at) => at > 0 && linked.has(parts.slice(0, at).join('/')))) {
      throw new UnreadableArchive(`${JSON.stringify(entry.path)} in it lies below a link`);
    }
  }
}

async function unpackEntry(
  entry: ZipEntry,
  path: string,
  { file, source }: { readonly file: FileHandle; readonly source: ByteSource },
): Promise<void> {
  const start = await findData(entry, source);
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw systemCodeOf(error) === 'EEXIST' || systemCodeOf(error) === 'ENOTDIR' ? brokenEntry(entry, error) : error;
  });
  let sizeBytes = 0;
  let sum = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => {
      sizeBytes += chunk.length;
      sum = crc32(chunk, sum);
      done(sizeBytes > entry.sizeBytes ? brokenEntry(entry) : null, chunk);
    },
  });
  const packed =
    entry.compressedBytes === 0 ? [] : file.createReadStream({ start, end: start + entry.compressedBytes - 1, autoClose: false });
  const target = createWriteStream(path, { flags: 'wx', mode: entry.executable ? 0o755 : 0o644 });
  try {
    await (entry.method === 'stored' ? pipeline(packed, counted, target) : pipeline(packed, createInflateRaw(), counted, target));
  } catch (error) {
    // These are about what the archive holds, all else about this machine.
    throw /^(?:Z_|EEXIST$|EISDIR$)/.test(systemCodeOf(error)) ? brokenEntry(entry, error) : error;
  }
  if (sizeBytes !== entry.sizeBytes || sum !== entry.crc32) {
    throw brokenEntry(entry);
  }
}

async function makeLink(entry: ZipEntry, folder: string, from: Parameters<typeof unpackEntry>[2]): Promise<void> {
  const path = join(folder, entry.path);
  if (entry.sizeBytes > longestLinkBytes) {
    throw leadsOut(entry);
  }
  await unpackEntry(entry, path, from);
  const target = await readFile(path, 'utf8');
  if (target === '' || /[\0\\:]/.test(target) || !resolve(dirname(path), target).startsWith(`${resolve(folder)}${sep}`)) {
    throw leadsOut(entry);
  }
  await rm(path);
  await symlink(target, path);
}

function leadsOut({ path }: ZipEntry): UnreadableArchive {
  return new UnreadableArchive(`${JSON.stringify(path)} in it is a link that leads elsewhere`);
}
