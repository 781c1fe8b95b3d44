/** Sizes and rectangles, in pixels of whatever they are said of. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point, Size {}

/** A rectangle with how many pixels differ inside. */
export interface Region extends Rect {
  readonly diffPixels: number;
}

export function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** The smallest size that both fit into, laid on each other's top left corner. */
export function unionOf(a: Size, b: Size): Size {
  return { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
}

/** What both have. */
export function overlapOf(a: Size, b: Size): Size {
  return { width: Math.min(a.width, b.width), height: Math.min(a.height, b.height) };
}

/** The smallest rectangle that holds both. */
export function joinRects(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Regions that overlap become one, so that each place is there once. A joined region has the pixels of its fullest part. */
export function joinOverlapping(regions: readonly Region[]): Region[] {
  const joined: Region[] = [];
  for (const region of regions) {
    let grown = region;
    // What it has grown by may reach others.
    for (
      let at = joined.findIndex((other) => overlaps(other, grown));
      at >= 0;
      at = joined.findIndex((other) => overlaps(other, grown))
    ) {
      const [other = grown] = joined.splice(at, 1);
      grown = { ...joinRects(other, grown), diffPixels: Math.max(other.diffPixels, grown.diffPixels) };
    }
    joined.push(grown);
  }
  return joined.sort((a, b) => b.diffPixels - a.diffPixels || a.y - b.y || a.x - b.x);
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
