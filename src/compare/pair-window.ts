import type { Size } from '../results/model.ts';
import { type Address, evenBytes, type Kernel } from './kernel/kernel.ts';
import { rowsWithin } from './limits.ts';
import type { Mask } from './mask.ts';
import { type Picture, type RowReader, skipRows, strideOf } from './picture/picture.ts';

/** Two pictures and how they are compared. */
export interface RowComparison {
  readonly baseline: Picture;
  readonly actual: Picture;
  /** What both have, in pixels. */
  readonly area: Size;
  readonly threshold: number;
  readonly includeAntiAliasing: boolean;
  readonly mask: Mask;
  /** How much of each file's rows is held at a time; the result does not depend on it. */
  readonly slabBytes?: number;
}

/** Told of each row with differing pixels, from top to bottom. `bits` hold for the moment only. */
export type OnRow = (y: number, diffPixels: number, bits: Uint8Array) => void;

/** pixelmatch looks two rows up and two rows down from the one it compares. */
const reach = 2;

/**
 * Rows of a slab stand below those that must stay from before: the last ones that wait for the rows below them, and the
 * ones that these need above.
 */
const kept = 2 * reach;

/**
 * Compares the area that two pictures have in common, from top to bottom, holding a slab of rows of each at a time. The
 * second picture is unfiltered only where its filtered row differs or the row above does. What one has beyond the area is
 * read for its data to be checked.
 * @throws UnreadablePicture
 */
export function compareRows(kernel: Kernel, comparison: RowComparison, onRow: OnRow): void {
  const window = new PairWindow(kernel, comparison);
  const { height } = comparison.area;
  for (let y = 0; y < height; y += window.slabRows) {
    window.read(Math.min(window.slabRows, height - y));
    window.compare(onRow);
  }
  window.finish();
}

/** One picture's part of the window: where its rows are in the kernel's memory. */
class Side {
  readonly picture: Picture;
  readonly rows: RowReader;
  /** Bytes of a row as the file has it. */
  readonly stride: number;
  /** A slab as it comes from the file. */
  filtered: Address = 0;
  /** The kept rows, then the slab, as RGBA. */
  readonly pixels: Address;
  /** The last row of the slab before, not masked, which the first row of the next one builds on. */
  readonly above: Address;

  constructor(kernel: Kernel, picture: Picture, slabRows: number, rowBytes: number) {
    this.picture = picture;
    this.rows = picture.start(kernel, slabRows);
    this.stride = strideOf(picture);
    this.pixels = kernel.reserve((kept + slabRows) * rowBytes);
    this.above = kernel.reserve(rowBytes);
    kernel.fill(this.above, rowBytes, 0);
  }

  filteredAt(row: number): Address {
    return this.filtered + row * this.stride;
  }
}

class PairWindow {
  /** Rows of a full slab. */
  readonly slabRows: number;
  readonly #kernel: Kernel;
  readonly #area: Size;
  readonly #mask: Mask;
  readonly #baseline: Side;
  readonly #actual: Side;
  readonly #bits: Address;
  /** For each row of the window, 1 when the pictures differ there, masks left out. */
  readonly #differs: Uint8Array;
  /** Bytes of a row of pixels. */
  readonly #rowBytes: number;
  /** Which row of the pictures the window's first one is; negative at the start, where there is nothing to keep. */
  #top = -kept;
  /** Rows of the current slab. */
  #rows = 0;
  /** Rows up to here are compared. */
  #compared = 0;

  constructor(kernel: Kernel, { baseline, actual, area, threshold, includeAntiAliasing, mask, slabBytes }: RowComparison) {
    this.slabRows = Math.min(area.height, rowsWithin(Math.max(strideOf(baseline), strideOf(actual)), slabBytes));
    this.#rowBytes = area.width * 4;
    this.#baseline = new Side(kernel, baseline, this.slabRows, this.#rowBytes);
    this.#actual = new Side(kernel, actual, this.slabRows, this.#rowBytes);
    this.#bits = kernel.reserve(bitBytes(area.width));
    this.#differs = new Uint8Array(kept + this.slabRows);
    this.#area = area;
    this.#mask = mask;
    this.#kernel = kernel;
    const even = kernel.reserve(evenBytes(area.width));
    kernel.call.setComparison(area.width, area.height, threshold, includeAntiAliasing ? 1 : 0, even);
  }

  /** Moves on to the next `rows` rows. */
  read(rows: number): void {
    const sides = [this.#baseline, this.#actual];
    for (const side of sides) {
      side.filtered = side.rows.read(rows);
      this.#kernel.copy(side.pixels, side.pixels + this.#rows * this.#rowBytes, kept * this.#rowBytes);
    }
    this.#differs.copyWithin(0, this.#rows, this.#rows + kept);
    this.#top += this.#rows;
    this.#rows = rows;
    for (let row = 0; row < rows; row++) this.#unfilter(row);
    for (const side of sides) this.#kernel.copy(side.above, this.#pixelsAt(side, rows - 1), this.#rowBytes);
    for (let row = 0; row < rows; row++) this.#applyMask(row);
  }

  /** Compares every row that has all the rows it needs below it. */
  compare(onRow: OnRow): void {
    const bottom = this.#top + kept + this.#rows;
    const end = bottom === this.#area.height ? bottom : bottom - reach;
    for (; this.#compared < end; this.#compared++) {
      if (this.#differs[this.#compared - this.#top] === 1) this.#compareRow(this.#compared, onRow);
    }
  }

  /** Reads both pictures to their ends. */
  finish(): void {
    for (const { picture, rows } of [this.#baseline, this.#actual]) {
      skipRows(rows, picture.size.height - this.#area.height, this.slabRows);
      rows.finish();
    }
  }

  #compareRow(y: number, onRow: OnRow): void {
    const bytes = bitBytes(this.#area.width);
    this.#kernel.fill(this.#bits, bytes, 0);
    const at = (y - this.#top) * this.#rowBytes;
    const diffPixels = this.#kernel.call.compareRow(this.#baseline.pixels + at, this.#actual.pixels + at, y, this.#bits);
    if (diffPixels > 0) onRow(y, diffPixels, this.#kernel.view(this.#bits, bytes));
  }

  /** Makes a row of the slab pixels in both pictures. */
  #unfilter(row: number): void {
    const [a, b] = [this.#baseline, this.#actual];
    this.#unfilterRow(a, row);
    const sameAbove = this.#differs[kept + row - 1] === 0;
    if (sameAbove && this.#hasSameData(row)) {
      this.#kernel.copy(this.#pixelsAt(b, row), this.#pixelsAt(a, row), this.#rowBytes);
      this.#differs[kept + row] = 0;
    } else {
      this.#unfilterRow(b, row);
      this.#differs[kept + row] = 1 - this.#kernel.call.areEqual(this.#pixelsAt(a, row), this.#pixelsAt(b, row), this.#rowBytes);
    }
  }

  /** Filters build on what is to the left and above, so equal data below an equal row are equal pixels. */
  #hasSameData(row: number): boolean {
    const [a, b] = [this.#baseline, this.#actual];
    const { bytesPerPixel } = a.picture;
    if (bytesPerPixel !== b.picture.bytesPerPixel) return false;
    return this.#kernel.call.areEqual(a.filteredAt(row), b.filteredAt(row), 1 + this.#area.width * bytesPerPixel) === 1;
  }

  #unfilterRow(side: Side, row: number): void {
    const above = row === 0 ? side.above : this.#pixelsAt(side, row - 1);
    const out = this.#pixelsAt(side, row);
    this.#kernel.call.unfilterRow(side.filteredAt(row), side.picture.bytesPerPixel, this.#area.width, above, out);
  }

  /** A masked pixel takes the baseline's colour in both pictures. */
  #applyMask(row: number): void {
    for (const { start, end } of this.#mask.spansAt(this.#top + kept + row)) {
      const pixels = Math.min(end, this.#area.width) - start;
      if (pixels > 0)
        this.#kernel.copy(
          this.#pixelsAt(this.#actual, row) + start * 4,
          this.#pixelsAt(this.#baseline, row) + start * 4,
          pixels * 4,
        );
    }
  }

  #pixelsAt({ pixels }: Side, row: number): Address {
    return pixels + (kept + row) * this.#rowBytes;
  }
}

/** Bytes that hold a bit for each of `pixels`. */
function bitBytes(pixels: number): number {
  return Math.ceil(pixels / 8);
}
