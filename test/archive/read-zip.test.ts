import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchiveLimits, artifactLimits } from '../../src/archive/limits.ts';
import { openZip, type ZipArchive } from '../../src/archive/read-zip.ts';
import { UnreadableArchive } from '../../src/archive/unreadable.ts';
import { makeZip, type ZipFile } from '../helpers/zip.ts';

function open(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<ZipArchive> {
  return openZip(
    { sizeBytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) },
    { ...artifactLimits, ...limits },
  );
}

const text = async (archive: ZipArchive, path: string): Promise<string> => String(Buffer.from((await archive.read(path)) ?? []));

describe('a zip archive from outside', () => {
  it('gives the files that were packed', async () => {
    const archive = await open(
      makeZip(
        [
          { path: 'results.json', content: '{}' },
          { path: 'actual/größe/1280x800.png', content: 'stored', declare: { method: 0 } },
          { path: 'actual/', content: '', declare: { method: 0 } },
          { path: 'empty', content: '' },
        ],
        { comment: 'a comment behind the end' },
      ),
    );
    expect(archive.paths).toEqual(['actual/größe/1280x800.png', 'empty', 'results.json']);
    expect(await text(archive, 'results.json')).toBe('{}');
    expect(await text(archive, 'actual/größe/1280x800.png')).toBe('stored');
    expect(await text(archive, 'empty')).toBe('');
    expect(await archive.read('other')).toBeUndefined();
  });

  const honest: ZipFile = { path: 'a', content: 'x'.repeat(1000) };
  const hostile: readonly [string, Uint8Array, RegExp, Partial<ArchiveLimits>?][] = [
    ['nothing', Buffer.alloc(0), /no zip archive/],
    ['no archive', Buffer.from('<html>not found</html>'), /no zip archive/],
    ['half of an archive', makeZip([honest]).subarray(0, 60), /no zip archive/],
    ['too large a file', makeZip([honest]), /above the limit of 10/, { archiveBytes: 10 }],
    ['too many files', makeZip([honest, { ...honest, path: 'b' }]), /2 files, above the limit of 1/, { entries: 1 }],
    ['more files declared than there are', makeZip([honest], { entries: 2 }), /broken/],
    ['a directory elsewhere', makeZip([honest], { directoryOffset: 5000 }), /does not lie where/],
    ['Zip64', makeZip([honest], { entries: 0xffff }), /Zip64/],
    ['a parent folder', makeZip([{ ...honest, path: '../../etc/passwd' }]), /leads elsewhere/],
    ['a parent folder within', makeZip([{ ...honest, path: 'actual/../../x' }]), /leads elsewhere/],
    ['an absolute path', makeZip([{ ...honest, path: '/etc/passwd' }]), /absolute/],
    ['a drive', makeZip([{ ...honest, path: 'C:/x' }]), /absolute/],
    ['a backslash', makeZip([{ ...honest, path: '..\\x' }]), /character/],
    ['a NUL', makeZip([{ ...honest, path: 'a\0b' }]), /character/],
    ['a turned direction', makeZip([{ ...honest, path: 'a\u202egnp' }]), /character/],
    ['a path of no UTF-8', makeZip([{ ...honest, path: new Uint8Array([0xff, 0xfe]) }]), /UTF-8/],
    ['an endless path', makeZip([{ ...honest, path: 'x'.repeat(301) }]), /too long/],
    ['one path twice', makeZip([honest, { path: 'A', content: 'y' }]), /twice/],
    ['a link', makeZip([{ ...honest, declare: { externalAttributes: (0o120777 << 16) >>> 0 } }]), /a link/],
    ['an encrypted file', makeZip([{ ...honest, declare: { flags: 1 } }]), /encrypted/],
    ['an unknown method', makeZip([{ ...honest, declare: { method: 14 } }]), /unknown way/],
    ['a file above the limit', makeZip([honest]), /more than it may/, { entryBytes: 999 }],
    ['files above the limit together', makeZip([honest, { ...honest, path: 'b' }]), /together/, { totalBytes: 1999 }],
    ['a size that cannot be in it', makeZip([{ ...honest, declare: { sizeBytes: 100_000_000 } }]), /more than it may/],
    ['files that share their bytes', makeZip([honest, { ...honest, path: 'b', declare: { offset: 0 } }]), /overlaps/],
    ['a file that runs into the directory', makeZip([{ ...honest, declare: { compressedBytes: 90 } }]), /run into/],
  ];
  it.each(hostile)('is refused when opened: %s', async (_, bytes, message, limits) => {
    await expect(open(bytes, limits)).rejects.toThrow(UnreadableArchive);
    await expect(open(bytes, limits)).rejects.toThrow(message);
  });

  it.each<[string, ZipFile]>([
    ['longer than declared', { ...honest, declare: { sizeBytes: 999 } }],
    ['shorter than declared', { ...honest, declare: { sizeBytes: 1001 } }],
    ['another sum', { ...honest, declare: { crc32: 1 } }],
    ['a stream that is none', { path: 'a', content: '\xff\xff\xff', declare: { method: 8, compressedBytes: 1 } }],
    ['a local header elsewhere', { ...honest, declare: { offset: 3 } }],
  ])('is refused when read: %s', async (_, file) => {
    const read = async (): Promise<unknown> => (await open(makeZip([file, { path: 'last', content: honest.content }]))).read('a');
    await expect(read()).rejects.toThrow(UnreadableArchive);
  });

  it('never throws anything else, whatever byte is changed', async () => {
    const archive = makeZip([honest, { path: 'b/c', content: 'stored', declare: { method: 0 } }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bytes = Buffer.from(archive);
          for (const [at, value] of changes) {
            bytes[at] = value;
          }
          try {
            const opened = await open(bytes);
            for (const path of opened.paths) {
              await opened.read(path);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableArchive);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
