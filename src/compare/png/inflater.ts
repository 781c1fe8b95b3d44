import type { Address, Kernel } from '../kernel/kernel.ts';
import { UnreadablePicture } from '../unreadable.ts';
import type { Png } from './parse.ts';

/** Deflate refers to at most so many bytes before (RFC 1951). */
const historyBytes = 32 * 1024;

/** How much of the compressed bytes is in the kernel's memory at a time; more than the 1 KiB that a step of it may take. */
const defaultInputBytes = 128 * 1024;

/** The kernel may inflate so many bytes more than it was asked for. */
const excessBytes = 300;

/** Behind the blocks of a zlib stream. */
const checksumBytes = 4;

/** The stream ended where it was read to, ended with other bytes behind it, or goes on. */
export type StreamEnd = 'ended' | 'followed' | 'longer';

/** States of an inflater, as src/kernel/assembly/inflate.ts numbers them; below `ended` it can go on. */
const ended = 3;
const problems: Readonly<Record<number, string>> = {
  [ended]: 'is shorter than its size needs',
  4: 'ends early',
  5: 'is no zlib stream',
  6: 'cannot be inflated (a block of no known kind)',
  7: 'cannot be inflated (codes that are none)',
  8: 'cannot be inflated (a symbol that does not exist)',
  9: 'cannot be inflated (a distance to before its start)',
  10: 'does not match its checksum',
  11: 'cannot be inflated (far more blocks than so little data needs)',
};

/**
 * The inflated bytes of a zlib stream, read in order in the kernel's memory, where no more of them are held than a read
 * asks for and what deflate may refer to.
 */
export class Inflater {
  readonly #kernel: Kernel;
  readonly #damage: Png['damage'];
  readonly #stream: Address;
  readonly #pieces: Iterator<Uint8Array>;
  /** What is left of the piece that was taken last; undefined when there is no more. */
  #piece: Uint8Array | undefined;
  readonly #input: Address;
  readonly #inputBytes: number;
  #inputEnd: Address;
  readonly #window: Address;
  readonly #windowEnd: Address;
  /** Where the bytes end that were inflated, and where the next ones start that were not read. */
  #filled: Address;
  #next: Address;

  /**
   * @param png whose picture data is the stream
   * @param mostBytes that a read asks for
   */
  constructor(kernel: Kernel, { idat, damage }: Pick<Png, 'idat' | 'damage'>, mostBytes: number, inputBytes = defaultInputBytes) {
    this.#kernel = kernel;
    this.#damage = damage;
    this.#stream = kernel.reserve(kernel.call.inflaterBytes());
    this.#input = kernel.reserve(inputBytes);
    this.#inputBytes = inputBytes;
    this.#inputEnd = this.#input;
    this.#window = kernel.reserve(historyBytes + mostBytes + excessBytes);
    this.#windowEnd = this.#window + historyBytes + mostBytes;
    this.#filled = this.#window;
    this.#next = this.#window;
    this.#pieces = idat[Symbol.iterator]();
    this.#piece = this.#pieces.next().value;
    const isAll = this.#fillInput(this.#input);
    kernel.call.startInflating(this.#stream, this.#input, this.#inputEnd, isAll);
  }

  /**
   * @returns where the next `bytes` bytes stand, until the next read
   * @throws UnreadablePicture when the stream is broken or ends before
   */
  read(bytes: number): Address {
    if (this.#next + bytes > this.#windowEnd) {
      this.#moveBack();
    }
    const start = this.#next;
    this.#inflateTo(start + bytes);
    if (this.#filled < start + bytes) {
      throw this.#problem();
    }
    this.#next = start + bytes;
    return start;
  }

  /**
   * Sees whether the stream ends here in order, its checksum included. Of one that goes on nothing more is read, however long
   * it is: that is damage, and the picture is whole.
   * @throws UnreadablePicture
   */
  finish(): StreamEnd {
    this.#inflateTo(this.#next + 1);
    // One that ends early may give bytes beyond its end before that is seen.
    if (this.#state() > ended) {
      throw this.#problem();
    }
    if (this.#filled > this.#next) {
      this.#damage.add('its picture data is longer than its size needs');
      return 'longer';
    }
    const isFollowed = this.#piece !== undefined || this.#inputEnd > this.#kernel.call.nextInput(this.#stream) + checksumBytes;
    return isFollowed ? 'followed' : 'ended';
  }

  #inflateTo(limit: Address): void {
    const { call } = this.#kernel;
    while (this.#filled < limit) {
      this.#filled = call.inflate(this.#stream, this.#filled, limit, this.#window);
      if (this.#filled >= limit || this.#state() >= ended) {
        return;
      }
      const isAll = this.#fillInput(call.nextInput(this.#stream));
      call.giveInput(this.#stream, this.#input, this.#inputEnd, isAll);
    }
  }

  /**
   * Moves the input from `next` on to the front and fills up behind it.
   * @returns 1 when the stream's last byte is there
   */
  #fillInput(next: Address): 0 | 1 {
    const left = this.#inputEnd - next;
    this.#kernel.copy(this.#input, next, left);
    this.#inputEnd = this.#input + left;
    const end = this.#input + this.#inputBytes;
    while (this.#piece !== undefined && this.#inputEnd < end) {
      const part = this.#piece.subarray(0, end - this.#inputEnd);
      this.#kernel.write(this.#inputEnd, part);
      this.#inputEnd += part.length;
      this.#piece = part.length < this.#piece.length ? this.#piece.subarray(part.length) : this.#pieces.next().value;
    }
    return this.#piece === undefined ? 1 : 0;
  }

  /** Makes room at the end of the window by dropping what was read and is not referred to any more. */
  #moveBack(): void {
    const keptFrom = Math.max(this.#window, Math.min(this.#next, this.#filled - historyBytes));
    this.#kernel.copy(this.#window, keptFrom, this.#filled - keptFrom);
    this.#next -= keptFrom - this.#window;
    this.#filled -= keptFrom - this.#window;
  }

  #state(): number {
    return this.#kernel.call.inflaterState(this.#stream);
  }

  #problem(): UnreadablePicture {
    // Where the file is damaged, that is most likely why.
    const because = this.#damage.isNone ? '' : `; ${this.#damage}`;
    return new UnreadablePicture(`its picture data ${problems[this.#state()] ?? problems[ended]}${because}`);
  }
}
