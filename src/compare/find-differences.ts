import { overlapOf, unionOf } from '../basics/geometry.ts';
import { compareRows } from './compare-rows.ts';
import { DiffCanvas, type DiffPicture } from './diff-canvas.ts';
import type { Address, Kernel } from './kernel/kernel.ts';
import { lengthOf, type Mask, outside } from './mask.ts';
import type { Picture } from './picture/picture.ts';
import type { Strictness } from './pixel-judge.ts';
import { RegionFinder } from './regions.ts';
import { type Differences, unpairedSpan } from './verdict.ts';

export interface FoundDifferences extends Differences {
  /** Present when a pixel differs. */
  readonly picture?: DiffPicture;
}

/** How two pictures are compared. */
export interface Matching extends Strictness {
  readonly mask: Mask;
}

/**
 * Compares two pictures laid on each other's top left corner. What both have is compared as pictures of just that size;
 * every pixel that only one has differs; masked pixels never do.
 * @throws UnreadablePicture
 */
export function findDifferences(kernel: Kernel, baseline: Picture, actual: Picture, matching: Matching): FoundDifferences {
  const { mask } = matching;
  const union = unionOf(baseline.size, actual.size);
  const canvas = new DiffCanvas(kernel, baseline.size, actual.size);
  const regions = new RegionFinder(union.width);
  let diffPixels = 0;
  const comparison = {
    ...matching,
    baseline,
    actual,
    area: overlapOf(baseline.size, actual.size),
    onActualRow: (y: number, pixels: Address) => canvas.paintPage(y, pixels),
  };
  compareRows(kernel, comparison, (y, pixels, bits) => {
    diffPixels += pixels;
    regions.addBits(y, bits);
    canvas.paintDiffering(y, bits);
  });
  for (let y = 0; y < union.height; y++) {
    const spans = outside(mask.spansAt(y), unpairedSpan(y, baseline.size, actual.size));
    diffPixels += lengthOf(spans);
    for (const { start, end } of spans) {
      regions.addRun(y, start, end);
    }
  }
  const found = { diffPixels, maskedPixels: mask.pixels, regions: regions.regions() };
  return diffPixels === 0 ? found : { ...found, picture: canvas.finish(mask) };
}
