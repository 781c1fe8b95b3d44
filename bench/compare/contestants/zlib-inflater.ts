import { inflateSync } from 'node:zlib';
import type { Address, Kernel } from '../../../src/compare/kernel/kernel.ts';
import type { StreamEnd } from '../../../src/compare/png/inflater.ts';
import type { Png } from '../../../src/compare/png/parse.ts';

/** What one chunk of zlib's output holds: more than most pictures have, so that nothing is joined. Untouched memory costs nothing. */
const chunkBytes = 64 * 1024 * 1024;

/** In the place of src/compare/png/inflater.ts: the same, inflated by node:zlib. It inflates whole streams, as nothing else of it is synchronous. */
export class Inflater {
  readonly #kernel: Kernel;
  readonly #bytes: Buffer;
  readonly #out: Address;
  #next = 0;

  constructor(kernel: Kernel, { idat }: Pick<Png, 'idat'>, mostBytes: number) {
    this.#kernel = kernel;
    this.#bytes = inflateSync(Buffer.concat(idat), { chunkSize: chunkBytes });
    this.#out = kernel.reserve(mostBytes);
  }

  read(bytes: number): Address {
    this.#kernel.write(this.#out, this.#bytes.subarray(this.#next, this.#next + bytes));
    this.#next += bytes;
    return this.#out;
  }

  finish(): StreamEnd {
    if (this.#next !== this.#bytes.length) {
      throw new Error('The picture data is not as long as its size says.');
    }
    return 'ended';
  }
}
