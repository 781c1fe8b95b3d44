/** Characters of a run of equal rows: 24 bytes in base64. */
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

/** The runs of a text as the tracer writes it: each a text of its own, which is equal for equal rows alone. */
export function splitRuns(text: string): string[] {
  return Array.from({ length: Math.floor(text.length / runLength) }, (_, at) => text.slice(at * runLength, (at + 1) * runLength));
}

/** What a run says of itself: 16 bytes are its hash, then come four numbers of two bytes, the lower one first. */
export function readRun(run: string): RowRun {
  const bytes = Buffer.from(run, 'base64');
  return {
    rows: bytes.readUInt16LE(16),
    left: bytes.readUInt16LE(18),
    right: bytes.readUInt16LE(20),
    pixels: bytes.readUInt16LE(22),
  };
}
