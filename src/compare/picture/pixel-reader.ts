import type { Address, Kernel } from '../kernel/kernel.ts';
import { rowsWithin } from '../limits.ts';
import { type Picture, type RowReader, strideOf } from './picture.ts';

/** The pixels of a picture row by row. */
export class PixelReader {
  readonly #kernel: Kernel;
  readonly #picture: Picture;
  readonly #rows: RowReader;
  readonly #atOnce: number;
  #filtered: Address = 0;
  /** The row that was read last and the one above it, in turns. */
  #pixels: Address;
  #above: Address;
  #y = 0;

  constructor(kernel: Kernel, picture: Picture) {
    const { size } = picture;
    this.#kernel = kernel;
    this.#picture = picture;
    this.#atOnce = Math.min(rowsWithin(strideOf(picture)), size.height);
    this.#rows = picture.start(kernel, this.#atOnce);
    this.#pixels = kernel.reserve(size.width * 4);
    this.#above = kernel.reserve(size.width * 4);
    kernel.fill(this.#pixels, size.width * 4, 0);
  }

  /**
   * @returns where the RGBA pixels of the next row stand, until the next one is read
   * @throws UnreadablePicture
   */
  next(): Address {
    const { size, bytesPerPixel } = this.#picture;
    const inSlab = this.#y % this.#atOnce;
    if (inSlab === 0) {
      this.#filtered = this.#rows.read(Math.min(this.#atOnce, size.height - this.#y));
    }
    [this.#pixels, this.#above] = [this.#above, this.#pixels];
    const filtered = this.#filtered + inSlab * strideOf(this.#picture);
    this.#kernel.call.unfilterRow(filtered, bytesPerPixel, size.width, this.#above, this.#pixels);
    this.#y += 1;
    return this.#pixels;
  }

  /**
   * To be called behind the last row.
   * @throws UnreadablePicture when the picture's data does not end there in order
   */
  finish(): void {
    this.#rows.finish();
  }
}
