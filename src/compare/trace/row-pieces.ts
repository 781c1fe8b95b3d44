import type { Span } from '../mask.ts';

/** The pixels of a whole row as words of RGBA; undefined where the picture has no such row. */
export type RowWords = Uint32Array | undefined;

/** A part of a row between plain stretches, such as what a word has in it. */
export interface RowPiece {
  readonly start: number;
  /** Behind the last pixel that differs from the one before. */
  readonly end: number;
  /** 32 bits of its pixels and of what is before them; equal wherever the same piece lies. */
  readonly hash: number;
}

/**
 * The pieces of a row from `start` to before `end`, as far as the row has them, from left to right. A stretch of at least `gapPx` equal pixels divides them; what is
 * masked does, too.
 */
export function piecesOf(
  row: Uint32Array,
  { start, end, gapPx, masked }: { start: number; end: number; gapPx: number; masked: readonly Span[] },
): RowPiece[] {
  const pieces: RowPiece[] = [];
  let [first, last, hash] = [-1, -1, 0];
  const close = (): void => {
    if (first !== -1) {
      pieces.push({ start: first, end: last + 1, hash });
    }
    first = -1;
  };
  for (let x = Math.max(start, 1); x < Math.min(end, row.length); x++) {
    const [before, word] = [row[x - 1], row[x]];
    if (before === word) {
      continue;
    }
    if (masked.some((span) => span.start <= x && x <= span.end)) {
      close();
      continue;
    }
    if (first === -1 || x - last > gapPx) {
      close();
      first = x;
      hash = mix(offset, before as number);
    }
    // How far it is from the last change stands for the equal pixels between.
    hash = mix(mix(hash, x - (last < first ? x : last)), word as number);
    last = x;
  }
  close();
  return pieces;
}

/** Of the 32-bit FNV-1a hash (Fowler, Noll, Vo), here with a word at a time and its upper half folded in. */
const offset = 0x811c_9dc5;
const prime = 0x0100_0193;

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, prime);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
