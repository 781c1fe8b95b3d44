import type { Size } from '../../basics/geometry.ts';
import type { Address, Kernel } from '../kernel/kernel.ts';

/** A picture whose chunks, sizes and limits are checked and whose rows can be read, each time from the first one on. */
export interface Picture {
  readonly size: Size;
  /** RGB or RGBA, 8 bits a sample. */
  readonly bytesPerPixel: 3 | 4;
  /** Starts on its first row, with buffers of the kernel for at most `mostRows` at once. */
  start(kernel: Kernel, mostRows: number): RowReader;
}

/** Rows from top to bottom, the way PNG filters them: a byte that names the filter, then the bytes of the pixels. */
export interface RowReader {
  /**
   * @returns where the next rows stand, until the next read
   * @throws UnreadablePicture
   */
  read(rows: number): Address;
  /**
   * To be called behind the last row.
   * @throws UnreadablePicture when the picture's data does not end there in order
   */
  finish(): void;
}

/** Bytes of a row with its filter byte. */
export function strideOf({ size, bytesPerPixel }: Pick<Picture, 'size' | 'bytesPerPixel'>): number {
  return 1 + size.width * bytesPerPixel;
}

/**
 * Reads `rows` rows, at most `atOnce` at a time, and drops them, for their data to be checked.
 * @throws UnreadablePicture
 */
export function skipRows(reader: RowReader, rows: number, atOnce: number): void {
  for (let left = rows; left > 0; left -= atOnce) {
    reader.read(Math.min(left, atOnce));
  }
}
