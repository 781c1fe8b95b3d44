/** Which pixels differ: a bit for each, kept only for rows where one does. */
export class DiffMap {
  readonly #rows = new Map<number, Uint8Array>();

  /** @param bits of row `y`, from the lowest bit of a byte on; copied */
  setRow(y: number, bits: Uint8Array): void {
    this.#rows.set(y, bits.slice());
  }

  /** Calls `use` with the runs of differing pixels of row `y`, from left to right; `end` is excluded. */
  forEachRun(y: number, use: (start: number, end: number) => void): void {
    const bits = this.#rows.get(y);
    if (bits !== undefined) forEachRunOfBits(bits, use);
  }
}

function forEachRunOfBits(bits: Uint8Array, use: (start: number, end: number) => void): void {
  const end = bits.length * 8;
  for (let start = nextBit(bits, 0, 1); start < end; ) {
    const stop = nextBit(bits, start, 0);
    use(start, stop);
    start = nextBit(bits, stop, 1);
  }
}

/** Where the next bit of that value is, from `from` on; the number of bits when there is none. */
function nextBit(bits: Uint8Array, from: number, value: 0 | 1): number {
  const other = value === 1 ? 0 : 0xff;
  let at = from;
  while (at < bits.length * 8) {
    const byte = bits[at >> 3] as number;
    if (byte === other) at = (at | 7) + 1;
    else if (((byte >> (at & 7)) & 1) === value) return at;
    else at += 1;
  }
  return at;
}
