import { crc32 } from 'node:zlib';
import { parsePointer } from '../../git/lfs/pointer.ts';
import { checkDeflateRatio, pictureLimits } from '../limits.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { colorType, filteredBytes, type PngHeader, parseHeader } from './header.ts';

/** A PNG whose chunks are whole and in order. Its picture data is not inflated yet, so it may still be wrong. */
export interface Png {
  readonly header: PngHeader;
  /** The zlib stream: the contents of the IDAT chunks, in order. */
  readonly idat: readonly Uint8Array[];
  /** Three bytes a colour, where there is a PLTE chunk. */
  readonly palette: Uint8Array | undefined;
  /** The contents of the tRNS chunk, where there is one. */
  readonly transparency: Uint8Array | undefined;
  /** The file up to the end of IEND; what stands behind it is no part of the picture. */
  readonly file: Uint8Array;
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type and CRC around a chunk's data. */
const chunkFrameBytes = 12;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly byte: number;
}

/**
 * Reads the chunks of a PNG: their order, lengths and CRCs, the header against the limits, and that the compressed
 * data could hold the declared size. Nothing is allocated for pixels.
 * @throws UnreadablePicture
 */
export function parsePng(bytes: Uint8Array): Png {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkSignature(file);
  const found = new ChunkOrder();
  for (const chunk of chunksOf(file)) {
    found.add(chunk);
    if (chunk.type === 'IEND') {
      return found.finish(file.subarray(0, chunk.byte + chunkFrameBytes));
    }
  }
  throw new UnreadablePicture('it ends without its last chunk, IEND');
}

/** Whether a file says that it is a PNG; the rest of it may still be wrong. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return pngSignature.equals(bytes.subarray(0, pngSignature.length));
}

function checkSignature(file: Buffer): void {
  if (file.length === 0) {
    throw new UnreadablePicture('it is empty');
  }
  if (file.length > pictureLimits.fileBytes) {
    throw new UnreadablePicture(`its ${file.length} bytes are above the limit of ${pictureLimits.fileBytes}`);
  }
  if (hasPngSignature(file)) {
    return;
  }
  if (parsePointer(file) !== undefined) {
    throw new UnreadablePicture('it is a Git LFS pointer instead of the picture, which git lfs pull would bring');
  }
  throw new UnreadablePicture(`it is no PNG: it starts with the bytes ${file.toString('hex', 0, 8).replace(/..\B/g, '$& ')}`);
}

function* chunksOf(file: Buffer): Generator<Chunk> {
  let byte = pngSignature.length;
  while (byte < file.length) {
    if (file.length - byte < chunkFrameBytes) {
      throw new UnreadablePicture(`it ends within a chunk at byte ${byte}`);
    }
    const length = file.readUInt32BE(byte);
    const type = file.toString('latin1', byte + 4, byte + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) {
      throw new UnreadablePicture(`there is no chunk where one should start, at byte ${byte}`);
    }
    const end = byte + chunkFrameBytes + length;
    if (end > file.length) {
      throw new UnreadablePicture(`it ends within chunk ${type} at byte ${byte}`);
    }
    if (crc32(file.subarray(byte + 4, end - 4)) !== file.readUInt32BE(end - 4)) {
      throw new UnreadablePicture(`its CRC is wrong in chunk ${type} at byte ${byte}`);
    }
    yield { type, data: file.subarray(byte + 8, end - 4), byte };
    byte = end;
  }
}

/** Takes the chunks one after the other and holds them against the order that the specification asks for (5.6). */
class ChunkOrder {
  #header: PngHeader | undefined;
  #palette: Uint8Array | undefined;
  #transparency: Uint8Array | undefined;
  #idat: Buffer[] = [];
  #previous = '';

  add(chunk: Chunk): void {
    if ((this.#header === undefined) !== (chunk.type === 'IHDR')) {
      throw new UnreadablePicture(this.#header === undefined ? `its first chunk is ${chunk.type} instead of IHDR` : twice(chunk));
    }
    switch (chunk.type) {
      case 'IHDR':
        this.#header = parseHeader(chunk.data);
        break;
      case 'PLTE':
        this.#addPalette(chunk);
        break;
      case 'tRNS':
        this.#addTransparency(chunk);
        break;
      case 'IDAT':
        if (this.#idat.length > 0 && this.#previous !== 'IDAT') {
          throw new UnreadablePicture(`a chunk ${this.#previous} parts its picture data, at byte ${chunk.byte}`);
        }
        this.#idat.push(chunk.data);
        break;
      case 'IEND':
        break;
      default:
        // A capital first letter marks a chunk that a decoder must understand.
        if (/^[A-Z]/.test(chunk.type)) {
          throw new UnreadablePicture(`its chunk ${chunk.type} at byte ${chunk.byte} is unknown, and needed to decode it`);
        }
    }
    this.#previous = chunk.type;
  }

  finish(file: Uint8Array): Png {
    const header = this.#header;
    if (header === undefined || this.#idat.length === 0) {
      throw new UnreadablePicture('it holds no picture data');
    }
    if (header.colorType === colorType.palette && this.#palette === undefined) {
      throw new UnreadablePicture('its palette is missing');
    }
    const compressedBytes = this.#idat.reduce((sum, { length }) => sum + length, 0);
    checkDeflateRatio(compressedBytes, filteredBytes(header));
    return { header, idat: this.#idat, palette: this.#palette, transparency: this.#transparency, file };
  }

  #addPalette(chunk: Chunk): void {
    if (this.#palette !== undefined) {
      throw new UnreadablePicture(twice(chunk));
    }
    const entries = chunk.data.length / 3;
    if (!Number.isInteger(entries) || entries < 1 || entries > 256) {
      throw new UnreadablePicture(`its palette is ${chunk.data.length} bytes long`);
    }
    if (this.#idat.length > 0 || this.#transparency !== undefined) {
      throw new UnreadablePicture(`its palette comes too late, at byte ${chunk.byte}`);
    }
    this.#palette = chunk.data;
  }

  #addTransparency(chunk: Chunk): void {
    if (this.#transparency !== undefined) {
      throw new UnreadablePicture(twice(chunk));
    }
    if (this.#idat.length > 0) {
      throw new UnreadablePicture(`its tRNS chunk comes too late, at byte ${chunk.byte}`);
    }
    if (!this.#fitsTransparency(chunk.data.length)) {
      throw new UnreadablePicture(`its tRNS chunk at byte ${chunk.byte} does not fit its colour type`);
    }
    this.#transparency = chunk.data;
  }

  #fitsTransparency(length: number): boolean {
    switch (this.#header?.colorType) {
      case colorType.gray:
        return length === 2;
      case colorType.rgb:
        return length === 6;
      case colorType.palette:
        return length <= (this.#palette?.length ?? 0) / 3;
      default:
        return false;
    }
  }
}

function twice({ type, byte }: Chunk): string {
  return `its chunk ${type} comes twice, again at byte ${byte}`;
}
