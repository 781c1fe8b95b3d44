import type { Comparison, Region, Size } from '../../results/model.ts';
import { unionOf } from '../verdict.ts';

/** A rectangle of device pixels in the union of both pictures. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** What a triptych shows of a page. */
export interface ShownArea {
  readonly area: Area;
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
  let box: Area = { ...first, width: Math.min(first.width, limit.width), height: Math.min(first.height, limit.height) };
  for (const region of others) {
    const joined = join(box, region);
    if (joined.width <= limit.width && joined.height <= limit.height) {
      box = joined;
    }
  }
  const area = widen(box, scale, union);
  return { area, shown: comparison.regions.filter((region) => contains(area, region)).length };
}

function join(a: Area, b: Area): Area {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** With context on every side and at least the smallest size, as far as the page goes. */
function widen({ x, y, width, height }: Area, scale: number, union: Size): Area {
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

function contains({ x, y, width, height }: Area, region: Region): boolean {
  return region.x >= x && region.y >= y && region.x + region.width <= x + width && region.y + region.height <= y + height;
}
