import type { Region } from '../basics/geometry.ts';

/** Most regions of one comparison: a person looks at a few, and a report must stay small. */
export const maxRegions = 64;

/** Side of the finest cells in device pixels, about a line of text: closer differences are one to the eye. */
const cellSide = 16;

/**
 * Groups differing pixels to regions in one pass. Each pixel falls into a cell of a grid; cells that touch, corners
 * included, make one region, and so do regions whose boxes overlap. Where that makes more than `maxRegions`, the cells
 * are doubled in size until it does not: regions are joined, none is dropped.
 *
 * Regions are disjoint, as tight as their pixels allow, and their pixels add up to all that were added.
 */
export class RegionFinder {
  readonly #grid: Grid;

  /** @param width of the picture, in pixels */
  constructor(width: number) {
    this.#grid = new Grid(width, cellSide);
  }

  /** Adds the differing pixels `start` to `end` (excluded) of row `y`. No pixel may be added twice. */
  addRun(y: number, start: number, end: number): void {
    for (let left = start; left < end; ) {
      const right = Math.min(end, left - (left % cellSide) + cellSide);
      this.#grid.extend(left, y, right, y + 1, right - left);
      left = right;
    }
  }

  /** Adds the differing pixels of row `y`: a bit for each pixel, the lowest of a byte first. No pixel may be added twice. */
  addBits(y: number, bits: Uint8Array): void {
    for (let at = 0; at < bits.length; at += cellSide / 8) {
      const cell = (bits[at] as number) | ((bits[at + 1] ?? 0) << 8);
      if (cell === 0) {
        continue;
      }
      const left = 8 * at + trailingZeros(cell);
      this.#grid.extend(left, y, 8 * at + 32 - Math.clz32(cell), y + 1, countBits(cell));
    }
  }

  /** The regions, the one with the most differing pixels first, equal ones from top to bottom. */
  regions(): Region[] {
    let grid = this.#grid;
    let boxes = grid.joinTouching();
    while (boxes.length > maxRegions) {
      grid = grid.coarser();
      boxes = grid.joinTouching();
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

function trailingZeros(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** How many bits of a row are set. */
export function countBitsOf(row: Uint8Array): number {
  return row.reduce((sum, byte) => sum + countBits(byte), 0);
}

/** Of 16 bits, adding neighbouring ones, then pairs, and so on. */
function countBits(bits: number): number {
  const pairs = bits - ((bits >> 1) & 0x5555);
  const fours = (pairs & 0x3333) + ((pairs >> 2) & 0x3333);
  const eights = (fours + (fours >> 4)) & 0x0f0f;
  return (eights + (eights >> 8)) & 0x1f;
}

/** A box around differing pixels; `right` and `bottom` are excluded. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
}

/** What a row of cells holds, five numbers for each: the box around its differing pixels and their number, all 0 when none. */
const numbersPerCell = 5;

/** Square cells, their rows made when a pixel falls into them. Flat numbers, as a page that differs all over has 100,000 cells. */
class Grid {
  readonly #width: number;
  readonly #side: number;
  readonly #columns: number;
  readonly #rows: (Int32Array | undefined)[] = [];

  constructor(width: number, side: number) {
    this.#width = width;
    this.#side = side;
    this.#columns = Math.ceil(width / side);
  }

  /** Adds a box with its pixels to the cell that it lies in. */
  extend(left: number, top: number, right: number, bottom: number, pixels: number): void {
    const row = Math.floor(top / this.#side);
    this.#rows[row] ??= new Int32Array(this.#columns * numbersPerCell);
    const cells = this.#rows[row];
    const at = Math.floor(left / this.#side) * numbersPerCell;
    const isNew = cells[at + 4] === 0;
    cells[at] = isNew ? left : Math.min(cells[at] as number, left);
    cells[at + 1] = isNew ? top : Math.min(cells[at + 1] as number, top);
    cells[at + 2] = Math.max(cells[at + 2] as number, right);
    cells[at + 3] = Math.max(cells[at + 3] as number, bottom);
    cells[at + 4] = (cells[at + 4] as number) + pixels;
  }

  /** The same pixels in cells of twice the side. */
  coarser(): Grid {
    const grid = new Grid(this.#width, this.#side * 2);
    this.#forEachCell((row, column) => {
      const { left, top, right, bottom, pixels } = this.#boxAt(row, column);
      grid.extend(left, top, right, bottom, pixels);
    });
    return grid;
  }

  /** One box for each group of cells that touch. */
  joinTouching(): Box[] {
    const boxes: Box[] = [];
    const joined = this.#rows.map((cells) => cells && new Uint8Array(this.#columns));
    const queue: number[] = [];
    const join = (box: Box, row: number, column: number) => {
      if (joined[row]?.[column] !== 0 || !this.#isTaken(row, column)) {
        return;
      }
      joined[row][column] = 1;
      extend(box, this.#boxAt(row, column));
      queue.push(row, column);
    };
    this.#forEachCell((firstRow, firstColumn) => {
      if (joined[firstRow]?.[firstColumn] !== 0) {
        return;
      }
      const box = { left: Infinity, top: Infinity, right: 0, bottom: 0, pixels: 0 };
      join(box, firstRow, firstColumn);
      while (queue.length > 0) {
        const [row, column] = queue.splice(-2) as [number, number];
        for (const dy of [-1, 0, 1]) {
          for (const dx of [-1, 0, 1]) {
            join(box, row + dy, column + dx);
          }
        }
      }
      boxes.push(box);
    });
    return boxes;
  }

  #forEachCell(use: (row: number, column: number) => void): void {
    for (let row = 0; row < this.#rows.length; row++) {
      if (this.#rows[row] === undefined) {
        continue;
      }
      for (let column = 0; column < this.#columns; column++) {
        if (this.#isTaken(row, column)) {
          use(row, column);
        }
      }
    }
  }

  #isTaken(row: number, column: number): boolean {
    return (this.#rows[row]?.[column * numbersPerCell + 4] ?? 0) > 0;
  }

  #boxAt(row: number, column: number): Box {
    const at = column * numbersPerCell;
    const [left = 0, top = 0, right = 0, bottom = 0, pixels = 0] = this.#rows[row]?.subarray(at, at + numbersPerCell) ?? [];
    return { left, top, right, bottom, pixels };
  }
}

function extend(box: Box, by: Box): void {
  box.left = Math.min(box.left, by.left);
  box.top = Math.min(box.top, by.top);
  box.right = Math.max(box.right, by.right);
  box.bottom = Math.max(box.bottom, by.bottom);
  box.pixels += by.pixels;
}

function joinOverlapping(boxes: readonly Box[]): Box[] {
  const disjoint: Box[] = [];
  for (const box of boxes) {
    // A box that grew may overlap one it did not overlap before, so look again until none does.
    for (let index = overlapping(disjoint, box); index >= 0; index = overlapping(disjoint, box)) {
      for (const other of disjoint.splice(index, 1)) {
        extend(box, other);
      }
    }
    disjoint.push(box);
  }
  return disjoint;
}

function overlapping(boxes: readonly Box[], { left, top, right, bottom }: Box): number {
  return boxes.findIndex((box) => box.left < right && left < box.right && box.top < bottom && top < box.bottom);
}
