import { createHash } from 'node:crypto';
import { runHashBytes as hashBytes, runBytes, runLength } from '../../results/groups/row-runs.ts';
import type { RegionTrace } from '../../results/model.ts';

/** Which pixels of a row differ: how many, from `left` to before `right`; 0 and 0 where none do. */
export interface RowMark {
  readonly pixels: number;
  readonly left: number;
  readonly right: number;
}

/** A run has a length of two bytes. */
const longestRun = 0xffff;

/**
 * Keeps the rows of a region as runs of equal ones, so that a part of it can be known again: of a long one the first and the
 * last, since what many pages share stands at an end of what it touches. See row-runs.ts for how they are written.
 */
export class RowMarks {
  readonly #most: number;
  readonly #first: Buffer[] = [];
  #last: Buffer[] = [];
  #open: Buffer | undefined;

  /** @param most runs at each end */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param entries the differing pixels, the first of them at `left` of the picture */
  add({ pixels, left, right }: RowMark, entries: Uint32Array): void {
    const hash =
      pixels === 0
        ? Buffer.alloc(hashBytes)
        : createHash('sha256').update(Uint32Array.of(left)).update(entries).digest().subarray(0, hashBytes);
    const count = this.#open?.readUInt16LE(hashBytes) ?? 0;
    if (this.#open !== undefined && count < longestRun && hash.equals(this.#open.subarray(0, hashBytes))) {
      this.#open.writeUInt16LE(count + 1, hashBytes);
      return;
    }
    this.#close();
    this.#open = Buffer.alloc(runBytes);
    hash.copy(this.#open);
    this.#open.writeUInt16LE(1, hashBytes);
    this.#open.writeUInt16LE(left, hashBytes + 2);
    this.#open.writeUInt16LE(right, hashBytes + 4);
    this.#open.writeUInt16LE(pixels, hashBytes + 6);
  }

  finish(): Pick<RegionTrace, 'rows' | 'tail'> {
    this.#close();
    const isWhole = this.#last.length <= this.#most;
    const rows = write(isWhole ? [...this.#first, ...this.#last] : this.#first);
    return isWhole ? { rows } : { rows, tail: write(this.#last.slice(-this.#most)) };
  }

  #close(): void {
    if (this.#open === undefined) {
      return;
    }
    if (this.#first.length < this.#most) {
      this.#first.push(this.#open);
      return;
    }
    this.#last.push(this.#open);
    if (this.#last.length > 4 * this.#most) {
      // More than `most`, so that it is not taken for the whole.
      this.#last = this.#last.slice(-this.#most - 1);
    }
  }
}

function write(runs: readonly Buffer[]): string {
  const text = Buffer.concat(runs).toString('base64');
  if (text.length !== runs.length * runLength) {
    throw new Error('a run of rows must be written in whole characters');
  }
  return text;
}
