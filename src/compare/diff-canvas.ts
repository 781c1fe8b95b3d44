import { type Size, unionOf } from '../basics/geometry.ts';
import { diffIndex, maskedShade, onlyActualShade } from './diff-palette.ts';
import type { Address, Kernel } from './kernel/kernel.ts';
import type { Mask, Span } from './mask.ts';
import { indexedStride } from './png/encode-indexed.ts';
import { type BitRows, forBits } from './shades/shaded-pixels.ts';
import { unpairedSpan } from './verdict.ts';

/** A diff picture that is painted and not yet a file: most are thrown away, and making it one costs more than painting it. */
export interface DiffPicture {
  readonly size: Size;
  /** Rows as PNG has them: a byte that says "not filtered", then four bits a pixel, an index of `diffPalette`. */
  readonly rows: Uint8Array;
  /** Where a shade changed, to be drawn over that. */
  readonly shaded: BitRows;
}

/** Width of the stripes where only the baseline has a picture, in pixels; a power of two. */
const stripe = 8;

/**
 * Where a diff picture is painted while two pictures are compared, so that neither is read again for it: the actual one pale
 * and gray; differing pixels in strong red; masked areas in blue; what only the actual picture has in pink; what only the
 * baseline has as red stripes.
 */
export class DiffCanvas {
  readonly #kernel: Kernel;
  readonly #baselineSize: Size;
  readonly #actualSize: Size;
  readonly #size: Size;
  readonly #stride: number;
  readonly #rows: Uint8Array;
  readonly #shades: Address;
  readonly #packed: Address;

  constructor(kernel: Kernel, baselineSize: Size, actualSize: Size) {
    this.#kernel = kernel;
    this.#baselineSize = baselineSize;
    this.#actualSize = actualSize;
    this.#size = unionOf(baselineSize, actualSize);
    this.#stride = indexedStride(this.#size.width);
    this.#rows = new Uint8Array(this.#stride * this.#size.height);
    this.#shades = kernel.reserve(actualSize.width);
    this.#packed = kernel.reserve(this.#stride);
  }

  /** Paints a row of the actual picture, given where its pixels stand in the kernel's memory. */
  paintPage(y: number, pixels: Address): void {
    const { width } = this.#actualSize;
    this.#kernel.call.shadeRow(pixels, width, this.#shades);
    this.#kernel.call.packIndexes(this.#shades, width, this.#packed);
    this.#rows.set(this.#kernel.view(this.#packed, Math.ceil(width / 2)), y * this.#stride + 1);
    // Half a byte is left over, which holds the shade of anything.
    if (width % 2 === 1) {
      this.#set(width, y, 0);
    }
  }

  /** Paints differing pixels over the page: a bit for each pixel of row `y`, the lowest of a byte first. */
  paintDiffering(y: number, bits: Uint8Array): void {
    forBits(bits, (x) => this.#set(x, y, diffIndex.differing));
  }

  /**
   * Paints what is neither the page nor differs in it, over the page.
   * @param shaded where a shade changed
   */
  finish(mask: Mask, shaded: BitRows): DiffPicture {
    for (let y = 0; y < this.#size.height; y++) {
      const actualWidth = y < this.#actualSize.height ? this.#actualSize.width : 0;
      for (let x = actualWidth; x < this.#size.width; x++) {
        this.#set(x, y, diffIndex.nothing);
      }
      const unpaired = unpairedSpan(y, this.#baselineSize, this.#actualSize);
      if (unpaired.end <= actualWidth) {
        this.#tint(y, unpaired, onlyActualShade);
      } else {
        this.#drawStripes(y, unpaired);
      }
      for (const span of mask.spansAt(y)) {
        this.#tint(y, span, maskedShade);
      }
    }
    return { size: this.#size, rows: this.#rows, shaded };
  }

  #tint(y: number, { start, end }: Span, tint: (shade: number) => number): void {
    for (let x = start; x < end; x++) {
      this.#set(x, y, tint(this.#get(x, y)));
    }
  }

  #drawStripes(y: number, { start, end }: Span): void {
    for (let x = start; x < end; x++) {
      this.#set(x, y, (x + y) % (2 * stripe) < stripe ? diffIndex.onlyBaseline : diffIndex.white);
    }
  }

  // The first of two pixels is in the upper four bits.

  #get(x: number, y: number): number {
    const byte = this.#rows[this.#byteOf(x, y)] as number;
    return x % 2 === 0 ? byte >> 4 : byte & 0x0f;
  }

  #set(x: number, y: number, index: number): void {
    const at = this.#byteOf(x, y);
    const byte = this.#rows[at] as number;
    this.#rows[at] = x % 2 === 0 ? (byte & 0x0f) | (index << 4) : (byte & 0xf0) | index;
  }

  #byteOf(x: number, y: number): number {
    return y * this.#stride + 1 + (x >> 1);
  }
}
