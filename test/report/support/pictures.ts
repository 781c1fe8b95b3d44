import { PNG } from 'pngjs';
import type { ImageSource } from '../../../src/report/html/pictures.ts';

/** Pictures for the tests, drawn on the spot. */

export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: readonly [red: number, green: number, blue: number];
}

/** A PNG of one colour with blocks on it. */
export function drawPng(
  width: number,
  height: number,
  blocks: readonly Block[] = [],
  background: Block['color'] = [255, 255, 255],
): Uint8Array {
  const png = new PNG({ width, height });
  fill(png, { x: 0, y: 0, width, height, color: background });
  for (const block of blocks) {
    fill(png, block);
  }
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 1, filterType: 0 });
}

function fill(png: PNG, { x, y, width, height, color }: Block): void {
  for (let row = y; row < Math.min(y + height, png.height); row++) {
    for (let column = x; column < Math.min(x + width, png.width); column++) {
      const at = (row * png.width + column) * 4;
      png.data[at] = color[0];
      png.data[at + 1] = color[1];
      png.data[at + 2] = color[2];
      png.data[at + 3] = 255;
    }
  }
}

/** Pictures by their path. */
export function imageSource(
  pictures: Readonly<Record<string, Uint8Array>>,
  thumbnails?: Readonly<Record<string, Uint8Array>>,
): ImageSource {
  return {
    read: async (path) => pictures[path],
    ...(thumbnails === undefined ? {} : { thumbnail: async (path: string) => thumbnails[path] }),
  };
}
