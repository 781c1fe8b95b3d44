import { crc32, deflateRawSync } from 'node:zlib';

/** One file to pack, and what to lie about it. */
export interface ZipFile {
  readonly path: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly declare?: {
    readonly sizeBytes?: number;
    readonly compressedBytes?: number;
    readonly crc32?: number;
    readonly offset?: number;
    readonly method?: number;
    readonly flags?: number;
    readonly externalAttributes?: number;
  };
}

/** A zip archive in memory. What a test declares goes into the directory as it is, true or not. */
export function makeZip(
  files: readonly ZipFile[],
  lies: { entries?: number; directoryOffset?: number; comment?: string } = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content, declare = {} } of files) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(content);
    const packed = declare.method === 0 ? bytes : deflateRawSync(bytes);
    const sum = declare.crc32 ?? crc32(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    locals.push(local, name, packed);

    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(declare.flags ?? 0x800, 8);
    entry.writeUInt16LE(declare.method ?? 8, 10);
    entry.writeUInt32LE(sum, 16);
    entry.writeUInt32LE(declare.compressedBytes ?? packed.length, 20);
    entry.writeUInt32LE(declare.sizeBytes ?? bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(declare.externalAttributes ?? 0, 38);
    entry.writeUInt32LE(declare.offset ?? offset, 42);
    directory.push(entry, name);
    offset += local.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const comment = Buffer.from(lies.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(lies.entries ?? files.length, 8);
  end.writeUInt16LE(lies.entries ?? files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(lies.directoryOffset ?? offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, index, end, comment]);
}
