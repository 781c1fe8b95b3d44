import type { Region } from '../report/model.ts';

/** Most regions of one comparison: a person looks at a few, and a report must stay small. */
export const maxRegions = 64;

/** Side of the finest cells in device pixels, about a line of text: closer differences are one to the eye. */
const cellSide = 16;

/** A box around differing pixels; `right` and `bottom` are excluded. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
}

/**
 * Groups differing pixels to regions in one pass. Each pixel falls into a cell of a grid; cells that touch, corners
 * included, make one region, and so do regions whose boxes overlap. Where that makes more than `maxRegions`, the cells
 * are doubled in size until it does not: regions are joined, none is dropped.
 *
 * Regions are disjoint, as tight as their pixels allow, and their pixels add up to all that were added.
 */
export class RegionFinder {
  readonly #stride: number;
  readonly #cells = new Map<number, Box>();

  /** @param width of the picture, in pixels */
  constructor(width: number) {
    this.#stride = strideOf(width, cellSide);
  }

  /** Adds the differing pixels `start` to `end` (excluded) of row `y`. No pixel may be added twice. */
  addRun(y: number, start: number, end: number): void {
    const row = Math.floor(y / cellSide) * this.#stride;
    for (let left = start; left < end; ) {
      const column = Math.floor(left / cellSide);
      const right = Math.min(end, (column + 1) * cellSide);
      addTo(this.#cells, row + column, { left, top: y, right, bottom: y + 1, pixels: right - left });
      left = right;
    }
  }

  /** The regions, the one with the most differing pixels first, equal ones from top to bottom. */
  regions(): Region[] {
    let cells = this.#cells;
    let boxes = joinTouching(cells, this.#stride);
    for (let side = cellSide * 2; boxes.length > maxRegions; side *= 2) {
      const stride = strideOf(this.#stride * cellSide, side);
      cells = coarser(cells, side, stride);
      boxes = joinTouching(cells, stride);
    }
    return joinOverlapping(boxes)
      .map(({ left, top, right, bottom, pixels }) => ({
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        diffPixels: pixels,
      }))
      .sort((a, b) => b.diffPixels - a.diffPixels || a.y - b.y || a.x - b.x);
  }
}

/** Cells of a row plus one that stays empty, so that the last cell of a row never touches the first of the next. */
function strideOf(width: number, side: number): number {
  return Math.ceil(width / side) + 1;
}

function addTo(cells: Map<number, Box>, key: number, box: Box): void {
  const found = cells.get(key);
  if (found === undefined) cells.set(key, { ...box });
  else extend(found, box);
}

function extend(box: Box, by: Box): void {
  box.left = Math.min(box.left, by.left);
  box.top = Math.min(box.top, by.top);
  box.right = Math.max(box.right, by.right);
  box.bottom = Math.max(box.bottom, by.bottom);
  box.pixels += by.pixels;
}

function coarser(cells: ReadonlyMap<number, Box>, side: number, stride: number): Map<number, Box> {
  const joined = new Map<number, Box>();
  for (const box of cells.values()) addTo(joined, Math.floor(box.top / side) * stride + Math.floor(box.left / side), box);
  return joined;
}

/** One box for each group of cells that touch. */
function joinTouching(cells: ReadonlyMap<number, Box>, stride: number): Box[] {
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const left = new Map(cells);
  const boxes: Box[] = [];
  for (const [start, box] of cells) {
    if (!left.delete(start)) continue;
    const joined = { ...box };
    const queue = [start];
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      for (const offset of neighbours) {
        const neighbour = left.get(key + offset);
        if (neighbour === undefined) continue;
        left.delete(key + offset);
        extend(joined, neighbour);
        queue.push(key + offset);
      }
    }
    boxes.push(joined);
  }
  return boxes;
}

function joinOverlapping(boxes: readonly Box[]): Box[] {
  const disjoint: Box[] = [];
  for (const box of boxes) {
    // A box that grew may overlap one it did not overlap before, so start over until none does.
    for (let index = overlapping(disjoint, box); index >= 0; index = overlapping(disjoint, box)) {
      for (const other of disjoint.splice(index, 1)) extend(box, other);
    }
    disjoint.push(box);
  }
  return disjoint;
}

function overlapping(boxes: readonly Box[], { left, top, right, bottom }: Box): number {
  return boxes.findIndex((box) => box.left < right && left < box.right && box.top < bottom && top < box.bottom);
}
