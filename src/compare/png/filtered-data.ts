import { rowsWithin } from '../limits.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { passesOf } from './header.ts';
import { InflateReader } from './inflate.ts';
import type { Png } from './parse.ts';

/** Filter types of the PNG specification (9.2): none, sub, up, average, Paeth. */
const filterTypes = 5;

/**
 * Looks at the first byte of each row.
 * @param rows whole rows of `stride` bytes
 * @throws UnreadablePicture
 */
export function checkFilterTypes(rows: Uint8Array, stride: number): void {
  for (let byte = 0; byte < rows.length; byte += stride) {
    const type = rows[byte] as number;
    if (type >= filterTypes) throw new UnreadablePicture(`its picture data holds the filter type ${type}, which does not exist`);
  }
}

/**
 * Inflates a PNG's data piece by piece, keeping none, and checks that it is whole: exactly as long as the header says,
 * with valid filter types and the right checksum. Works for every kind of PNG.
 * @throws UnreadablePicture
 */
export async function checkFilteredData({ header, idat }: Png): Promise<void> {
  using reader = new InflateReader(idat);
  for (const { rows, stride } of passesOf(header)) {
    const atOnce = rowsWithin(stride);
    const buffer = new Uint8Array(Math.min(atOnce, rows) * stride);
    for (let left = rows; left > 0; left -= atOnce) {
      const part = buffer.subarray(0, Math.min(left, atOnce) * stride);
      await reader.read(part);
      checkFilterTypes(part, stride);
    }
  }
  await reader.finish();
}
