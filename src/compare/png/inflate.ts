import { createInflate, type Inflate } from 'node:zlib';
import { reasonOf } from '../../errors/user-error.ts';
import { UnreadablePicture } from '../unreadable.ts';

/** Large enough that handing pieces from zlib's threads to this one costs little, small enough to stay in a cache. */
const pieceBytes = 256 * 1024;

/** How many pieces zlib may be ahead of the reader, so that neither waits for the other. */
const piecesAhead = 3;

/**
 * The inflated bytes of a zlib stream, read in order. zlib works on threads of its own and holds only a few pieces,
 * whatever the stream would expand to.
 */
export class InflateReader implements Disposable {
  readonly #inflate: Inflate;
  readonly #pieces: Buffer[] = [];
  #piece: Buffer = Buffer.alloc(0);
  #end: 'not yet' | 'reached' | { readonly error: unknown } = 'not yet';
  #wake: () => void = () => {};

  /** @param pieces of the stream; joined, because a write for each of a browser's 4 KiB chunks costs three times as much */
  constructor(pieces: readonly Uint8Array[]) {
    this.#inflate = createInflate({ chunkSize: pieceBytes })
      .on('data', (piece: Buffer) => {
        this.#pieces.push(piece);
        if (this.#pieces.length >= piecesAhead) this.#inflate.pause();
        this.#wake();
      })
      .on('end', () => this.#endWith('reached'))
      .on('error', (error) => this.#endWith({ error }));
    this.#inflate.end(Buffer.concat(pieces));
  }

  /**
   * Fills `target`.
   * @throws UnreadablePicture when the stream is broken or ends before
   */
  async read(target: Uint8Array): Promise<void> {
    for (let filled = 0; filled < target.length; ) {
      if (this.#piece.length === 0) {
        const next = await this.#nextPiece();
        if (next === undefined) throw new UnreadablePicture('its picture data is shorter than its size needs');
        this.#piece = next;
      }
      const part = this.#piece.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
  }

  /** @throws UnreadablePicture when anything is left, or the stream does not end in order, its checksum included */
  async finish(): Promise<void> {
    const isLonger = this.#piece.length > 0 || (await this.#nextPiece()) !== undefined;
    if (isLonger) throw new UnreadablePicture('its picture data is longer than its size allows');
  }

  [Symbol.dispose](): void {
    this.#inflate.destroy();
  }

  /** Undefined at the end. */
  async #nextPiece(): Promise<Buffer | undefined> {
    while (this.#pieces.length === 0 && this.#end === 'not yet') await new Promise<void>((resolve) => (this.#wake = resolve));
    const piece = this.#pieces.shift();
    if (piece === undefined && typeof this.#end === 'object') throw inflateProblem(this.#end.error);
    if (this.#pieces.length < piecesAhead) this.#inflate.resume();
    return piece;
  }

  #endWith(end: 'reached' | { readonly error: unknown }): void {
    this.#end = end;
    this.#wake();
  }
}

/** What zlib's error means for the picture. */
export function inflateProblem(error: unknown): UnreadablePicture {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return new UnreadablePicture('its picture data ends early');
  if (code === 'ERR_BUFFER_TOO_LARGE') return new UnreadablePicture('its picture data is longer than its size allows');
  return new UnreadablePicture(`its picture data cannot be inflated (${reasonOf(error)})`);
}
