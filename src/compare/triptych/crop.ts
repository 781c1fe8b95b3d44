import type { Rect, Size } from '../../basics/geometry.ts';
import { Kernel } from '../kernel/kernel.ts';
import { openPicture } from '../picture/open-picture.ts';
import { PixelReader } from '../picture/pixel-reader.ts';

/** Width × height × RGBA bytes. */
export interface Pixels extends Size {
  readonly rgba: Uint8Array;
}

/**
 * The pixels of a PNG within `area`; where the picture ends before it, they stay transparent. A few rows are held at a time,
 * and none below the area is read.
 * @throws UnreadablePicture
 */
export async function cropPng(file: Uint8Array, { x, y, width, height }: Rect): Promise<Pixels> {
  const picture = openPicture(file);
  const columns = Math.max(0, Math.min(width, picture.size.width - x));
  const bottom = Math.min(y + height, picture.size.height);
  const rgba = new Uint8Array(width * height * 4);
  using kernel = Kernel.borrow();
  const reader = new PixelReader(kernel, picture);
  for (let row = 0; row < bottom; row++) {
    const pixels = reader.next();
    if (row >= y) {
      rgba.set(kernel.view(pixels + x * 4, columns * 4), (row - y) * width * 4);
    }
  }
  return { width, height, rgba };
}
