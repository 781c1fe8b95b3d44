import { crc32, deflateSync } from 'node:zlib';
import type { ImageSource } from '../../../src/report/html/pictures.ts';

/** Pictures for the tests, drawn on the spot. */

export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: readonly [red: number, green: number, blue: number];
}

/** An RGB PNG of one colour with blocks on it. Written by hand, since pages of 15,000 rows are to be drawn quickly. */
export function drawPng(
  width: number,
  height: number,
  blocks: readonly Block[] = [],
  background: Block['color'] = [255, 255, 255],
): Uint8Array {
  const stride = 1 + width * 3;
  const rows = Buffer.alloc(height * stride);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.from(background))]);
  for (let y = 0; y < height; y++) {
    row.copy(rows, y * stride);
  }
  for (const { x, y, width: columns, height: lines, color } of blocks) {
    const line = Buffer.alloc(Math.min(columns, width - x) * 3, Buffer.from(color));
    for (let at = y; at < Math.min(y + lines, height); at++) {
      line.copy(rows, at * stride + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = deflateSync(rows, { level: 1 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** Pictures by their path. */
export function imageSource(
  pictures: Readonly<Record<string, Uint8Array>>,
  thumbnails: Readonly<Record<string, Uint8Array>> = {},
): ImageSource {
  return { read: async (path) => pictures[path], thumbnail: async (path) => thumbnails[path] };
}
