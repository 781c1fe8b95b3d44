import { PNG } from 'pngjs';
import type { Rect } from '../../src/basics/geometry.ts';

export type Colour = readonly [red: number, green: number, blue: number];
export interface Block extends Rect {
  readonly colour: Colour;
}

const white: Colour = [255, 255, 255];

/** A white PNG with blocks of colour, drawn in order. */
export function drawPng(width: number, height: number, blocks: readonly Block[], background = white): Uint8Array {
  const png = new PNG({ width, height });
  for (const block of [{ x: 0, y: 0, width, height, colour: background }, ...blocks]) {
    for (let y = block.y; y < Math.min(block.y + block.height, height); y++) {
      for (let x = block.x; x < Math.min(block.x + block.width, width); x++) {
        png.data.set([...block.colour, 255], (y * width + x) * 4);
      }
    }
  }
  return new Uint8Array(PNG.sync.write(png, { colorType: 2 }));
}
