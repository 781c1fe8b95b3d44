/**
 * The verdict of pixelmatch 7.2.0 on one row, to the pixel: the same arithmetic in the same order, in 64-bit floats, so that
 * every sum rounds alike. The metric is the YIQ distance of Kotsarenko and Ramos (2010), "Measuring perceived color difference
 * using YIQ NTSC transmission color space in mobile applications"; the anti-aliasing test that of Vyšniauskas (2009),
 * "Anti-aliased pixel and intensity slope detector".
 *
 * Both pictures are rows of RGBA pixels, `stride` bytes apart. The two rows above and below the one that is compared
 * must be there, as far as the picture has them.
 */

import { equalNeighbours, isEven, mapEvenPixels, mayHaveEvenNeighbour, setEvenMaps } from './even-pixels';

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
    // Four pixels at a time until one may differ; what the last load reads behind the row is left out below.
    if (!mayDiffer(v128.load(a + x * 4), v128.load(b + x * 4))) {
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

/**
 * Whether one of four pixels may be farther apart than allowed: a quick look, in 32-bit floats, that says no only where
 * the exact one would for all of them.
 */
function mayDiffer(a: v128, b: v128): bool {
  if (!v128.any_true(v128.xor(a, b))) return false;
  const opaque = i32x4.splat(0xff000000);
  if (!i32x4.all_true(i32x4.eq(v128.and(v128.and(a, b), opaque), opaque))) return true;
  const red = sampleDelta(a, b, 0);
  const green = sampleDelta(a, b, 8);
  const blue = sampleDelta(a, b, 16);
  const y = weighted(red, 0.29889531, green, 0.58662247, blue, 0.11448223);
  const i = weighted(red, 0.59597799, green, -0.2741761, blue, -0.32180189);
  const q = weighted(red, 0.21147017, green, -0.52261711, blue, 0.31114694);
  const delta = weighted(f32x4.mul(y, y), 0.5053, f32x4.mul(i, i), 0.299, f32x4.mul(q, q), 0.1957);
  // Rounding makes less than 0.1 of distances up to 35215.
  return v128.any_true(f32x4.gt(delta, f32x4.splat(f32(maxDelta) - 0.1)));
}

function sampleDelta(a: v128, b: v128, shift: i32): v128 {
  const sample = i32x4.splat(0xff);
  return f32x4.convert_i32x4_s(i32x4.sub(v128.and(i32x4.shr_u(a, shift), sample), v128.and(i32x4.shr_u(b, shift), sample)));
}

function weighted(a: v128, weightA: f32, b: v128, weightB: f32, c: v128, weightC: f32): v128 {
  const ab = f32x4.add(f32x4.mul(a, f32x4.splat(weightA)), f32x4.mul(b, f32x4.splat(weightB)));
  return f32x4.add(ab, f32x4.mul(c, f32x4.splat(weightC)));
}

function differs(a: usize, b: usize, x: i32, y: i32): bool {
  const pixelA = load<u32>(a + x * 4);
  const pixelB = load<u32>(b + x * 4);
  if (pixelA === pixelB) return false;
  const offset = f64((y * width + x) * 4);
  if (colorDelta(pixelA, pixelB, offset) <= maxDelta) return false;
  if (countsAntiAliased) return true;
  mapEvenPixels(a, b, y);
  if (!mayHaveEvenNeighbour(x, y)) return true;
  return !(isAntiAliased(a, x, y, offset) || isAntiAliased(b, x, y, offset));
}

/** The squared distance of two colours in YIQ. */
function colorDelta(a: u32, b: u32, offset: f64): f64 {
  const red = redDelta(a, b);
  const green = greenDelta(a, b, offset);
  const blue = blueDelta(a, b, offset);
  const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
  const i = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
  const q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
}

/** How much brighter `a` is than `b`: the Y of YIQ. */
function brightnessDelta(a: u32, b: u32, offset: f64): f64 {
  return redDelta(a, b) * 0.29889531 + greenDelta(a, b, offset) * 0.58662247 + blueDelta(a, b, offset) * 0.11448223;
}

// Translucent pixels are laid over a checkerboard that depends on the pixel's byte offset in the whole picture: each sample
// of the board is 48 or 207. Offsets are even, so its red is always 48.

function redDelta(a: u32, b: u32): f64 {
  return areOpaque(a, b) ? f64(a & 0xff) - f64(b & 0xff) : blendedDelta(a & 0xff, a, b & 0xff, b, 48);
}

function greenDelta(a: u32, b: u32, offset: f64): f64 {
  const sampleA = (a >>> 8) & 0xff;
  const sampleB = (b >>> 8) & 0xff;
  return areOpaque(a, b) ? f64(sampleA) - f64(sampleB) : blendedDelta(sampleA, a, sampleB, b, board(offset / 1.618033988749895));
}

function blueDelta(a: u32, b: u32, offset: f64): f64 {
  const sampleA = (a >>> 16) & 0xff;
  const sampleB = (b >>> 16) & 0xff;
  return areOpaque(a, b) ? f64(sampleA) - f64(sampleB) : blendedDelta(sampleA, a, sampleB, b, board(offset / 2.618033988749895));
}

function areOpaque(a: u32, b: u32): bool {
  return (a & b) >>> 24 === 0xff;
}

function board(at: f64): f64 {
  return 48 + 159 * f64(i32(at) % 2);
}

function blendedDelta(sampleA: u32, pixelA: u32, sampleB: u32, pixelB: u32, background: f64): f64 {
  const alphaA = f64(pixelA >>> 24);
  const alphaB = f64(pixelB >>> 24);
  return (f64(sampleA) * alphaA - f64(sampleB) * alphaB - background * (alphaA - alphaB)) / 255;
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
