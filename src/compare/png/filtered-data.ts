import type { Address, Kernel } from '../kernel/kernel.ts';
import { rowsWithin } from '../limits.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { passesOf } from './header.ts';
import { Inflater, type StreamEnd } from './inflater.ts';
import type { Png } from './parse.ts';

/** Filter types of the PNG specification (9.2): none, sub, up, average, Paeth. */
const filterTypes = 5;

/**
 * Reads rows and looks at the first byte of each.
 * @returns where they stand, until the next read
 * @throws UnreadablePicture
 */
export function readFilteredRows(kernel: Kernel, inflater: Inflater, rows: number, stride: number): Address {
  const at = inflater.read(rows * stride);
  const bytes = kernel.view(at, rows * stride);
  for (let byte = 0; byte < bytes.length; byte += stride) {
    const type = bytes[byte] as number;
    if (type >= filterTypes) {
      throw new UnreadablePicture(`its picture data holds the filter type ${type}, which does not exist`);
    }
  }
  return at;
}

/**
 * Inflates a PNG's data piece by piece, keeping none, and checks that it is whole: as long as the header says, with valid
 * filter types and, where it ends there, the right checksum. Works for every kind of PNG.
 * @param take is given each piece, to be copied before it returns
 * @returns how it ends there
 * @throws UnreadablePicture
 */
export function checkFilteredData(kernel: Kernel, png: Png, take?: (piece: Uint8Array) => void): StreamEnd {
  const passes = passesOf(png.header);
  const inflater = new Inflater(kernel, png, Math.max(...passes.map(({ stride }) => rowsWithin(stride) * stride)));
  for (const { rows, stride } of passes) {
    const atOnce = rowsWithin(stride);
    for (let left = rows; left > 0; left -= atOnce) {
      const read = Math.min(left, atOnce);
      const at = readFilteredRows(kernel, inflater, read, stride);
      take?.(kernel.view(at, read * stride));
    }
  }
  return inflater.finish();
}
