import { createHash } from 'node:crypto';
import type { Rect } from '../../basics/geometry.ts';
import type { ChangeContent, RegionTrace } from '../../results/model.ts';
import type { Span } from '../mask.ts';
import { ContentFinder } from './content-finder.ts';
import { LookFinder } from './look-finder.ts';
import { type RowMark, RowMarks } from './row-marks.ts';
import type { RowWords } from './row-pieces.ts';

/** In CSS pixels: what is no longer than that is a word or a digit, and the same digit in another word is another change. */
const smallPx = 64;
/** In CSS pixels: how far to both sides the neighbours of a small change are looked at. */
const aroundPx = 32;

/** Of three words for each pixel: how far it is from the one before and which picture has none, its colour before and after. */
const wordsPerPixel = 3;
const onlyActual = 1 << 17;
const onlyBaseline = 1 << 18;

/**
 * Takes down what one changed region shows, row by row: which pixels have which colours in both pictures. Pixels that are equal
 * in both or masked do not count, but those beside a small change.
 */
export class RegionTracer {
  readonly #region: Rect;
  readonly #around: number;
  readonly #hash = createHash('sha256');
  readonly #marks: RowMarks | undefined;
  readonly #look: LookFinder;
  readonly #content: ContentFinder;
  readonly #entries: Uint32Array;
  readonly #neighbourWords: Uint32Array;

  /**
   * @param pixelsPerCssPixel device pixels
   * @param mostRuns runs of equal rows that may be kept for cutting, at each end; 0: none
   */
  constructor(region: Rect, pixelsPerCssPixel: number, mostRuns: number) {
    this.#region = region;
    this.#around =
      Math.max(region.width, region.height) < smallPx * pixelsPerCssPixel ? Math.round(aroundPx * pixelsPerCssPixel) : 0;
    this.#marks = mostRuns > 0 ? new RowMarks(mostRuns) : undefined;
    this.#look = new LookFinder(region);
    this.#content = new ContentFinder(region, pixelsPerCssPixel);
    this.#entries = new Uint32Array(region.width * wordsPerPixel);
    this.#neighbourWords = new Uint32Array(2 * (region.width + 2 * this.#around));
    this.#hash.update(`${region.width}x${region.height}`);
  }

  /** Adds the next row of the region, given that row of both pictures. */
  addRow(baseline: RowWords, actual: RowWords, masked: readonly Span[]): void {
    const { x: start } = this.#region;
    const mark = this.#compare(baseline, actual, masked);
    this.#hash.update(Uint32Array.of(mark.pixels, mark.pixels === 0 ? 0 : mark.left - start));
    this.#hash.update(this.#entries.subarray(0, mark.pixels * wordsPerPixel));
    if (this.#around > 0) {
      this.#hash.update(this.#neighbours(baseline, actual, masked));
    }
    this.#marks?.add(mark, this.#entries.subarray(0, mark.pixels * wordsPerPixel));
    this.#look.endRow();
    this.#content.addRow(baseline, actual, masked);
  }

  /** What was taken down of the regions of one capture, in their order. */
  static finish(tracers: readonly RegionTracer[]): RegionTrace[] {
    const contents = ContentFinder.finish(tracers.map((tracer) => tracer.#content));
    return tracers.map((tracer, at) => ({
      hash: tracer.#hash.digest('hex').slice(0, traceHashLength),
      ...tracer.#marks?.finish(),
      look: { ...tracer.#look.finish(), ...(contents[at] as ChangeContent) },
    }));
  }

  /** Writes down the pixels of the row that differ. */
  #compare(baseline: RowWords, actual: RowWords, masked: readonly Span[]): RowMark {
    const { x: start, width } = this.#region;
    let [pixels, left, last] = [0, 0, 0];
    for (let x = start; x < start + width; x++) {
      const [before, after] = [baseline?.[x], actual?.[x]];
      if (before === after || isMasked(masked, x)) {
        continue;
      }
      left = pixels === 0 ? x : left;
      this.#write(pixels, pixels === 0 ? 0 : x - last, before, after);
      this.#look.add(x - start, before, after);
      last = x;
      pixels += 1;
    }
    return { pixels, left, right: pixels === 0 ? 0 : last + 1 };
  }

  /** @param step how far the pixel is from the one before */
  #write(index: number, step: number, before: number | undefined, after: number | undefined): void {
    const at = index * wordsPerPixel;
    this.#entries[at] = step | (before === undefined ? onlyActual : 0) | (after === undefined ? onlyBaseline : 0);
    this.#entries[at + 1] = before ?? 0;
    this.#entries[at + 2] = after ?? 0;
  }

  /** What both pictures have from before the region to behind it, whether or not it differs. */
  #neighbours(baseline: RowWords, actual: RowWords, masked: readonly Span[]): Uint32Array {
    const { x, width } = this.#region;
    const words = this.#neighbourWords.fill(0);
    const length = words.length / 2;
    for (let at = 0; at < length; at++) {
      const column = x - this.#around + at;
      const outside = column >= x + width || column < x;
      if (outside && column >= 0 && !isMasked(masked, column)) {
        words[at] = baseline?.[column] ?? 0;
        words[length + at] = actual?.[column] ?? 0;
      }
    }
    return words;
  }
}

/** Hexadecimal digits of SHA-256 that are kept: 128 bits, which nobody makes collide. */
export const traceHashLength = 32;

function isMasked(spans: readonly Span[], x: number): boolean {
  return spans.some(({ start, end }) => start <= x && x < end);
}
