import { describeOther, formatOf, png } from '../formats.ts';
import { checkDeflateRatio, checkFileSize, pictureLimits } from '../limits.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { type Frame, isAncillary, readChunk } from './chunks.ts';
import { Damage } from './damage.ts';
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
  /** What is wrong with it and does not matter, so far. */
  readonly damage: Damage;
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Chunk = Extract<Frame, { kind: 'chunk' }>;

/**
 * Reads the chunks of a PNG: their order, lengths and CRCs, the header against the limits, and that the compressed
 * data could hold the declared size. Nothing is allocated for pixels.
 *
 * What browsers and libpng both read is read: of chunks that a picture can do without and of all that comes behind its data,
 * what is broken is left out, and told as damage. What they refuse, or make different pictures of, is refused.
 * @throws UnreadablePicture
 */
export function parsePng(bytes: Uint8Array): Png {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkSignature(file);
  const found = new FoundChunks();
  let count = 0;
  for (let byte = pngSignature.length; byte < file.length; count++) {
    if (count === pictureLimits.chunks) {
      throw new UnreadablePicture(`it has more than ${pictureLimits.chunks.toLocaleString('en-US')} chunks`);
    }
    const frame = readChunk(file, byte);
    const next = frame.kind === 'chunk' ? found.add(frame) : found.skipBroken(frame);
    if (next === 'end') {
      return found.finish();
    }
    byte = next;
  }
  found.endWithoutEnd();
  return found.finish();
}

function checkSignature(file: Buffer): void {
  checkFileSize(file.length);
  if (formatOf(file) !== png) {
    throw new UnreadablePicture(describeOther(file));
  }
}

/** Where the next chunk starts, or that the picture ends here. */
type Next = number | 'end';

/** Takes the chunks one after the other and holds them against the order that the specification asks for (5.6). */
class FoundChunks {
  readonly #damage = new Damage();
  #header: PngHeader | undefined;
  #palette: Uint8Array | undefined;
  #transparency: Uint8Array | undefined;
  readonly #idat: Buffer[] = [];
  #previous = '';

  add(chunk: Chunk): Next {
    if (chunk.type === 'IEND') {
      return 'end';
    }
    if (this.#header === undefined && chunk.type !== 'IHDR') {
      throw new UnreadablePicture(`its first chunk is ${chunk.type} instead of IHDR`);
    }
    if (this.#isBehindData(chunk.type)) {
      this.#addBehindData(chunk);
    } else {
      this.#addInOrder(chunk);
      this.#previous = chunk.type;
    }
    return chunk.end;
  }

  /** @throws UnreadablePicture when the picture cannot do without it. */
  skipBroken({ type, reason, end }: Extract<Frame, { kind: 'broken' }>): Next {
    if (end !== undefined && this.#header !== undefined && isAncillary(type)) {
      this.#damage.add(reason);
      this.#previous = type;
      return end;
    }
    if (!this.#isBehindData(type)) {
      throw new UnreadablePicture(reason);
    }
    this.#damage.add(reason);
    return 'end';
  }

  /** The file is over, and there was no IEND. */
  endWithoutEnd(): void {
    const reason = 'it ends without its last chunk, IEND';
    if (this.#idat.length === 0) {
      throw new UnreadablePicture(reason);
    }
    this.#damage.add(reason);
  }

  finish(): Png {
    const header = this.#header;
    if (header === undefined || this.#idat.length === 0) {
      throw new UnreadablePicture('it holds no picture data');
    }
    if (header.colorType === colorType.palette && this.#palette === undefined) {
      throw new UnreadablePicture('its palette is missing');
    }
    const compressedBytes = this.#idat.reduce((sum, { length }) => sum + length, 0);
    checkDeflateRatio(compressedBytes, filteredBytes(header));
    return {
      header,
      idat: this.#idat,
      palette: this.#palette,
      transparency: this.#transparency,
      damage: this.#damage,
    };
  }

  #isBehindData(type: string): boolean {
    return this.#idat.length > 0 && !(type === 'IDAT' && this.#previous === 'IDAT');
  }

  /** The picture is over by now, so nothing that comes can change it. */
  #addBehindData({ type, byte }: Chunk): void {
    if (type === 'IDAT') {
      this.#damage.add(`a chunk ${this.#previous} parts its picture data, at byte ${byte}`);
      return;
    }
    if (!isAncillary(type) || type === 'tRNS') {
      this.#damage.add(`its chunk ${type} comes too late, at byte ${byte}`);
    }
    this.#previous = type;
  }

  #addInOrder(chunk: Chunk): void {
    switch (chunk.type) {
      case 'IHDR':
        if (this.#header !== undefined) {
          throw new UnreadablePicture(twice(chunk));
        }
        this.#header = parseHeader(chunk.data);
        break;
      case 'PLTE':
        this.#addPalette(chunk);
        break;
      case 'tRNS':
        this.#addTransparency(chunk);
        break;
      case 'IDAT':
        this.#idat.push(chunk.data);
        break;
      default:
        if (!isAncillary(chunk.type)) {
          throw new UnreadablePicture(`its chunk ${chunk.type} at byte ${chunk.byte} is unknown, and needed to decode it`);
        }
    }
  }

  #addPalette(chunk: Chunk): void {
    if (this.#palette !== undefined) {
      throw new UnreadablePicture(twice(chunk));
    }
    if (this.#transparency !== undefined) {
      throw new UnreadablePicture(`its palette comes too late, at byte ${chunk.byte}`);
    }
    const entries = chunk.data.length / 3;
    if (Number.isInteger(entries) && entries >= 1 && entries <= 256) {
      this.#palette = chunk.data;
      return;
    }
    const reason = `its palette is ${chunk.data.length} bytes long`;
    // To pictures of other kinds it is a mere suggestion.
    if (this.#header?.colorType === colorType.palette) {
      throw new UnreadablePicture(reason);
    }
    this.#damage.add(reason);
  }

  #addTransparency(chunk: Chunk): void {
    const isPalette = this.#header?.colorType === colorType.palette;
    if (this.#transparency !== undefined) {
      this.#damage.add(twice(chunk));
    } else if (this.#fitsTransparency(chunk.data.length)) {
      this.#transparency = chunk.data;
    } else if (isPalette && this.#palette !== undefined) {
      // Browsers take as much of it as there are colours, libpng none.
      throw new UnreadablePicture(unfitting(chunk));
    } else {
      this.#damage.add(unfitting(chunk));
    }
  }

  #fitsTransparency(length: number): boolean {
    switch (this.#header?.colorType) {
      case colorType.gray:
        return length === 2;
      case colorType.rgb:
        return length === 6;
      case colorType.palette:
        return this.#palette !== undefined && length <= this.#palette.length / 3;
      default:
        return false;
    }
  }
}

function twice({ type, byte }: Chunk): string {
  return `its chunk ${type} comes twice, again at byte ${byte}`;
}

function unfitting({ byte }: Chunk): string {
  return `its tRNS chunk at byte ${byte} does not fit its colour type`;
}
