import type { Size } from '../../basics/geometry.ts';
import type { Pixels } from './crop.ts';

/** Scales pixels down to `size` by averaging what falls on each, weighed by its alpha. Never enlarges. */
export function shrink(pixels: Pixels, size: Size): Pixels {
  if (size.width >= pixels.width && size.height >= pixels.height) {
    return pixels;
  }
  const rgba = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    const rows = spanOf(y, size.height, pixels.height);
    for (let x = 0; x < size.width; x++) {
      writeAverage(pixels, spanOf(x, size.width, pixels.width), rows, rgba, (y * size.width + x) * 4);
    }
  }
  return { ...size, rgba };
}

/** Pixels of one side; `end` is excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The pixels of the large side that fall on pixel `index` of the small one. */
export function spanOf(index: number, small: number, large: number): Span {
  const start = Math.floor((index * large) / small);
  return { start, end: Math.max(Math.floor(((index + 1) * large) / small), start + 1) };
}

function writeAverage({ width, rgba }: Pixels, columns: Span, rows: Span, out: Uint8Array, to: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  for (let y = rows.start; y < rows.end; y++) {
    const end = (y * width + columns.end) * 4;
    for (let at = (y * width + columns.start) * 4; at < end; at += 4) {
      const opacity = rgba[at + 3] ?? 0;
      red += (rgba[at] ?? 0) * opacity;
      green += (rgba[at + 1] ?? 0) * opacity;
      blue += (rgba[at + 2] ?? 0) * opacity;
      alpha += opacity;
    }
  }
  if (alpha > 0) {
    out[to] = Math.round(red / alpha);
    out[to + 1] = Math.round(green / alpha);
    out[to + 2] = Math.round(blue / alpha);
    out[to + 3] = Math.round(alpha / ((columns.end - columns.start) * (rows.end - rows.start)));
  }
}
