import type { Size } from '../basics/geometry.ts';
import { Kernel } from './kernel/kernel.ts';
import { openPicture } from './picture/open-picture.ts';
import type { Picture } from './picture/picture.ts';
import { PixelReader } from './picture/pixel-reader.ts';
import { encodeIndexedPng, type Rgb } from './png/encode-indexed.ts';
import type { Pixels } from './triptych/crop.ts';
import { shrink, spanOf } from './triptych/shrink.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Whoever makes small pictures for the report page. */
export interface ThumbnailMaker {
  /** See `renderThumbnail`. The bytes stay the caller's. */
  thumbnail(png: Uint8Array, size: Size): Promise<Uint8Array | undefined>;
}

/**
 * A small PNG of a page: its whole width on at most `size.width` pixels, from the top as far as `size.height` rows show.
 * Only those rows are decoded, so a long page costs no more than a short one. Undefined when the file cannot be decoded.
 */
export async function renderThumbnail(png: Uint8Array, size: Size): Promise<Uint8Array | undefined> {
  try {
    const page = openPicture(png);
    const ratio = Math.max(page.size.width / size.width, 1);
    const rows = Math.min(Math.ceil(size.height * ratio), page.size.height);
    const small = {
      width: Math.round(page.size.width / ratio),
      height: Math.max(1, Math.min(Math.round(rows / ratio), size.height)),
    };
    return await encode(shrinkTop(page, rows, small));
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return undefined;
    }
    throw error;
  }
}

/** The first rows of a picture, small. No more of them are held than fall on one row of the result. */
function shrinkTop(page: Picture, rows: number, size: Size): Pixels {
  const { width } = page.size;
  const rgba = new Uint8Array(size.width * size.height * 4);
  const held = new Uint8Array(width * 4 * Math.ceil(rows / size.height));
  using kernel = Kernel.borrow();
  const reader = new PixelReader(kernel, page);
  for (let y = 0; y < size.height; y++) {
    const { start, end } = spanOf(y, size.height, rows);
    for (let row = start; row < end; row++) {
      held.set(kernel.view(reader.next(), width * 4), (row - start) * width * 4);
    }
    const row = shrink({ width, height: end - start, rgba: held }, { width: size.width, height: 1 });
    rgba.set(row.rgba.subarray(0, size.width * 4), y * size.width * 4);
  }
  return { ...size, rgba };
}

/** Steps of red, green and blue in the fixed palette; the eye tells greens apart best. */
const steps = { red: 6, green: 7, blue: 6 } as const;

const palette: readonly Rgb[] = Array.from({ length: steps.red * steps.green * steps.blue }, (_, index) => [
  brightness(Math.floor(index / (steps.green * steps.blue)), steps.red),
  brightness(Math.floor(index / steps.blue) % steps.green, steps.green),
  brightness(index % steps.blue, steps.blue),
]);

/** With a fixed palette a thumbnail takes a quarter of the bytes of RGB, which is what counts in a page of a thousand. */
async function encode({ width, height, rgba }: Pixels): Promise<Uint8Array> {
  const rows = new Uint8Array(height * (1 + width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (1 + width) + 1 + x] = nearestColor(rgba, (y * width + x) * 4);
    }
  }
  return encodeIndexedPng({ width, height }, palette, [rows]);
}

/** The index of the palette's colour for the pixel at `at`, laid over white. */
function nearestColor(rgba: Uint8Array, at: number): number {
  const alpha = rgba[at + 3] ?? 0;
  const level = (channel: number, count: number): number => {
    const overWhite = 255 + (((rgba[at + channel] ?? 0) - 255) * alpha) / 255;
    return Math.round((overWhite / 255) * (count - 1));
  };
  return (level(0, steps.red) * steps.green + level(1, steps.green)) * steps.blue + level(2, steps.blue);
}

function brightness(level: number, count: number): number {
  return Math.round((level / (count - 1)) * 255);
}
