import type { Size } from '../results/model.ts';
import type { Kernel } from './kernel/kernel.ts';
import { lengthOf, outside, type Span } from './mask.ts';
import { compareRows, type RowComparison } from './pair-window.ts';
import type { Picture } from './picture/picture.ts';
import { RegionFinder } from './regions.ts';
import { type Differences, overlapOf, unionOf } from './verdict.ts';

/** The differing pixels of the area that both pictures have: rows with any, a bit for each pixel, the lowest of a byte first. */
export type DiffBits = ReadonlyMap<number, Uint8Array>;

export interface FoundDifferences extends Differences {
  readonly bits: DiffBits;
}

/** How two pictures are compared. */
export type Matching = Pick<RowComparison, 'threshold' | 'includeAntiAliasing' | 'mask'>;

/**
 * Compares two pictures laid on each other's top left corner. What both have is compared as pictures of just that size;
 * every pixel that only one has differs; masked pixels never do.
 * @throws UnreadablePicture
 */
export function findDifferences(kernel: Kernel, baseline: Picture, actual: Picture, matching: Matching): FoundDifferences {
  const { mask } = matching;
  const union = unionOf(baseline.size, actual.size);
  const area = overlapOf(baseline.size, actual.size);
  const regions = new RegionFinder(union.width);
  const bits = new Map<number, Uint8Array>();
  let diffPixels = 0;
  compareRows(kernel, { baseline, actual, area, ...matching }, (y, pixels, row) => {
    diffPixels += pixels;
    bits.set(y, row.slice());
    regions.addBits(y, row);
  });
  for (let y = 0; y < union.height; y++) {
    const spans = outside(mask.spansAt(y), unpairedSpan(y, baseline.size, actual.size));
    diffPixels += lengthOf(spans);
    for (const { start, end } of spans) regions.addRun(y, start, end);
  }
  return { diffPixels, maskedPixels: mask.pixels, regions: regions.regions(), bits };
}

/** The pixels of row `y` that only one of the pictures has; none where neither or both have them. */
export function unpairedSpan(y: number, baseline: Size, actual: Size): Span {
  const a = y < baseline.height ? baseline.width : 0;
  const b = y < actual.height ? actual.width : 0;
  return { start: Math.min(a, b), end: Math.max(a, b) };
}
