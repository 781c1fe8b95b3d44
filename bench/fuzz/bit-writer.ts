import type { Code } from './huffman-codes.ts';

/** Bits in the order of deflate: the lowest of a byte first. */
export class BitWriter {
  readonly #bits: number[] = [];

  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.#bits.push((value >> bit) & 1);
    }
  }

  /** Nothing where a symbol has no code. */
  writeCode(code: Code | undefined): void {
    this.write(code?.bits ?? 0, code?.length ?? 0);
  }

  /** Zeros up to the next whole byte. */
  fillByte(): void {
    while (this.#bits.length % 8 > 0) {
      this.#bits.push(0);
    }
  }

  toBuffer(): Buffer {
    this.fillByte();
    const bytes = Buffer.alloc(this.#bits.length / 8);
    this.#bits.forEach((bit, at) => {
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7));
    });
    return bytes;
  }
}
