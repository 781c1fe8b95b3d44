import { crc32, deflateSync } from 'node:zlib';
import type { Size } from '../report/model.ts';
import { decodePng, type Picture } from './decode.ts';
import { UnreadablePicture } from './unreadable.ts';

/**
 * A small PNG of the upper part of a picture: its whole width on `size.width` pixels, at most `size.height` rows.
 * Undefined when the file cannot be decoded. Takes the bytes of a PNG, and gives some 2 to 8 kB for a page.
 */
export function renderThumbnail(bytes: Uint8Array, size: Size): Uint8Array | undefined {
  try {
    return encodePalette(shrink(decodePng(bytes), size));
  } catch (error) {
    if (error instanceof UnreadablePicture) return undefined;
    throw error;
  }
}

/** Averages the pixels that fall on each pixel of the thumbnail. Never enlarges. */
function shrink({ width, height, pixels }: Picture, size: Size): Picture {
  const ratio = Math.max(width / size.width, 1);
  const small = { width: Math.round(width / ratio), height: Math.max(1, Math.min(Math.round(height / ratio), size.height)) };
  const out = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y++) {
    const top = Math.floor(y * ratio);
    const bottom = Math.min(Math.max(Math.floor((y + 1) * ratio), top + 1), height);
    for (let x = 0; x < small.width; x++) {
      const left = Math.floor(x * ratio);
      const right = Math.min(Math.max(Math.floor((x + 1) * ratio), left + 1), width);
      averageBlock(pixels, width, { left, right, top, bottom }, out, (y * small.width + x) * 4);
    }
  }
  return { ...small, pixels: out };
}

interface Block {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Every second row and column is enough to tell a page by. */
const sampleStep = 2;

function averageBlock(pixels: Uint8Array, width: number, { left, right, top, bottom }: Block, out: Uint8Array, at: number): void {
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = top; y < bottom; y += sampleStep) {
    for (let x = left; x < right; x += sampleStep) {
      const from = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        sums[channel] = (sums[channel] ?? 0) + (pixels[from + channel] ?? 0);
      }
      count++;
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    out[at + channel] = Math.round((sums[channel] ?? 0) / count);
  }
  out[at + 3] = 255;
}

/** Steps of red, green and blue in the fixed palette; the eye tells greens apart best. */
const steps = [6, 7, 6] as const;

/** 8-bit palette PNG without filters: a quarter of the size of RGB, which is what counts in a page of a thousand. */
function encodePalette({ width, height, pixels }: Picture): Uint8Array {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      rows[y * (width + 1) + 1 + x] = nearestColor(pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearestColor(red: number, green: number, blue: number): number {
  const [r, g, b] = steps;
  const level = (value: number, count: number): number => Math.round((value / 255) * (count - 1));
  return (level(red, r) * g + level(green, g)) * b + level(blue, b);
}

const palette = Buffer.from(
  Array.from({ length: steps[0] * steps[1] * steps[2] }, (_, index) => {
    const [r, g, b] = steps;
    const level = (value: number, count: number): number => Math.round((value / (count - 1)) * 255);
    return [level(Math.floor(index / (g * b)), r), level(Math.floor(index / b) % g, g), level(index % b, b)];
  }).flat(),
);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
