import { unionOf } from '../../../basics/geometry.ts';
import type { CaptureReport, ChangedRegion, ChangeLook } from '../../model.ts';

/** A group, or a place that belongs to none. */
export interface AlikeUnit {
  readonly region: ChangedRegion;
  readonly capture: CaptureReport;
  /** All that show it, this one among them. */
  readonly captures: readonly CaptureReport[];
  /** Of the region, or of a larger one of which it is a part. */
  readonly look: ChangeLook;
  readonly isPart: boolean;
}

/** How far sizes may be apart, as a share of the larger one, and in pixels for what is small. */
const sizeShare = 0.1;
const sizePx = 8;
/** From this share of the picture's width on something goes from side to side, whatever the viewport. */
const wholeWidthShare = 0.95;
/** The heights of what goes from side to side in two viewports may be so far apart. */
const wholeWidthHeightShare = 0.35;
/** Of 16 cells with 0 to 15 each, so much may differ: a tenth. */
const mostShapeDistance = 24;
/** In CSS pixels: what ends above that is the site's and not the page's. */
const headPx = 100;
/** In CSS pixels: so far the sides of a place in the head may be from each other. */
const headPlacePx = 16;

/** Whether two changes of the same colours are about as large and have about the same shape. */
export function isLikely(one: AlikeUnit, other: AlikeUnit): boolean {
  if (isWholeWidth(one) && isWholeWidth(other)) {
    return isNear(
      one.region.height / one.capture.viewport.scale,
      other.region.height / other.capture.viewport.scale,
      wholeWidthHeightShare,
    );
  }
  return (
    isNear(one.region.width, other.region.width, sizeShare) &&
    isNear(one.region.height, other.region.height, sizeShare) &&
    shapeDistance(one.look.shape, other.look.shape) <= mostShapeDistance
  );
}

/** Whether two changes in the heads of pages lie at the same place, as a menu does in which another entry is marked on each. */
export function isSameInHead(one: AlikeUnit, other: AlikeUnit): boolean {
  const mostPx = headPlacePx * one.capture.viewport.scale;
  const { region: a } = one;
  const { region: b } = other;
  return (
    [a.x - b.x, a.x + a.width - b.x - b.width, a.y - b.y, a.y + a.height - b.y - b.height].every(
      (distance) => Math.abs(distance) <= mostPx,
    ) && sharesColours(one, other)
  );
}

/** Whether one of the most frequent colours is the same before, and one after. */
export function sharesColours({ look: one }: AlikeUnit, { look: other }: AlikeUnit): boolean {
  return one.from.some((colour) => other.from.includes(colour)) && one.to.some((colour) => other.to.includes(colour));
}

export function isInHead({ region, capture }: AlikeUnit): boolean {
  return region.y + region.height <= headPx * capture.viewport.scale;
}

export function isWholeWidth({ region, capture: { comparison } }: AlikeUnit): boolean {
  return (
    comparison !== undefined && region.width >= unionOf(comparison.baselineSize, comparison.actualSize).width * wholeWidthShare
  );
}

function isNear(one: number, other: number, share: number): boolean {
  return Math.abs(one - other) <= Math.max(sizePx, Math.max(one, other) * share);
}

function shapeDistance(one: string, other: string): number {
  return Array.from(one, (digit, at) => Math.abs(Number.parseInt(digit, 16) - Number.parseInt(other[at] ?? '0', 16))).reduce(
    (sum, distance) => sum + distance,
    0,
  );
}
