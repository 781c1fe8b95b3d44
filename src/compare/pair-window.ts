import type { Size } from '../basics/geometry.ts';
import type { Band } from './bands.ts';
import type { Address, Kernel } from './kernel/kernel.ts';
import { rowsWithin } from './limits.ts';
import type { Mask } from './mask.ts';
import { type Picture, strideOf } from './picture/picture.ts';
import type { Which } from './unreadable.ts';
import { kept, WindowSide } from './window-side.ts';

/** Two pictures that are read side by side. */
export interface PicturePair {
  readonly baseline: Picture;
  readonly actual: Picture;
  /** What both have, in pixels. */
  readonly area: Size;
  readonly mask: Mask;
  /** Told of each row of the actual picture, whole and not masked, from top to bottom. */
  readonly onActualRow?: (y: number, pixels: Address) => void;
  /** How much of each file's rows is held at a time; the result does not depend on it. */
  readonly slabBytes?: number;
}

/**
 * Reads the area that two pictures have in common from top to bottom, holding a slab of rows of each at a time, and says
 * which rows differ. The second picture is unfiltered only where its filtered row differs or the row above does.
 */
export class PairWindow {
  /** Most rows that can be had at once. */
  readonly mostRows: number;
  readonly #slabRows: number;
  readonly #kernel: Kernel;
  readonly #pair: PicturePair;
  readonly #baseline: WindowSide;
  readonly #actual: WindowSide;
  /** For each row of the window, 1 when the pictures differ there: as they are, and with the masks applied. */
  readonly #differs: Uint8Array;
  readonly #differsUnmasked: Uint8Array;
  /** Which row of the pictures the slab's first one is, and rows of the slab. */
  #slabTop = 0;
  #rows = 0;

  constructor(kernel: Kernel, pair: PicturePair) {
    const { baseline, actual, area } = pair;
    this.#slabRows = Math.min(area.height, rowsWithin(Math.max(strideOf(baseline), strideOf(actual)), pair.slabBytes));
    this.mostRows = kept + this.#slabRows;
    this.#baseline = new WindowSide(kernel, baseline, this.#slabRows);
    this.#actual = new WindowSide(kernel, actual, this.#slabRows);
    this.#differs = new Uint8Array(this.mostRows);
    this.#differsUnmasked = new Uint8Array(this.mostRows);
    this.#pair = pair;
    this.#kernel = kernel;
  }

  /** The row below the last one that was read. */
  get bottom(): number {
    return this.#slabTop + this.#rows;
  }

  /**
   * Moves on to the next rows of the area. The last ones of those before stay to be had, twice as many as pixelmatch reaches.
   * @throws UnreadablePicture
   */
  read(): void {
    const rows = Math.min(this.#slabRows, this.#pair.area.height - this.bottom);
    for (const flags of [this.#differs, this.#differsUnmasked]) {
      flags.copyWithin(0, this.#rows, this.#rows + kept);
    }
    this.#readSlab([this.#baseline, this.#actual], rows);
    for (let row = 0; row < rows; row++) {
      this.#unfilter(row);
    }
    for (const side of [this.#baseline, this.#actual]) {
      side.keepLast(rows);
    }
    for (let row = 0; row < rows; row++) {
      this.#applyMask(row);
    }
  }

  /** Whether the pictures differ in row `y` where it is not masked. */
  differs(y: number): boolean {
    return this.#differs[kept + y - this.#slabTop] === 1;
  }

  /** Rows of the area in one picture, aligned and without gaps, a masked pixel having the baseline's colour. Good until the next read. */
  pixels(which: Which, { top, bottom }: Band): Uint8Array {
    const side = this.#side(which);
    const rowBytes = this.#pair.area.width * 4;
    const start = side.pixelsAt(top - this.#slabTop);
    if (side.rowBytes === rowBytes) {
      return this.#kernel.view(start, (bottom - top) * rowBytes);
    }
    const cropped = new Uint8Array((bottom - top) * rowBytes);
    for (let row = 0; row < bottom - top; row++) {
      cropped.set(this.#kernel.view(start + row * side.rowBytes, rowBytes), row * rowBytes);
    }
    return cropped;
  }

  /** Whether no pixel of these rows is translucent in a picture. */
  isOpaque(which: Which, { top, bottom }: Band): boolean {
    const side = this.#side(which);
    if (side.picture.bytesPerPixel === 3) {
      return true;
    }
    const pixels = (bottom - top) * side.picture.size.width;
    return this.#kernel.call.areOpaque(side.pixelsAt(top - this.#slabTop), pixels) === 1;
  }

  /**
   * Reads both pictures to their ends.
   * @throws UnreadablePicture
   */
  finish(): void {
    const { baseline, actual, area, onActualRow } = this.#pair;
    this.#baseline.finish(baseline.size.height - area.height, this.#slabRows);
    while (onActualRow !== undefined && this.bottom < actual.size.height) {
      const rows = Math.min(this.#slabRows, actual.size.height - this.bottom);
      this.#readSlab([this.#actual], rows);
      for (let row = 0; row < rows; row++) {
        this.#actual.unfilter(row);
        onActualRow(this.#slabTop + row, this.#actual.pixelsAt(row));
      }
      this.#actual.keepLast(rows);
    }
    this.#actual.finish(actual.size.height - this.bottom, this.#slabRows);
  }

  #readSlab(sides: readonly WindowSide[], rows: number): void {
    for (const side of sides) {
      side.read(rows, this.#rows);
    }
    this.#slabTop += this.#rows;
    this.#rows = rows;
  }

  #side(which: Which): WindowSide {
    return which === 'baseline' ? this.#baseline : this.#actual;
  }

  /** Makes a row of the slab pixels in both pictures. */
  #unfilter(row: number): void {
    const [a, b] = [this.#baseline, this.#actual];
    a.unfilter(row);
    const sameAbove = this.#differsUnmasked[kept + row - 1] === 0;
    if (sameAbove && this.#hasSameData(row)) {
      this.#kernel.copy(b.pixelsAt(row), a.pixelsAt(row), a.rowBytes);
      this.#differsUnmasked[kept + row] = 0;
    } else {
      b.unfilter(row);
      this.#differsUnmasked[kept + row] = this.#compare(row);
    }
    this.#differs[kept + row] = this.#differsUnmasked[kept + row] as number;
    this.#pair.onActualRow?.(this.#slabTop + row, b.pixelsAt(row));
  }

  /** Filters build on what is to the left and above, so equal data below an equal row are equal pixels. */
  #hasSameData(row: number): boolean {
    const [a, b] = [this.#baseline, this.#actual];
    const { bytesPerPixel, size } = a.picture;
    if (bytesPerPixel !== b.picture.bytesPerPixel || size.width !== b.picture.size.width) {
      return false;
    }
    return this.#kernel.call.areEqual(a.filteredAt(row), b.filteredAt(row), 1 + size.width * bytesPerPixel) === 1;
  }

  /** 1 when the pixels of a row of the area differ, else 0. */
  #compare(row: number): 0 | 1 {
    const [a, b] = [this.#baseline.pixelsAt(row), this.#actual.pixelsAt(row)];
    return this.#kernel.call.areEqual(a, b, this.#pair.area.width * 4) === 1 ? 0 : 1;
  }

  /** A masked pixel takes the baseline's colour in both pictures. */
  #applyMask(row: number): void {
    if (!this.differs(this.#slabTop + row)) {
      return;
    }
    const [a, b] = [this.#baseline.pixelsAt(row), this.#actual.pixelsAt(row)];
    const spans = this.#pair.mask.spansAt(this.#slabTop + row);
    for (const { start, end } of spans) {
      const pixels = Math.min(end, this.#pair.area.width) - start;
      if (pixels > 0) {
        this.#kernel.copy(b + start * 4, a + start * 4, pixels * 4);
      }
    }
    if (spans.length > 0) {
      this.#differs[kept + row] = this.#compare(row);
    }
  }
}
