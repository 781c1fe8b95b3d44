import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { reasonOf } from '../errors/user-error.ts';
import type { Size } from '../report/model.ts';
import { checkHeldWhole } from './limits.ts';
import { checkFilterTypes } from './png/filtered-data.ts';
import { filteredBytes, passesOf } from './png/header.ts';
import { inflateProblem } from './png/inflate.ts';
import { type Png, parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Width × height × RGBA bytes. */
export interface Picture extends Size {
  readonly pixels: Uint8Array;
}

/**
 * A PNG as one picture in memory, decoded by pngjs. pngjs hangs, expands without bound or dies on hostile data, so it
 * sees only what was checked before: chunks and CRCs, the size, and that the data inflates to just that size.
 *
 * 16-bit samples are brought to 8 bits, up to ±1 from what libpng makes of them, and the colour of pixels that a tRNS chunk
 * makes transparent is zeroed; both hold for each of two pictures alike.
 * @throws UnreadablePicture
 */
export function decodePng(bytes: Uint8Array): Picture {
  return decodeParsed(parsePng(bytes));
}

/** As `decodePng`, for a file whose chunks were read before. */
export function decodeParsed(png: Png): Picture {
  checkHeldWhole(png.header);
  checkWholeData(png);
  const { buffer, byteOffset, byteLength } = png.file;
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(buffer, byteOffset, byteLength));
    return { width, height, pixels: data };
  } catch (error) {
    throw new UnreadablePicture(`it cannot be decoded (${reasonOf(error)})`);
  }
}

function checkWholeData({ header, idat }: Png): void {
  const filtered = inflateAtOnce(Buffer.concat(idat), filteredBytes(header));
  let start = 0;
  for (const { rows, stride } of passesOf(header)) {
    checkFilterTypes(filtered.subarray(start, start + rows * stride), stride);
    start += rows * stride;
  }
}

function inflateAtOnce(data: Buffer, expected: number): Buffer {
  // One output buffer of the size needed, with a byte to spare that tells when there is more.
  const room = Math.max(expected + 1, 64);
  let inflated: Buffer;
  try {
    inflated = inflateSync(data, { chunkSize: room, maxOutputLength: room });
  } catch (error) {
    throw inflateProblem(error);
  }
  if (inflated.length < expected) throw new UnreadablePicture('its picture data is shorter than its size needs');
  if (inflated.length > expected) throw new UnreadablePicture('its picture data is longer than its size allows');
  return inflated;
}
