import type { Size } from '../basics/geometry.ts';
import { Kernel } from './kernel/kernel.ts';
import { checkHeldWhole } from './limits.ts';
import { pictureOf } from './picture/open-picture.ts';
import { PixelReader } from './picture/pixel-reader.ts';
import { type Png, parsePng } from './png/parse.ts';

/** Width × height × RGBA bytes. */
export interface DecodedPicture extends Size {
  readonly pixels: Uint8Array;
}

/**
 * A PNG as one picture in memory.
 * @throws UnreadablePicture
 */
export function decodePng(bytes: Uint8Array): DecodedPicture {
  return decodeParsed(parsePng(bytes));
}

/** As `decodePng`, for a file whose chunks were read before. */
export function decodeParsed(png: Png): DecodedPicture {
  checkHeldWhole(png.header);
  const picture = pictureOf(png);
  const { width, height } = picture.size;
  const pixels = new Uint8Array(width * height * 4);
  using kernel = Kernel.borrow();
  const reader = new PixelReader(kernel, picture);
  for (let y = 0; y < height; y++) {
    pixels.set(kernel.view(reader.next(), width * 4), y * width * 4);
  }
  reader.finish();
  return { width, height, pixels };
}
