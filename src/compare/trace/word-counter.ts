import type { RowPiece } from './row-pieces.ts';

/** A piece that the next rows may go on with. */
interface OpenPiece {
  readonly start: number;
  readonly end: number;
  readonly row: number;
  /** Of the word that it belongs to. */
  readonly word: Word;
}

/** Words that turned out to be one point to the one that is left. */
interface Word {
  joined: Word | undefined;
}

/** Counts what hangs together in the pieces of rows, which is about a word of text each: a new typeface leaves their number as it is. */
export class WordCounter {
  readonly #gapPx: number;
  #open: OpenPiece[] = [];
  #row = 0;
  #count = 0;

  /** @param gapPx rows without ink within a word, as below the dot of an i */
  constructor(gapPx: number) {
    this.#gapPx = gapPx;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the next row. */
  addRow(pieces: readonly RowPiece[]): void {
    const row = this.#row;
    this.#row += 1;
    if (pieces.length === 0 && this.#open.length === 0) {
      return;
    }
    const before = this.#open.filter((open) => row - open.row <= this.#gapPx);
    const added = pieces.map(({ start, end }) => ({ start, end, row, word: this.#wordOf(start, end, before) }));
    const covered = (open: OpenPiece): boolean => added.some((piece) => piece.start <= open.start && open.end <= piece.end);
    this.#open = [...before.filter((open) => !covered(open)), ...added];
  }

  #wordOf(start: number, end: number, open: readonly OpenPiece[]): Word {
    let found: Word | undefined;
    for (const piece of open) {
      if (piece.start > end || piece.end < start) {
        continue;
      }
      const word = rootOf(piece.word);
      if (found === undefined) {
        found = word;
      } else if (found !== word) {
        word.joined = found;
        this.#count -= 1;
      }
    }
    if (found === undefined) {
      this.#count += 1;
    }
    return found ?? { joined: undefined };
  }
}

function rootOf(word: Word): Word {
  let root = word;
  while (root.joined !== undefined) {
    root = root.joined;
  }
  return root;
}
