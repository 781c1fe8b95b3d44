import { overlapOf, type Rect, unionOf } from '../basics/geometry.ts';
import type { Shade } from '../results/model.ts';
import { compareRows } from './compare-rows.ts';
import { DiffCanvas, type DiffPicture } from './diff-canvas.ts';
import type { Address, Kernel } from './kernel/kernel.ts';
import { lengthOf, type Mask, outside } from './mask.ts';
import type { Picture } from './picture/picture.ts';
import type { Strictness } from './pixel-judge.ts';
import { countBitsOf, RegionFinder } from './regions.ts';
import { ShadeWatch, type WatchedShades } from './shades/shade-watch.ts';
import { type Differences, unpairedSpan } from './verdict.ts';

export interface FoundDifferences extends Differences {
  /** Besides what differs; see CompareResult. */
  readonly shades: readonly Shade[];
  /** Present when a pixel differs or a shade changed. */
  readonly picture?: DiffPicture;
}

const noShades: WatchedShades = { shades: [], pixels: new Map() };

/** How two pictures are compared. */
export interface Matching extends Strictness {
  readonly mask: Mask;
  /** How shades are looked for. Undefined: not at all. */
  readonly shades:
    | {
        /** Device pixels per CSS pixel. */
        readonly scale: number;
        /** Whether their pixels count as differing. */
        readonly count: boolean;
        /** Where there are none. */
        readonly noise: readonly Rect[];
      }
    | undefined;
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
  const area = overlapOf(baseline.size, actual.size);
  const watch = matching.shades && new ShadeWatch(area, matching.shades.scale, matching.threshold);
  const comparison = {
    ...matching,
    baseline,
    actual,
    area,
    onActualRow: (y: number, pixels: Address) => canvas.paintPage(y, pixels),
  };
  const onDiffering = (y: number, pixels: number, bits: Uint8Array): void => {
    diffPixels += pixels;
    regions.addBits(y, bits);
    canvas.paintDiffering(y, bits);
  };
  compareRows(kernel, comparison, onDiffering, watch && ((piece, inner) => watch.add(piece, inner)));
  for (let y = 0; y < union.height; y++) {
    const spans = outside(mask.spansAt(y), unpairedSpan(y, baseline.size, actual.size));
    diffPixels += lengthOf(spans);
    for (const { start, end } of spans) {
      regions.addRun(y, start, end);
    }
  }
  const { shades, pixels: shaded } = watch?.finish(regions.regions(), matching.shades?.noise) ?? noShades;
  if (matching.shades?.count === true) {
    for (const [y, bits] of shaded) {
      diffPixels += countBitsOf(bits);
      regions.addBits(y, bits);
    }
  }
  const found = { diffPixels, maskedPixels: mask.pixels, regions: regions.regions(), shades };
  return diffPixels === 0 && shades.length === 0 ? found : { ...found, picture: canvas.finish(mask, shaded) };
}
