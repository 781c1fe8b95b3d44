import pixelmatch from 'pixelmatch';
import type { Band } from './bands.ts';

/** How pixels are compared; see pixelmatch. */
export interface Strictness {
  readonly threshold: number;
  readonly includeAntiAliasing: boolean;
}

/** Told of each row with differing pixels, from top to bottom: a bit for each pixel, the lowest of a byte first, for the moment only. */
export type OnRow = (y: number, diffPixels: number, bits: Uint8Array) => void;

/** The same rows of two pictures as RGBA pixels without gaps, aligned to 4 bytes, and as much room for pixelmatch's answer. */
export interface Piece {
  readonly rows: Band;
  readonly baseline: Uint8Array;
  readonly actual: Uint8Array;
  readonly answer: Uint8Array;
}

/** Told of each piece that is judged, and which of its rows count, from top to bottom; good for the moment only. */
export type OnPiece = (piece: Piece, inner: Band) => void;

/** Asks pixelmatch which pixels differ, and tells it row by row. */
export class PixelJudge {
  readonly #width: number;
  readonly #options: { readonly threshold: number; readonly includeAA: boolean; readonly diffMask: true };
  readonly #onRow: OnRow;
  readonly #onPiece: OnPiece | undefined;
  readonly #bits: Uint8Array;

  /** @param width of the rows, in pixels */
  constructor(width: number, { threshold, includeAntiAliasing }: Strictness, onRow: OnRow, onPiece?: OnPiece) {
    this.#width = width;
    this.#options = { threshold, includeAA: includeAntiAliasing, diffMask: true };
    this.#onRow = onRow;
    this.#onPiece = onPiece;
    this.#bits = new Uint8Array(Math.ceil(width / 8));
  }

  /** Judges a piece and tells of its `inner` rows; the others are there for pixelmatch to look at. */
  judge(piece: Piece, inner: Band): void {
    this.#onPiece?.(piece, inner);
    const { rows, baseline, actual, answer } = piece;
    answer.fill(0);
    const differing = pixelmatch(baseline, actual, answer, this.#width, rows.bottom - rows.top, this.#options);
    if (differing === 0) {
      return;
    }
    // A mask: what does not differ is left as it was.
    const mask = new Uint32Array(answer.buffer, answer.byteOffset, answer.length / 4);
    for (let y = inner.top; y < inner.bottom; y++) {
      this.#tell(y, mask, (y - rows.top) * this.#width);
    }
  }

  #tell(y: number, mask: Uint32Array, start: number): void {
    const bits = this.#bits.fill(0);
    let diffPixels = 0;
    for (let x = 0; x < this.#width; x++) {
      if (mask[start + x] === 0) {
        continue;
      }
      bits[x >> 3] = (bits[x >> 3] as number) | (1 << (x & 7));
      diffPixels += 1;
    }
    if (diffPixels > 0) {
      this.#onRow(y, diffPixels, bits);
    }
  }
}
