import type { Size } from '../../report/model.ts';
import { rowsWithin } from '../limits.ts';

/**
 * A picture as rows from top to bottom, the way PNG filters them: a byte that names the filter, then the samples of the
 * pixels as RGB or RGBA bytes.
 */
export interface RowSource extends Disposable {
  readonly size: Size;
  readonly bytesPerPixel: 3 | 4;
  /** Bytes of a row with its filter byte. */
  readonly stride: number;
  /**
   * Fills `target`, which holds whole rows, with the next ones.
   * @throws UnreadablePicture
   */
  read(target: Uint8Array): Promise<void>;
  /**
   * To be called behind the last row.
   * @throws UnreadablePicture when the picture's data does not end there in order
   */
  finish(): Promise<void>;
}

/**
 * Reads `rows` rows and drops them, for their data to be checked.
 * @throws UnreadablePicture
 */
export async function skipRows({ read, stride }: RowSource, rows: number): Promise<void> {
  const atOnce = Math.min(rowsWithin(stride), rows);
  const buffer = new Uint8Array(atOnce * stride);
  for (let left = rows; left > 0; left -= atOnce) await read(buffer.subarray(0, Math.min(left, atOnce) * stride));
}
