import type { Size } from '../../basics/geometry.ts';
import type { ChangeContent, ChangeLook } from '../../results/model.ts';

/** Cells on each side of the grid that stands for the shape of a change. */
const gridSide = 4;
/** How full a cell can be. */
const fullest = 15;

/** Most pairs of colours that are counted: a photograph has more, and its look says nothing. */
const mostPairs = 4096;
/** Of the differing pixels: a colour that is rarer is none that a person would name. */
const namedShare = 0.05;
/** Pixels whose colour says which it becomes, as a share of all, from which on something is recoloured and not moved. */
const recolouredShare = 0.9;
/** A plain area that turns into another has one or two; what has edges, such as text, has more. */
const fewestShades = 4;
/** Of the differing pixels: what a shade has to have to count as one. */
const shadeShare = 0.002;

/** A colour that is not there. */
const none = 1 << 15;

/**
 * Finds out what a change looks like while its pixels are told: its colours, as five bits of red, green and blue; where in its
 * box pixels differ; and whether each colour turned into one other, as in text that has another colour.
 */
export class LookFinder {
  readonly #size: Size;
  readonly #pairs = new Map<number, number>();
  readonly #cells = new Uint32Array(gridSide * gridSide);
  #row = 0;
  #pixels = 0;
  // Areas are plain, so most pixels are as the one before.
  #before: number | undefined;
  #after: number | undefined;
  #same = 0;

  constructor(size: Size) {
    this.#size = size;
  }

  /** A pixel that differs, as words of RGBA whose lowest byte is red; `x` counts from the left of the region. */
  add(x: number, before: number | undefined, after: number | undefined): void {
    this.#pixels += 1;
    const column = Math.floor((x * gridSide) / this.#size.width);
    // Where many rows became few, those beyond count to the last ones.
    const row = Math.min(gridSide - 1, Math.floor((this.#row * gridSide) / this.#size.height));
    const cell = row * gridSide + column;
    this.#cells[cell] = (this.#cells[cell] as number) + 1;
    if (this.#same > 0 && before === this.#before && after === this.#after) {
      this.#same += 1;
      return;
    }
    this.#count();
    [this.#before, this.#after, this.#same] = [before, after, 1];
  }

  /** Goes on to the next row. */
  endRow(): void {
    this.#row += 1;
  }

  finish(): Omit<ChangeLook, keyof ChangeContent> {
    this.#count();
    const from = new Map<number, number>();
    const to = new Map<number, number>();
    const main = new Map<number, { after: number; count: number }>();
    const pairs = [...this.#pairs].map(([pair, count]) => ({ before: Math.floor(pair / 65_536), after: pair % 65_536, count }));
    for (const { before, after, count } of pairs) {
      from.set(before, (from.get(before) ?? 0) + count);
      to.set(after, (to.get(after) ?? 0) + count);
      if (count > (main.get(before)?.count ?? 0)) {
        main.set(before, { after, count });
      }
    }
    const told = pairs.reduce((sum, { before, after, count }) => sum + (isNear(after, main.get(before)?.after) ? count : 0), 0);
    const shades = [...from.values()].filter((count) => count >= this.#pixels * shadeShare).length;
    return {
      from: namedColours(from, this.#pixels),
      to: namedColours(to, this.#pixels),
      recoloured: told >= this.#pixels * recolouredShare && shades >= fewestShades && !from.has(none) && !to.has(none),
      shape: this.#shape(),
    };
  }

  #count(): void {
    const pair = coarse(this.#before) * 65_536 + coarse(this.#after);
    const count = this.#pairs.get(pair);
    if (this.#same > 0 && (count !== undefined || this.#pairs.size < mostPairs)) {
      this.#pairs.set(pair, (count ?? 0) + this.#same);
    }
    this.#same = 0;
  }

  #shape(): string {
    const { width, height } = this.#size;
    return Array.from(this.#cells, (count, at) => {
      const [columns, rows] = [share(width, at % gridSide), share(height, Math.floor(at / gridSide))];
      return Math.min(fullest, Math.round((fullest * count) / Math.max(1, columns * rows))).toString(16);
    }).join('');
  }
}

/** How many of `length` pixels fall into a part of the grid. */
function share(length: number, part: number): number {
  return Math.ceil(((part + 1) * length) / gridSide) - Math.ceil((part * length) / gridSide);
}

/** Five bits of red, green and blue. */
function coarse(word: number | undefined): number {
  return word === undefined ? none : ((word & 0xf8) << 7) | ((word & 0xf800) >> 6) | ((word & 0xf8_0000) >> 19);
}

/** Steps of 32 by which a shade of one colour may be another's: what lies between two shades is rounded. */
const shadeSteps = 3;

function isNear(one: number, other: number | undefined): boolean {
  return (
    other !== undefined &&
    [0, 5, 10].every((bits) => Math.abs(((one >> bits) & 0x1f) - ((other >> bits) & 0x1f)) <= shadeSteps) &&
    (one === none) === (other === none)
  );
}

/** The two most frequent ones, the first before the second. */
function namedColours(counts: ReadonlyMap<number, number>, pixels: number): number[] {
  return [...counts]
    .filter(([, count]) => count >= pixels * namedShare)
    .toSorted(([one, a], [other, b]) => b - a || one - other)
    .slice(0, 2)
    .map(([colour]) => colour);
}
