import pixelmatch from 'pixelmatch';
import type { CompareSettings } from '../plan/capture.ts';
import type { Picture } from './decode.ts';
import { lengthOf, Mask, outside } from './mask.ts';
import { RegionFinder } from './regions.ts';
import { type Differences, overlapOf, unionOf } from './verdict.ts';

export function findDifferences(
  baseline: Picture,
  actual: Picture,
  scale: number,
  settings: CompareSettings,
): { differences: Differences; isDifferent: (x: number, y: number) => boolean; mask: Mask } {
  const union = unionOf(baseline, actual);
  const overlap = overlapOf(baseline, actual);
  const mask = new Mask(settings.mask, scale, union);
  const a = crop(baseline, overlap);
  const b = crop(actual, overlap);
  for (let y = 0; y < overlap.height; y++) {
    for (const { start, end } of mask.spansAt(y)) {
      const from = (y * overlap.width + Math.min(start, overlap.width)) * 4;
      const to = (y * overlap.width + Math.min(end, overlap.width)) * 4;
      b.set(a.subarray(from, to), from);
    }
  }
  const out = new Uint8Array(a.length);
  pixelmatch(a, b, out, overlap.width, overlap.height, {
    threshold: settings.threshold,
    includeAA: settings.includeAntiAliasing,
    diffMask: true,
  });
  const regions = new RegionFinder(union.width);
  let diffPixels = 0;
  const isDifferent = (x: number, y: number) =>
    x < overlap.width && y < overlap.height && out[(y * overlap.width + x) * 4 + 3] === 255;
  for (let y = 0; y < union.height; y++) {
    for (let x = 0; x < overlap.width; x++) {
      if (isDifferent(x, y)) {
        regions.addRun(y, x, x + 1);
        diffPixels++;
      }
    }
    const start = y < overlap.height ? overlap.width : 0;
    const end = Math.max(start, y < baseline.height ? baseline.width : 0, y < actual.height ? actual.width : 0);
    const spans = outside(mask.spansAt(y), { start, end });
    for (const span of spans) regions.addRun(y, span.start, span.end);
    diffPixels += lengthOf(spans);
  }
  return { differences: { diffPixels, maskedPixels: mask.pixels, regions: regions.regions() }, isDifferent, mask };
}

function crop(picture: Picture, { width, height }: { width: number; height: number }): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    pixels.set(picture.pixels.subarray(y * picture.width * 4, (y * picture.width + width) * 4), y * width * 4);
  return pixels;
}
