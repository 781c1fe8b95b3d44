import { crc32 } from 'node:zlib';

/** Length, type and CRC around a chunk's data. */
export const chunkFrameBytes = 12;

export type Frame =
  | {
      readonly kind: 'chunk';
      readonly type: string;
      readonly data: Buffer;
      /** Where it starts, and where the next one does. */
      readonly byte: number;
      readonly end: number;
    }
  | {
      readonly kind: 'broken';
      /** Empty where not even that can be read. */
      readonly type: string;
      /** A clause about the file. */
      readonly reason: string;
      /** Where the next chunk starts, when this one is only not what it was: its CRC is wrong. */
      readonly end: number | undefined;
    };

/** The chunk that starts at a byte of a PNG. */
export function readChunk(file: Buffer, byte: number): Frame {
  if (file.length - byte < chunkFrameBytes) {
    return { kind: 'broken', type: '', reason: `it ends within a chunk at byte ${byte}`, end: undefined };
  }
  const type = file.toString('latin1', byte + 4, byte + 8);
  if (!/^[A-Za-z]{4}$/.test(type)) {
    return { kind: 'broken', type: '', reason: `there is no chunk where one should start, at byte ${byte}`, end: undefined };
  }
  const end = byte + chunkFrameBytes + file.readUInt32BE(byte);
  if (end > file.length) {
    return { kind: 'broken', type, reason: `it ends within chunk ${type} at byte ${byte}`, end: undefined };
  }
  if (crc32(file.subarray(byte + 4, end - 4)) !== file.readUInt32BE(end - 4)) {
    return { kind: 'broken', type, reason: `its CRC is wrong in chunk ${type} at byte ${byte}`, end };
  }
  return { kind: 'chunk', type, data: file.subarray(byte + 8, end - 4), byte, end };
}

/** A small first letter marks a chunk that a picture can be read without (PNG specification 5.4). */
export function isAncillary(type: string): boolean {
  return /^[a-z]/.test(type);
}

/** A chunk as it stands in a file. */
export function renderChunk(type: string, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(chunkFrameBytes + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), 8 + data.length);
  return framed;
}
