import { unionOf } from '../../basics/geometry.ts';
import type { CaptureReport, ChangedRegion, ChangeLook } from '../model.ts';

/** A group, or a place that belongs to none. */
export interface AlikeUnit {
  readonly region: ChangedRegion;
  readonly capture: CaptureReport;
  readonly look: ChangeLook;
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
/** What is compared with each further change of the same colours; beyond, a change is like no other. */
const mostKinds = 32;

/**
 * Sorts changes into those that look alike, each kind with at least one. Recoloured things are alike when the colour that most of
 * them had became the same new colour. Other changes are alike when their two most frequent colours are the same before and after,
 * and either their sizes and the places where pixels differ in them are about the same, or both go from side to side and are about
 * as high.
 */
export function findAlike<Unit extends AlikeUnit>(units: readonly Unit[]): Unit[][] {
  const kinds = new Map<string, Unit[][]>();
  for (const unit of units) {
    const colours = coloursOf(unit.look);
    const known = kinds.get(colours) ?? [];
    kinds.set(colours, known);
    const kind = known.find(([first]) => first !== undefined && (unit.look.recoloured || isAlike(first, unit)));
    if (kind !== undefined) {
      kind.push(unit);
    } else if (known.length < mostKinds) {
      known.push([unit]);
    }
  }
  return [...kinds.values()].flat();
}

function coloursOf({ recoloured, from, to }: ChangeLook): string {
  return recoloured
    ? `recoloured ${from[0]} ${to[0]}`
    : `${from.toSorted((a, b) => a - b).join()} ${to.toSorted((a, b) => a - b).join()}`;
}

function isAlike(one: AlikeUnit, other: AlikeUnit): boolean {
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

function isWholeWidth({ region, capture: { comparison } }: AlikeUnit): boolean {
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
