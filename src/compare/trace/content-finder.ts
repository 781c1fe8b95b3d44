import type { ChangeContent } from '../../results/model.ts';
import type { Span } from '../mask.ts';
import { piecesOf, type RowPiece, type RowWords } from './row-pieces.ts';
import { WordCounter } from './word-counter.ts';

/** In CSS pixels: letters of one word are nearer to each other than that, words farther apart. */
const wordGapPx = 3;
/** In CSS pixels: what is narrower, as a stem or a border, is the same in things that have nothing to do with each other. */
const narrowestPx = 4;
/** In CSS pixels: how far beyond the sides of a region its words may go, whose pixels happen to be equal there. */
const beyondPx = 16;
/** Most different pieces that are kept of one region in one picture: 10,000 rows of text have fewer. */
const mostPieces = 50_000;

/** Of one piece: where the same word stands elsewhere. */
const mostPlaces = 4;

/** Finds out how much of a changed region is in the other picture as well, at another place, and how many words it has. */
export class ContentFinder {
  readonly #start: number;
  readonly #end: number;
  readonly #gapPx: number;
  readonly #before: Side;
  readonly #after: Side;

  constructor({ x, width }: { readonly x: number; readonly width: number }, pixelsPerCssPixel: number) {
    const beyond = Math.round(beyondPx * pixelsPerCssPixel);
    [this.#start, this.#end] = [x - beyond, x + width + beyond];
    this.#gapPx = Math.round(wordGapPx * pixelsPerCssPixel);
    this.#before = new Side(pixelsPerCssPixel);
    this.#after = new Side(pixelsPerCssPixel);
  }

  /** Adds the next row of the region, given that row of both pictures; what is equal at the same place does not count. */
  addRow(baseline: RowWords, actual: RowWords, masked: readonly Span[]): void {
    const areEqual = baseline !== undefined && actual !== undefined && this.#isEqual(baseline, actual);
    const [before, after] = areEqual ? [[], []] : [this.#pieces(baseline, masked), this.#pieces(actual, masked)];
    this.#before.addRow(without(before, after));
    this.#after.addRow(without(after, before));
  }

  /** Between the same ends as pieces are looked for: most rows of a large region are, and have none that count. */
  #isEqual(baseline: Uint32Array, actual: Uint32Array): boolean {
    for (let x = Math.max(this.#start - 1, 0); x < this.#end; x++) {
      if (baseline[x] !== actual[x]) {
        return false;
      }
    }
    return true;
  }

  #pieces(row: RowWords, masked: readonly Span[]): RowPiece[] {
    return row === undefined ? [] : piecesOf(row, { start: this.#start, end: this.#end, gapPx: this.#gapPx, masked });
  }

  /** What the regions of one capture have in them: things move from one region to another as well. */
  static finish(finders: readonly ContentFinder[]): ChangeContent[] {
    const before = new Map(finders.flatMap((finder) => [...finder.#before.pieces]));
    const after = new Map(finders.flatMap((finder) => [...finder.#after.pieces]));
    return finders.map((finder): ChangeContent => {
      const gone = sumUp(finder.#before.pieces, finder.#after.pieces, after);
      const come = sumUp(finder.#after.pieces, finder.#before.pieces, before);
      const all = gone.allPx + come.allPx;
      return {
        movedPercent: all === 0 ? 0 : Math.round((100 * (gone.foundPx + come.foundPx)) / all),
        movedPx: gone.foundPx >= come.foundPx ? gone.stepPx : -come.stepPx,
        wordsBefore: finder.#before.words,
        wordsAfter: finder.#after.words,
      };
    });
  }
}

interface Piece {
  /** Where it lies, in as many rows as are kept. */
  readonly xs: number[];
  readonly widthPx: number;
}

/** What a region has in one of the pictures. */
class Side {
  readonly #narrowestPx: number;
  readonly #words: WordCounter;
  readonly #pieces = new Map<number, Piece>();

  constructor(pixelsPerCssPixel: number) {
    this.#narrowestPx = Math.round(narrowestPx * pixelsPerCssPixel);
    this.#words = new WordCounter(Math.round(wordGapPx * pixelsPerCssPixel));
  }

  /** Different pieces, by their hashes. */
  get pieces(): ReadonlyMap<number, Piece> {
    return this.#pieces;
  }

  get words(): number {
    return this.#words.count;
  }

  addRow(pieces: readonly RowPiece[]): void {
    this.#words.addRow(pieces);
    for (const { start, end, hash } of pieces) {
      const known = this.#pieces.get(hash);
      if (known !== undefined && known.xs.length < mostPlaces) {
        known.xs.push(start);
      } else if (known === undefined && end - start >= this.#narrowestPx && this.#pieces.size < mostPieces) {
        this.#pieces.set(hash, { xs: [start], widthPx: end - start });
      }
    }
  }
}

/** Without those that lie at the same place in both. */
function without(pieces: readonly RowPiece[], others: readonly RowPiece[]): readonly RowPiece[] {
  let at = 0;
  return pieces.filter(({ start, hash }) => {
    while ((others[at]?.start ?? start) < start) {
      at += 1;
    }
    const other = others[at];
    return other?.start !== start || other.hash !== hash;
  });
}

/** How much of the pieces is in the other picture, in the same region or `elsewhere`, and how far to the right most of it lies there. */
function sumUp(
  pieces: ReadonlyMap<number, Piece>,
  others: ReadonlyMap<number, Piece>,
  elsewhere: ReadonlyMap<number, Piece>,
): { readonly allPx: number; readonly foundPx: number; readonly stepPx: number } {
  let [allPx, foundPx] = [0, 0];
  const steps = new Map<number, number>();
  for (const [hash, { xs, widthPx }] of pieces) {
    const other = others.get(hash) ?? elsewhere.get(hash);
    allPx += widthPx;
    foundPx += other === undefined ? 0 : widthPx;
    // The same word stands in many places, and only one of the steps between them is that of all words.
    for (const step of new Set(xs.flatMap((x) => other?.xs.map((to) => to - x) ?? []))) {
      steps.set(step, (steps.get(step) ?? 0) + widthPx);
    }
  }
  const [most] = [...steps].toSorted(([one, a], [other, b]) => b - a || one - other);
  return { allPx, foundPx, stepPx: most?.[0] ?? 0 };
}
