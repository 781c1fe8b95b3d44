import type { Rect } from '../../basics/geometry.ts';
import { distanceOf } from './colour-distance.ts';
import { findRuns, isNear, type Run, type RunLimits, type Shift } from './find-runs.ts';
import { shadeLimits } from './limits.ts';

/** An area that changed evenly, by less than the threshold. */
export interface FoundShade extends Rect {
  /** How many of its pixels are shifted. */
  readonly pixels: number;
  /** The colours that most of it has, as words of RGBA whose lowest byte is red. */
  readonly from: number;
  readonly to: number;
}

/** A connected area while it grows; `joinedTo` is the one that it became part of. */
interface Area {
  joinedTo: Area | undefined;
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
  /** At how many places a square fits in. */
  places: number;
  /** The colours that most of it has, and how many pixels more than those of other colours have them. */
  lead: number;
  from: number;
  to: number;
  readonly shift: Shift;
}

/** A run with the area that it belongs to. */
interface Placed {
  readonly run: Run;
  readonly area: Area;
}

/**
 * Finds areas that are shifted evenly by a little, given the rows that differ from top to bottom. Runs of shifted pixels that
 * touch from row to row are one area; it counts when squares fit into it at enough places, which noise has no room for.
 */
export class ShadeFinder {
  readonly #side: number;
  readonly #places: number;
  readonly #limits: RunLimits;
  readonly #onRun: (y: number, start: number, end: number) => void;
  readonly #found: FoundShade[] = [];
  #above: Placed[] = [];
  #y = -1;
  /** For each pixel of the last row: how many shifted ones of its area stand over each other down to it. */
  #heights: Uint32Array;
  #heightsAbove: Uint32Array;

  /**
   * @param width of the rows, in pixels
   * @param scale device pixels per CSS pixel
   * @param threshold of pixelmatch: what is beyond it is no shade
   * @param onRun told of each run, whether or not its area turns out to count
   */
  constructor(width: number, scale: number, threshold: number, onRun: (y: number, start: number, end: number) => void) {
    this.#side = Math.max(1, Math.round(shadeLimits.side * scale));
    this.#places = shadeLimits.places * scale * scale;
    this.#limits = {
      shortest: this.#side,
      nearest: distanceOf(shadeLimits.threshold),
      farthest: distanceOf(threshold),
      unevenness: shadeLimits.unevenness,
    };
    this.#onRun = onRun;
    this.#heights = new Uint32Array(width);
    this.#heightsAbove = new Uint32Array(width);
  }

  /** Adds row `y`, which is below all that were added before: a word of RGBA for each pixel. Rows left out do not differ. */
  addRow(y: number, baseline: Uint32Array, actual: Uint32Array): void {
    if (y !== this.#y + 1) {
      this.#leave([]);
    }
    this.#y = y;
    const runs = findRuns(baseline, actual, this.#limits);
    if (runs.length === 0) {
      this.#leave([]);
      return;
    }
    [this.#heights, this.#heightsAbove] = [this.#heightsAbove, this.#heights];
    let first = 0;
    const placed = runs.map((run): Placed => {
      this.#onRun(y, run.start, run.end);
      // Runs above that end before this one starts are of no use to the next ones either.
      while ((this.#above[first]?.run.end ?? Infinity) <= run.start) {
        first += 1;
      }
      const area = this.#findArea(run, first) ?? createArea(run, y);
      this.#extend(area, run);
      return { run, area };
    });
    this.#leave(placed);
  }

  /** The areas that count, largest first. */
  finish(): FoundShade[] {
    this.#leave([]);
    return this.#found.sort((a, b) => b.pixels - a.pixels || a.y - b.y || a.x - b.x);
  }

  /** The area that a run belongs to by what is above it, from the `first` of the runs there on; areas that it connects become one. */
  #findArea(run: Run, first: number): Area | undefined {
    this.#heights.fill(1, run.start, run.end);
    let area: Area | undefined;
    for (let at = first; at < this.#above.length; at++) {
      const over = this.#above[at] as Placed;
      if (over.run.start >= run.end) {
        break;
      }
      const other = rootOf(over.area);
      if (isNear(run.shift, other.shift, shadeLimits.unevenness)) {
        area = area === undefined ? other : join(area, other);
        this.#growHeights(Math.max(run.start, over.run.start), Math.min(run.end, over.run.end));
      }
    }
    return area;
  }

  #growHeights(start: number, end: number): void {
    for (let x = start; x < end; x++) {
      this.#heights[x] = (this.#heightsAbove[x] as number) + 1;
    }
  }

  #extend(area: Area, { start, end, plain, from, to }: Run): void {
    area.left = Math.min(area.left, start);
    area.right = Math.max(area.right, end);
    area.bottom = this.#y + 1;
    area.pixels += end - start;
    vote(area, from, to, plain);
    let highEnough = 0;
    for (let x = start; x < end; x++) {
      highEnough = (this.#heights[x] as number) >= this.#side ? highEnough + 1 : 0;
      area.places += highEnough >= this.#side ? 1 : 0;
    }
  }

  /** Goes on to the next row, and leaves the areas that do not reach it. */
  #leave(placed: Placed[]): void {
    const bottom = placed.length === 0 ? Infinity : this.#y + 1;
    const left = new Set<Area>();
    for (const { area } of this.#above) {
      const root = rootOf(area);
      if (root.bottom < bottom && root.places >= this.#places) {
        left.add(root);
      }
    }
    for (const { left: x, top: y, right, bottom: end, pixels, from, to } of left) {
      this.#found.push({ x, y, width: right - x, height: end - y, pixels, from, to });
    }
    this.#above = placed;
  }
}

function createArea({ start, end, shift, from, to }: Run, y: number): Area {
  return {
    joinedTo: undefined,
    left: start,
    top: y,
    right: end,
    bottom: y + 1,
    pixels: 0,
    places: 0,
    lead: 0,
    from,
    to,
    shift,
  };
}

function rootOf(area: Area): Area {
  let root = area;
  while (root.joinedTo !== undefined) {
    root = root.joinedTo;
  }
  return root;
}

/** Makes two areas one: the larger, which takes in the other. */
function join(a: Area, b: Area): Area {
  if (a === b) {
    return a;
  }
  const [whole, part] = a.pixels >= b.pixels ? [a, b] : [b, a];
  part.joinedTo = whole;
  whole.left = Math.min(whole.left, part.left);
  whole.top = Math.min(whole.top, part.top);
  whole.right = Math.max(whole.right, part.right);
  whole.bottom = Math.max(whole.bottom, part.bottom);
  whole.pixels += part.pixels;
  whole.places += part.places;
  vote(whole, part.from, part.to, part.lead);
  return whole;
}

/** Counts pixels of these colours, so that those that more than half of an area has stand for it, whatever its edges look like. */
function vote(area: Area, from: number, to: number, pixels: number): void {
  if (area.from === from && area.to === to) {
    area.lead += pixels;
  } else if (area.lead >= pixels) {
    area.lead -= pixels;
  } else {
    area.lead = pixels - area.lead;
    area.from = from;
    area.to = to;
  }
}
