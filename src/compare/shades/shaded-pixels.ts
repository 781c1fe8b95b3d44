import type { Rect } from '../../basics/geometry.ts';

/** Rows of a picture with a bit for each pixel, the lowest of a byte first; rows without any are left out. */
export type BitRows = ReadonlyMap<number, Uint8Array>;

/** Remembers which pixels are shifted, a bit for each. */
export class ShadedPixels {
  readonly #rowBytes: number;
  readonly #rows = new Map<number, Uint8Array>();

  /** @param width in pixels */
  constructor(width: number) {
    this.#rowBytes = Math.ceil(width / 8);
  }

  /** Adds the pixels `start` to `end` (excluded) of row `y`. */
  add(y: number, start: number, end: number): void {
    const row = this.#rows.get(y) ?? new Uint8Array(this.#rowBytes);
    this.#rows.set(y, row);
    forBytes(start, end, (at, bits) => {
      row[at] = (row[at] as number) | bits;
    });
  }

  /** Those that lie in the areas, from top to bottom. */
  within(areas: readonly Rect[]): BitRows {
    const within = new Map<number, Uint8Array>();
    for (const [y, row] of this.#rows) {
      for (const area of areas) {
        if (y < area.y || y >= area.y + area.height) {
          continue;
        }
        const chosen = within.get(y) ?? new Uint8Array(this.#rowBytes);
        within.set(y, chosen);
        forBytes(area.x, area.x + area.width, (at, bits) => {
          chosen[at] = (chosen[at] as number) | ((row[at] as number) & bits);
        });
      }
    }
    return within;
  }
}

/** Calls `use` for each byte that holds any of the bits `start` to `end` (excluded), with those of them that it holds. */
function forBytes(start: number, end: number, use: (at: number, bits: number) => void): void {
  for (let at = start >> 3; at * 8 < end; at++) {
    const from = Math.max(start - at * 8, 0);
    const to = Math.min(end - at * 8, 8);
    use(at, (0xff << from) & (0xff >> (8 - to)));
  }
}

/** Calls `use` with the place of each bit that is set in a row. */
export function forBits(row: Uint8Array, use: (x: number) => void): void {
  for (let at = 0; at < row.length; at++) {
    for (let left = row[at] as number; left !== 0; left &= left - 1) {
      use(8 * at + 31 - Math.clz32(left & -left));
    }
  }
}
