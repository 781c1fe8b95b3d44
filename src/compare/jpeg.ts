import type { Size } from '../basics/geometry.ts';
import { checkFileSize, checkSize, pictureLimits } from './limits.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Second bytes of JPEG's markers (ITU T.81, table B.1); the first is always 0xff. */
const marker = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  firstRestart: 0xd0,
  temporary: 0x01,
  fill: 0xff,
} as const;

/** Start of frame: 0xc0 to 0xcf, but for the three that define tables (0xc4, 0xcc) or an extension (0xc8). */
function startsFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

export function hasJpegSignature(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === marker.startOfImage && bytes[2] === 0xff;
}

/**
 * Reads a JPEG's structure from segment to segment: a frame header with a size, at least one scan with data, and the
 * end marker. The entropy-coded data is not decoded: JPEGs are reported and never compared, so no decoder is shipped.
 * @throws UnreadablePicture
 */
export function readJpegSize(bytes: Uint8Array): Size {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkFileSize(file.length);
  let size: Size | undefined;
  let scans = 0;
  for (const { code, data, byte } of segmentsOf(file)) {
    if (code === marker.endOfImage) {
      if (size === undefined || scans === 0) {
        throw new UnreadablePicture('it holds no picture data');
      }
      return size;
    }
    if (startsFrame(code)) {
      if (data.length < 6) {
        throw new UnreadablePicture(`its frame header at byte ${byte} is too short`);
      }
      size = { width: data.readUInt16BE(3), height: data.readUInt16BE(1) };
      checkSize(size);
    }
    if (code === marker.startOfScan) {
      scans += 1;
    }
  }
  throw new UnreadablePicture('it ends without its end marker');
}

interface Segment {
  readonly code: number;
  readonly data: Buffer;
  /** Where it starts, and where the next one does. */
  readonly byte: number;
  readonly end: number;
}

function* segmentsOf(file: Buffer): Generator<Segment> {
  let count = 0;
  for (let byte = skipFill(file, 2); byte + 2 <= file.length; count++) {
    if (count === pictureLimits.segments) {
      throw new UnreadablePicture(`it has more than ${pictureLimits.segments.toLocaleString('en-US')} segments`);
    }
    const segment = readSegment(file, byte);
    yield segment;
    byte = skipFill(file, segment.end);
  }
}

/** Any number of fill bytes may stand before a marker; where it starts. */
function skipFill(file: Buffer, from: number): number {
  let byte = from;
  while (file[byte] === 0xff && file[byte + 1] === marker.fill) {
    byte += 1;
  }
  return byte;
}

function readSegment(file: Buffer, byte: number): Segment {
  const [first, code] = [file.readUInt8(byte), file.readUInt8(byte + 1)];
  if (first !== 0xff) {
    throw new UnreadablePicture(`there is no segment where one should start, at byte ${byte}`);
  }
  if (isBare(code)) {
    return { code, data: file.subarray(0, 0), byte, end: byte + 2 };
  }
  const dataEnd = byte + 4 > file.length ? Infinity : byte + 2 + file.readUInt16BE(byte + 2);
  if (dataEnd < byte + 4 || dataEnd > file.length) {
    throw new UnreadablePicture(`it ends within a segment at byte ${byte}`);
  }
  const end = code === marker.startOfScan ? endOfScan(file, dataEnd) : dataEnd;
  return { code, data: file.subarray(byte + 4, dataEnd), byte, end };
}

/** Markers without data: restarts, start and end of image. */
function isBare(code: number): boolean {
  return code === marker.temporary || (code >= marker.firstRestart && code <= marker.endOfImage);
}

/** Where the entropy-coded data that starts at `from` ends: at the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(file: Buffer, from: number): number {
  // Byte by byte: a search for each 0xff would take long where there is nothing else.
  for (let byte = from; byte + 1 < file.length; byte++) {
    if (file[byte] === 0xff && endsScan(file[byte + 1] ?? 0)) {
      return byte;
    }
  }
  return file.length;
}

function endsScan(code: number): boolean {
  return code !== 0 && code !== marker.fill && !(code >= marker.firstRestart && code < marker.startOfImage);
}
