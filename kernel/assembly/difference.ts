/**
 * The verdict of pixelmatch 7.2.0 on one row, to the pixel: the same arithmetic in the same order, in 64-bit floats, so that
 * every sum rounds alike. The metric is the YIQ distance of Kotsarenko and Ramos (2010), "Measuring perceived color difference
 * using YIQ NTSC transmission color space in mobile applications"; the anti-aliasing test that of Vyšniauskas (2009),
 * "Anti-aliased pixel and intensity slope detector".
 *
 * Both pictures are rows of RGBA pixels, `stride` bytes apart. The two rows above and below the one that is compared
 * must be there, as far as the picture has them.
 */

import { equalNeighbours, hasEvenNeighbour, isEven, mapEvenPixels, setEvenMaps } from './even-pixels';

/** The compared area and how to compare it; set once for a pair. */
let width: i32 = 0;
let height: i32 = 0;
let stride: usize = 0;
let maxDelta: f64 = 0;
let countsAntiAliased: bool = false;

/** @param even 3 × (width + 16) bytes for the maps of even pixels */
export function setComparison(widthPx: i32, heightPx: i32, threshold: f64, includeAntiAliasing: bool, even: usize): void {
  width = widthPx;
  height = heightPx;
  stride = widthPx * 4;
  // 35215 is the largest distance that two colours can have.
  maxDelta = 35215 * threshold * threshold;
  countsAntiAliased = includeAntiAliasing;
  setEvenMaps(even, widthPx, heightPx);
}

/**
 * Compares row `y`, which starts at `a` in one picture and at `b` in the other. Sets a bit for each pixel that differs, the
 * lowest bit of a byte first, in the zeroed bytes at `bits`, and returns how many do.
 */
export function compareRow(a: usize, b: usize, y: i32, bits: usize): i32 {
  let count = 0;
  let x = 0;
  while (x < width) {
    // Four pixels at a time until some differ; what the last load reads behind the row is left out below.
    if (!v128.any_true(v128.xor(v128.load(a + x * 4), v128.load(b + x * 4)))) {
      x += 4;
      continue;
    }
    const end = min(x + 4, width);
    for (; x < end; x++) {
      if (!differs(a, b, x, y)) continue;
      const byte = bits + (x >>> 3);
      store<u8>(byte, i32(load<u8>(byte)) | (1 << (x & 7)));
      count++;
    }
  }
  return count;
}

function differs(a: usize, b: usize, x: i32, y: i32): bool {
  const pixelA = load<u32>(a + x * 4);
  const pixelB = load<u32>(b + x * 4);
  if (pixelA === pixelB) return false;
  const offset = f64((y * width + x) * 4);
  if (colorDelta(pixelA, pixelB, offset) <= maxDelta) return false;
  if (countsAntiAliased) return true;
  mapEvenPixels(a, b, y);
  if (!hasEvenNeighbour(x, y)) return true;
  return !(isAntiAliased(a, x, y, offset) || isAntiAliased(b, x, y, offset));
}

function red(pixel: u32): f64 {
  return f64(pixel & 0xff);
}
function green(pixel: u32): f64 {
  return f64((pixel >>> 8) & 0xff);
}
function blue(pixel: u32): f64 {
  return f64((pixel >>> 16) & 0xff);
}
function alpha(pixel: u32): f64 {
  return f64(pixel >>> 24);
}
function areOpaque(a: u32, b: u32): bool {
  return (a & b) >>> 24 === 0xff;
}

/** Translucent pixels are laid over a checkerboard that depends on the pixel's byte offset in the whole picture. */
function backgroundGreen(offset: f64): f64 {
  return 48 + 159 * f64(i32(offset / 1.618033988749895) % 2);
}
function backgroundBlue(offset: f64): f64 {
  return 48 + 159 * f64(i32(offset / 2.618033988749895) % 2);
}
/** Offsets are even, so the red of the board is always its dark one. */
const backgroundRed: f64 = 48;

function blend(sampleA: f64, alphaA: f64, sampleB: f64, alphaB: f64, background: f64): f64 {
  return (sampleA * alphaA - sampleB * alphaB - background * (alphaA - alphaB)) / 255;
}

function colorDelta(a: u32, b: u32, offset: f64): f64 {
  let r = red(a) - red(b);
  let g = green(a) - green(b);
  let bl = blue(a) - blue(b);
  if (!areOpaque(a, b)) {
    r = blend(red(a), alpha(a), red(b), alpha(b), backgroundRed);
    g = blend(green(a), alpha(a), green(b), alpha(b), backgroundGreen(offset));
    bl = blend(blue(a), alpha(a), blue(b), alpha(b), backgroundBlue(offset));
  }
  const y = r * 0.29889531 + g * 0.58662247 + bl * 0.11448223;
  const i = r * 0.59597799 - g * 0.2741761 - bl * 0.32180189;
  const q = r * 0.21147017 - g * 0.52261711 + bl * 0.31114694;
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
}

/** How much brighter `a` is than `b`. */
function brightnessDelta(a: u32, b: u32, offset: f64): f64 {
  let r = red(a) - red(b);
  let g = green(a) - green(b);
  let bl = blue(a) - blue(b);
  if (!areOpaque(a, b)) {
    r = blend(red(a), alpha(a), red(b), alpha(b), backgroundRed);
    g = blend(green(a), alpha(a), green(b), alpha(b), backgroundGreen(offset));
    bl = blend(blue(a), alpha(a), blue(b), alpha(b), backgroundBlue(offset));
  }
  return r * 0.29889531 + g * 0.58662247 + bl * 0.11448223;
}

/**
 * Whether the pixel of `row` is probably anti-aliasing: at most two neighbours have its colour, others are darker and
 * others brighter, and the darkest or the brightest one is even in both pictures.
 */
function isAntiAliased(row: usize, x: i32, y: i32, offset: f64): bool {
  const equal = equalNeighbours(row, x, y);
  return equal <= 2 && isBetweenNeighbours(row, x, y, offset, equal);
}

function isBetweenNeighbours(row: usize, x: i32, y: i32, offset: f64, equal: i32): bool {
  const center = load<u32>(row + x * 4);
  let darkest: f64 = 0;
  let brightest: f64 = 0;
  let darkestAt = 0;
  let brightestAt = 0;
  // Column by column, because the first of several equally dark or bright neighbours counts.
  for (let at = 0; at < 9; at++) {
    if (!isInside(x + columnOf(at), y + rowOf(at))) continue;
    const neighbour = load<u32>(row + rowOf(at) * i32(stride) + (x + columnOf(at)) * 4);
    if (neighbour === center) continue;
    const delta = brightnessDelta(center, neighbour, offset);
    if (delta < darkest) {
      darkest = delta;
      darkestAt = at;
    } else if (delta > brightest) {
      brightest = delta;
      brightestAt = at;
    } else if (delta === 0 && ++equal > 2) {
      // Translucent pixels of unlike colours may look equal.
      return false;
    }
  }
  if (darkest === 0 || brightest === 0) return false;
  return isEven(x + columnOf(darkestAt), y + rowOf(darkestAt)) || isEven(x + columnOf(brightestAt), y + rowOf(brightestAt));
}

function columnOf(at: i32): i32 {
  return at / 3 - 1;
}

function rowOf(at: i32): i32 {
  return (at % 3) - 1;
}

function isInside(x: i32, y: i32): bool {
  return x >= 0 && x < width && y >= 0 && y < height;
}
