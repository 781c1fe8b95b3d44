import { contains, joinRects, type Rect, type Size, unionOf } from '../../basics/geometry.ts';
import type { Comparison } from '../../results/model.ts';

/** What a triptych shows of a page. */
export interface ShownArea {
  readonly area: Rect;
  /** How many of the changed regions lie in it, wholly. */
  readonly shown: number;
}

/** All in CSS pixels, so that a page looks the same at every device scale factor. */
const context = 40;
const smallest = { width: 420, height: 200 };
const largest = { width: 720, height: 560 };

/**
 * The part of a page that shows its change best: the region with the most differing pixels and, in their order, those
 * others that still fit, with some context. Of a region that is too large its upper left part.
 */
export function decideArea(comparison: Comparison, scale: number): ShownArea {
  const union = unionOf(comparison.baselineSize, comparison.actualSize);
  const limit = {
    width: Math.min(Math.round(largest.width * scale), union.width),
    height: Math.min(Math.round(largest.height * scale), union.height),
  };
  const [first = { x: 0, y: 0, ...union }, ...others] = comparison.regions;
  let box: Rect = { ...first, width: Math.min(first.width, limit.width), height: Math.min(first.height, limit.height) };
  for (const region of others) {
    const joined = joinRects(box, region);
    if (joined.width <= limit.width && joined.height <= limit.height) {
      box = joined;
    }
  }
  const area = widen(box, scale, union);
  return { area, shown: comparison.regions.filter((region) => contains(area, region)).length };
}

/** With context on every side and at least the smallest size, as far as the page goes. */
function widen({ x, y, width, height }: Rect, scale: number, union: Size): Rect {
  const horizontal = widenSide(x, width, Math.round(context * scale), Math.round(smallest.width * scale), union.width);
  const vertical = widenSide(y, height, Math.round(context * scale), Math.round(smallest.height * scale), union.height);
  return { x: horizontal.start, y: vertical.start, width: horizontal.length, height: vertical.length };
}

function widenSide(
  start: number,
  length: number,
  padding: number,
  least: number,
  end: number,
): { start: number; length: number } {
  const wanted = Math.min(Math.max(length + 2 * padding, least), end);
  const centered = start - Math.floor((wanted - length) / 2);
  return { start: Math.max(0, Math.min(centered, end - wanted)), length: wanted };
}
