import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { createDeflate } from 'node:zlib';
import type { Size } from '../../basics/geometry.ts';
import { colorType } from './header.ts';
import { renderPng } from './render.ts';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Level 3 is four times as fast as the usual 6 and makes these pictures 10% larger. */
const deflateLevel = 3;

/** zlib's thread is asked once more for each further chunk of output, which costs more than a chunk that is not filled. */
const chunkBytes = 256 * 1024;

/** How much may wait for zlib's thread while the next rows are drawn. */
const waitingBytes = 512 * 1024;

/** Bytes of a row of a picture with four bits a pixel, its filter byte included. */
export function indexedStride(width: number): number {
  return 1 + Math.ceil(width / 2);
}

/**
 * A PNG of at most 256 colours. Up to 16 take four bits a pixel, half the data to deflate and to keep.
 * @param slabs whole rows of `indexedStride(width)` bytes, or of `1 + width` with more than 16 colours; the first byte
 *   of each is 0 for "not filtered"
 */
export async function encodeIndexedPng(
  { width, height }: Size,
  palette: readonly Rgb[],
  slabs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array> {
  const bitDepth = palette.length > 16 ? 8 : 4;
  return new Uint8Array(
    renderPng({
      header: { width, height, bitDepth, colorType: colorType.palette, interlaced: false },
      palette: Buffer.from(palette.flat()),
      transparency: undefined,
      idat: [await deflate(slabs)],
    }),
  );
}

async function deflate(slabs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const stream = createDeflate({ level: deflateLevel, chunkSize: chunkBytes });
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  for await (const slab of slabs) {
    stream.write(slab);
    if (stream.writableLength > waitingBytes) {
      await once(stream, 'drain');
    }
    // The thread is given the next slab only between two turns of the event loop.
    else {
      await setImmediate();
    }
  }
  stream.end();
  await once(stream, 'end');
  return Buffer.concat(pieces);
}
