import { reach } from './bands.ts';
import type { Address, Kernel } from './kernel/kernel.ts';
import { type Picture, type RowReader, skipRows, strideOf } from './picture/picture.ts';

/**
 * Rows of a slab stand below those that must stay from before: the last ones that wait for the rows below them, and the
 * ones that these need above.
 */
export const kept = 2 * reach;

/** One picture's part of a PairWindow: where its rows are in the kernel's memory. */
export class WindowSide {
  readonly picture: Picture;
  readonly rowBytes: number;
  readonly #kernel: Kernel;
  readonly #rows: RowReader;
  /** Bytes of a row as the file has it. */
  readonly #stride: number;
  /** A slab as it comes from the file. */
  #filtered: Address = 0;
  /** The kept rows, then the slab, as RGBA. */
  readonly #pixels: Address;
  /** The last row of the slab before, not masked, which the first row of the next one builds on. */
  readonly #above: Address;

  constructor(kernel: Kernel, picture: Picture, slabRows: number) {
    this.picture = picture;
    this.rowBytes = picture.size.width * 4;
    this.#kernel = kernel;
    this.#rows = picture.start(kernel, slabRows);
    this.#stride = strideOf(picture);
    this.#pixels = kernel.reserve((kept + slabRows) * this.rowBytes);
    this.#above = kernel.reserve(this.rowBytes);
    kernel.fill(this.#above, this.rowBytes, 0);
  }

  /** Reads the next `rows` rows in place of the slab of `rowsBefore` rows, keeping the last ones of that above them. */
  read(rows: number, rowsBefore: number): void {
    this.#filtered = this.#rows.read(rows);
    this.#kernel.copy(this.#pixels, this.#pixels + rowsBefore * this.rowBytes, kept * this.rowBytes);
  }

  unfilter(row: number): void {
    const above = row === 0 ? this.#above : this.pixelsAt(row - 1);
    const { bytesPerPixel, size } = this.picture;
    this.#kernel.call.unfilterRow(this.filteredAt(row), bytesPerPixel, size.width, above, this.pixelsAt(row));
  }

  /** To be called when a slab's `rows` rows are unfiltered, before any is masked. */
  keepLast(rows: number): void {
    this.#kernel.copy(this.#above, this.pixelsAt(rows - 1), this.rowBytes);
  }

  finish(rowsLeft: number, slabRows: number): void {
    skipRows(this.#rows, rowsLeft, slabRows);
    this.#rows.finish();
  }

  filteredAt(row: number): Address {
    return this.#filtered + row * this.#stride;
  }

  /** Where row `row` of the slab stands; those before have negative numbers. */
  pixelsAt(row: number): Address {
    return this.#pixels + (kept + row) * this.rowBytes;
  }
}
