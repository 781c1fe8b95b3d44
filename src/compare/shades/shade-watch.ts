import { overlaps, type Rect, type Region, type Size } from '../../basics/geometry.ts';
import type { Shade } from '../../results/model.ts';
import type { Band } from '../bands.ts';
import type { Piece } from '../pixel-judge.ts';
import { type FoundShade, ShadeFinder } from './shade-finder.ts';
import { type BitRows, ShadedPixels } from './shaded-pixels.ts';

/**
 * An area of which more than this share differs visibly says nothing of a shade: what stood there moved or is another. A
 * picture that differs in a larger share of its rows says nothing at all: it moved or is another.
 */
const coveredShare = 0.5;

/** Most areas that are looked at further: no more are regions (regions.ts). */
const mostShades = 64;

export interface WatchedShades {
  /** Largest first. */
  readonly shades: readonly Shade[];
  /** Their pixels. */
  readonly pixels: BitRows;
}

/** Looks for shades while two pictures are compared, given the pieces that pixelmatch is given. */
export class ShadeWatch {
  readonly #size: Size;
  readonly #pixels: ShadedPixels;
  readonly #finder: ShadeFinder;

  /**
   * @param size of what is compared, in pixels
   * @param scale device pixels per CSS pixel
   */
  constructor(size: Size, scale: number, threshold: number) {
    this.#size = size;
    this.#pixels = new ShadedPixels(size.width);
    this.#finder = new ShadeFinder(size.width, scale, threshold, (y, start, end) => this.#pixels.add(y, start, end));
  }

  /** Looks at the `inner` rows of a piece. */
  add({ rows, baseline, actual }: Piece, inner: Band): void {
    const [a, b] = [wordsOf(baseline), wordsOf(actual)];
    const { width } = this.#size;
    for (let y = inner.top; y < inner.bottom; y++) {
      const start = (y - rows.top) * width;
      this.#finder.addRow(y, a.subarray(start, start + width), b.subarray(start, start + width));
    }
  }

  /** What there is besides the regions that differ visibly, and besides `noise`. */
  finish(differing: readonly Region[], noise: readonly Rect[] = []): WatchedShades {
    const found = this.#finder.finish();
    const areas =
      rowsOf(differing) > this.#size.height * coveredShare
        ? []
        : found.filter((area) => !isCovered(area, differing) && !isCovered(area, noise)).slice(0, mostShades);
    return { shades: areas.map(describe), pixels: this.#pixels.within(areas) };
  }
}

function wordsOf(pixels: Uint8Array): Uint32Array {
  return new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
}

/** How many rows have any of the regions. */
function rowsOf(regions: readonly Region[]): number {
  let bottom = 0;
  let rows = 0;
  for (const { y, height } of regions.toSorted((a, b) => a.y - b.y)) {
    rows += Math.max(0, y + height - Math.max(y, bottom));
    bottom = Math.max(bottom, y + height);
  }
  return rows;
}

/** Whether most of an area lies in others, which hardly overlap each other. */
function isCovered(area: Rect, others: readonly Rect[]): boolean {
  const covered = others
    .filter((other) => overlaps(other, area))
    .reduce((sum, other) => sum + sharedLength(area, other, 'x', 'width') * sharedLength(area, other, 'y', 'height'), 0);
  return covered > area.width * area.height * coveredShare;
}

function sharedLength(a: Rect, b: Rect, at: 'x' | 'y', length: 'width' | 'height'): number {
  return Math.min(a[at] + a[length], b[at] + b[length]) - Math.max(a[at], b[at]);
}

function describe({ x, y, width, height, pixels, from, to }: FoundShade): Shade {
  return { x, y, width, height, diffPixels: pixels, from: hexOf(from), to: hexOf(to) };
}

/** A word of RGBA, whose lowest byte is red, as `#rrggbb`. */
function hexOf(word: number): string {
  return `#${[0, 8, 16].map((by) => ((word >> by) & 255).toString(16).padStart(2, '0')).join('')}`;
}
