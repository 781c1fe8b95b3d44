import type { Pixels } from '../decode-checked.ts';
import { encodePalette, type Rgb } from './encode-palette.ts';

import type { Band } from './pair-rows.ts';

/** Shades of each tint, enough to see what is there. */
const shades = 64;
/** Of the darkest shade to white: the picture steps back behind what is drawn on it. */
const fade = 0.4;

const tints = {
  equal: [255, 255, 255],
  paired: [255, 255, 255],
  inserted: [196, 240, 200],
  removed: [255, 221, 180],
} as const satisfies Record<Band['kind'], Rgb>;
const differing: Rgb = [230, 0, 0];

const palette: readonly Rgb[] = [
  ...(['equal', 'inserted', 'removed'] as const).flatMap((kind) => shadesOf(tints[kind])),
  differing,
];
const firstShade = { equal: 0, paired: 0, inserted: shades, removed: shades * 2 } as const satisfies Record<Band['kind'], number>;

/** The picture of both pages laid on each other, band by band from top to bottom. */
export class AlignedPicture {
  readonly #width: number;
  readonly #pixels: Uint8Array;
  #rows = 0;

  /** @param height of all bands together */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#pixels = new Uint8Array(width * height);
  }

  /** Draws the band below the last one and returns its top row. */
  addBand({ kind, baselineTop, actualTop, rows }: Band, baseline: Pixels, actual: Pixels): number {
    const top = this.#rows;
    const { pixels } = kind === 'removed' ? baseline : actual;
    const from = (kind === 'removed' ? baselineTop : actualTop) * this.#width;
    for (let at = 0; at < rows * this.#width; at++) {
      this.#pixels[top * this.#width + at] = firstShade[kind] + shadeOf(pixels, (from + at) * 4);
    }
    this.#rows += rows;
    return top;
  }

  /** Draws a differing pixel. */
  mark(x: number, y: number): void {
    this.#pixels[y * this.#width + x] = palette.length - 1;
  }

  encode(): Uint8Array {
    return encodePalette({ width: this.#width, height: this.#rows }, this.#pixels, palette);
  }
}

/** The pixel's luma (ITU-R BT.601) as a shade. */
function shadeOf(pixels: Uint8Array, at: number): number {
  const luma = (pixels[at] as number) * 0.299 + (pixels[at + 1] as number) * 0.587 + (pixels[at + 2] as number) * 0.114;
  return Math.floor((luma / 256) * shades);
}

function shadesOf(tint: Rgb): Rgb[] {
  return Array.from({ length: shades }, (_, shade) => {
    const light = 1 - fade * (1 - shade / (shades - 1));
    return [Math.round(tint[0] * light), Math.round(tint[1] * light), Math.round(tint[2] * light)];
  });
}
