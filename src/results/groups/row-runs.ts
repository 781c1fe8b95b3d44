/** Bytes of a run of equal rows: of its hash, and of all of it. */
export const runHashBytes = 16;
export const runBytes = runHashBytes + 8;

/** Characters of a run: its bytes in base64. */
export const runLength = 32;

/** Most runs that are kept of one capture, which are 16 kB: of all its regions together, the largest first. */
export const mostTracedRuns = 512;

/** Equal rows of a region that follow each other. */
export interface RowRun {
  /** How many rows. */
  readonly rows: number;
  /** Where the differing pixels begin and end, in pixels of the picture; 0 and 0 where none differs. */
  readonly left: number;
  readonly right: number;
  /** How many pixels of each row differ, be it by less than the threshold. */
  readonly pixels: number;
}

/** What the runs of a text say: 16 bytes of each are its hash, then come four numbers of two bytes, the lower one first. */
export function readRuns(text: string): RowRun[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(text.length / runLength) }, (_, at) => {
    const from = at * runBytes + runHashBytes;
    return {
      rows: bytes.readUInt16LE(from),
      left: bytes.readUInt16LE(from + 2),
      right: bytes.readUInt16LE(from + 4),
      pixels: bytes.readUInt16LE(from + 6),
    };
  });
}
