import type { Size } from '../../report/model.ts';
import type { Pixels } from './crop.ts';

/** Scales pixels down to `size` by averaging what falls on each, its alpha taken into account. Never enlarges. */
export function shrink(pixels: Pixels, size: Size): Pixels {
  if (size.width >= pixels.width && size.height >= pixels.height) {
    return pixels;
  }
  const rgba = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    const [top, bottom] = spanOf(y, size.height, pixels.height);
    for (let x = 0; x < size.width; x++) {
      const [left, right] = spanOf(x, size.width, pixels.width);
      rgba.set(average(pixels, left, right, top, bottom), (y * size.width + x) * 4);
    }
  }
  return { ...size, rgba };
}

/** The pixels of the large side that fall on pixel `index` of the small one; `end` is excluded. */
function spanOf(index: number, small: number, large: number): [start: number, end: number] {
  const start = Math.floor((index * large) / small);
  return [start, Math.max(Math.floor(((index + 1) * large) / small), start + 1)];
}

function average({ width, rgba }: Pixels, left: number, right: number, top: number, bottom: number): number[] {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      const opacity = rgba[at + 3] ?? 0;
      red += (rgba[at] ?? 0) * opacity;
      green += (rgba[at + 1] ?? 0) * opacity;
      blue += (rgba[at + 2] ?? 0) * opacity;
      alpha += opacity;
    }
  }
  const count = (right - left) * (bottom - top);
  return alpha === 0 ? [0, 0, 0, 0] : [red / alpha, green / alpha, blue / alpha, alpha / count].map(Math.round);
}
