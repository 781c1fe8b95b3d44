import type { DecodedPicture } from '../decode.ts';
import { encodeIndexedPng, type Rgb } from '../png/encode-indexed.ts';

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
  readonly #stride: number;
  /** Rows as PNG has them: a byte that says "not filtered", then a byte a pixel. */
  readonly #pixels: Uint8Array;
  #rows = 0;

  /** @param height of all bands together */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#stride = 1 + width;
    this.#pixels = new Uint8Array(this.#stride * height);
  }

  /** Draws the band below the last one and returns its top row. */
  addBand({ kind, baselineTop, actualTop, rows }: Band, baseline: DecodedPicture, actual: DecodedPicture): number {
    const top = this.#rows;
    const { pixels } = kind === 'removed' ? baseline : actual;
    const from = (kind === 'removed' ? baselineTop : actualTop) * this.#width;
    for (let row = 0; row < rows; row++) {
      const to = (top + row) * this.#stride + 1;
      for (let x = 0; x < this.#width; x++) {
        this.#pixels[to + x] = firstShade[kind] + shadeOf(pixels, (from + row * this.#width + x) * 4);
      }
    }
    this.#rows += rows;
    return top;
  }

  /** Draws a differing pixel. */
  mark(x: number, y: number): void {
    this.#pixels[y * this.#stride + 1 + x] = palette.length - 1;
  }

  encode(): Promise<Uint8Array> {
    return encodeIndexedPng({ width: this.#width, height: this.#rows }, palette, [this.#pixels]);
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
