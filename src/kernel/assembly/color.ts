/**
 * The colour distances of pixelmatch 7.2.0: the same arithmetic in the same order, in 64-bit floats, so that every sum rounds
 * alike. The metric is the YIQ distance of Kotsarenko and Ramos (2010), "Measuring perceived color difference using YIQ NTSC
 * transmission color space in mobile applications".
 */

/** The squared distance of two colours in YIQ. `offset` is where the pixel's bytes are in the whole picture. */
export function colorDelta(a: u32, b: u32, offset: f64): f64 {
  const red = redDelta(a, b);
  const green = greenDelta(a, b, offset);
  const blue = blueDelta(a, b, offset);
  const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
  const i = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
  const q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
}

/** How much brighter `a` is than `b`: the Y of YIQ. */
export function brightnessDelta(a: u32, b: u32, offset: f64): f64 {
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

// The same for several opaque pixels at once.

export function areAllOpaque(pixels: v128): bool {
  const opaque = i32x4.splat(0xff000000);
  return i32x4.all_true(i32x4.eq(v128.and(pixels, opaque), opaque));
}

/** The differences of the samples at bit `shift` of four pixels. */
export function sampleDeltas(a: v128, b: v128, shift: i32): v128 {
  const sample = i32x4.splat(0xff);
  return i32x4.sub(v128.and(i32x4.shr_u(a, shift), sample), v128.and(i32x4.shr_u(b, shift), sample));
}

/** `brightnessDelta` for the first two of four pixels, given what their samples differ by. */
export function brightnessDeltas(red: v128, green: v128, blue: v128): v128 {
  const redY = f64x2.mul(f64x2.convert_low_i32x4_s(red), f64x2.splat(0.29889531));
  const greenY = f64x2.mul(f64x2.convert_low_i32x4_s(green), f64x2.splat(0.58662247));
  const blueY = f64x2.mul(f64x2.convert_low_i32x4_s(blue), f64x2.splat(0.11448223));
  return f64x2.add(f64x2.add(redY, greenY), blueY);
}
