import { createInflate, type Inflate } from 'node:zlib';
import { reasonOf } from '../../errors/user-error.ts';
import { UnreadablePicture } from '../unreadable.ts';

/** Large enough that handing pieces from zlib's threads to this one costs little, small enough to stay in a cache. */
const pieceBytes = 256 * 1024;

/**
 * The inflated bytes of a zlib stream, read in order. zlib works on threads of its own, one piece ahead of the reader,
 * and no more than two pieces are held, however much the stream would expand to.
 */
export class InflateReader implements Disposable {
  readonly #inflate: Inflate;
  readonly #pieces: AsyncIterator<Buffer>;
  #next: Promise<IteratorResult<Buffer>>;
  #piece: Buffer = Buffer.alloc(0);

  /** @param pieces of the stream; joined, because a write for each of a browser's 4 KiB chunks costs three times as much */
  constructor(pieces: readonly Uint8Array[]) {
    this.#inflate = createInflate({ chunkSize: pieceBytes });
    this.#pieces = this.#inflate[Symbol.asyncIterator]();
    this.#inflate.end(Buffer.concat(pieces));
    this.#next = this.#ask();
  }

  /**
   * Fills `target`.
   * @throws UnreadablePicture when the stream is broken or ends before
   */
  async read(target: Uint8Array): Promise<void> {
    for (let filled = 0; filled < target.length; ) {
      if (this.#piece.length === 0) this.#piece = await this.#nextPiece();
      const part = this.#piece.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
  }

  /** @throws UnreadablePicture when anything is left, or the stream does not end in order, its checksum included */
  async finish(): Promise<void> {
    const rest = this.#piece.length > 0 || (await this.#settled()).done !== true;
    if (rest) throw new UnreadablePicture('its picture data is longer than its size allows');
  }

  [Symbol.dispose](): void {
    this.#inflate.destroy();
  }

  async #nextPiece(): Promise<Buffer> {
    const { done, value } = await this.#settled();
    if (done === true) throw new UnreadablePicture('its picture data is shorter than its size needs');
    this.#next = this.#ask();
    return value;
  }

  async #settled(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#next;
    } catch (error) {
      throw inflateProblem(error);
    }
  }

  #ask(): Promise<IteratorResult<Buffer>> {
    const next = this.#pieces.next();
    // Whoever reads it is told; until then it must not count as unhandled.
    next.catch(() => {});
    return next;
  }
}

/** What zlib's error means for the picture. */
export function inflateProblem(error: unknown): UnreadablePicture {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return new UnreadablePicture('its picture data ends early');
  if (code === 'ERR_BUFFER_TOO_LARGE') return new UnreadablePicture('its picture data is longer than its size allows');
  return new UnreadablePicture(`its picture data cannot be inflated (${reasonOf(error)})`);
}
