/** So many are told of one file; what more there is says nothing new. */
const most = 3;

/**
 * What is wrong with a PNG that can be read all the same, as browsers and libpng do: clauses about "it". Grows while the file
 * is read, and never beyond a few.
 */
export class Damage {
  readonly #clauses = new Set<string>();

  add(clause: string): void {
    if (this.#clauses.size < most) {
      this.#clauses.add(clause);
    }
  }

  get isNone(): boolean {
    return this.#clauses.size === 0;
  }

  /** "its CRC is wrong in chunk tEXt at byte 33; it ends without its last chunk, IEND". Empty: none. */
  toString(): string {
    return [...this.#clauses].join('; ');
  }
}
