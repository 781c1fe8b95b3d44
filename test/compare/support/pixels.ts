import pixelmatch from 'pixelmatch';
import type { Rect } from '../../../src/basics/geometry.ts';
import { writePng } from './write-png.ts';

/** Width × height × RGBA bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

export interface Encoding {
  readonly colorType: 2 | 6;
  readonly filter: (row: number) => number;
  readonly idatBytes?: number;
}

/** The pixels as a PNG; RGB drops the alpha. */
export function encode({ width, height, rgba }: Pixels, encoding: Encoding = { colorType: 6, filter: () => 0 }): Buffer {
  const count = encoding.colorType === 2 ? 3 : 4;
  const samples = (x: number, y: number) => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + count)];
  return writePng({ width, height, bitDepth: 8, level: 1, samples, ...encoding });
}

export function isOpaque({ rgba }: Pixels): boolean {
  return rgba.every((sample, index) => index % 4 !== 3 || sample === 255);
}

export function crop({ width, rgba }: Pixels, size: { width: number; height: number }): Pixels {
  const cropped = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    cropped.set(rgba.subarray(y * width * 4, (y * width + size.width) * 4), y * size.width * 4);
  }
  return { ...size, rgba: cropped };
}

/** Which pixels of two pictures of one size differ, as whole-picture pixelmatch says. */
export function oracleDiff(a: Pixels, b: Pixels, options: { threshold: number; includeAA: boolean }): boolean[] {
  const { width, height } = a;
  const output = new Uint8Array(a.rgba.length);
  const count = pixelmatch(a.rgba, b.rgba, output, width, height, { ...options, diffMask: true, diffColor: [255, 0, 0] });
  const differs = Array.from({ length: width * height }, (_, index) => output[index * 4 + 3] === 255);
  if (differs.filter(Boolean).length !== count) {
    throw new Error('pixelmatch drew something else than it counted');
  }
  return differs;
}

/** The other picture with the base's colours where a device pixel lies in one of the rectangles. */
export function maskedLike(base: Pixels, other: Pixels, rects: readonly Rect[]): Pixels {
  const rgba = other.rgba.slice();
  for (let index = 0; index < other.width * other.height; index++) {
    if (isWithin(index % other.width, Math.floor(index / other.width), rects)) {
      rgba.set(base.rgba.subarray(index * 4, index * 4 + 4), index * 4);
    }
  }
  return { ...other, rgba };
}

/** Whether any part of the device pixel lies in one of the rectangles, which are in device pixels here. */
export function isWithin(x: number, y: number, rects: readonly Rect[]): boolean {
  return rects.some((rect) => x + 1 > rect.x && x < rect.x + rect.width && y + 1 > rect.y && y < rect.y + rect.height);
}
