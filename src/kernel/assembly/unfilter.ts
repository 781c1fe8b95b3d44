/**
 * PNG filters undone (PNG specification 9.2), from a filtered row of RGB or RGBA bytes to RGBA pixels. Each pixel is 4 bytes
 * of one SIMD register: what the specification says for a byte is done to all samples of a pixel at once.
 *
 * Reads up to 16 bytes behind a row and writes up to 12 bytes behind it, so buffers need that much to spare.
 */

const none: u8 = 0;
const sub: u8 = 1;
const up: u8 = 2;
const average: u8 = 3;
// What is left is 4, Paeth.

/**
 * @param filtered the row: its filter byte, then its samples
 * @param bytesPerPixel 3 (the alpha becomes 255) or 4
 * @param width pixels to undo, from the left
 * @param above the unfiltered row above; zeros above the first
 * @param out where the pixels go
 */
export function unfilterRow(filtered: usize, bytesPerPixel: usize, width: usize, above: usize, out: usize): void {
  const filter = load<u8>(filtered);
  const samples = filtered + 1;
  const end = out + width * 4;
  const opaque = bytesPerPixel === 3 ? i32x4.splat(0xff000000) : i32x4.splat(0);
  if (filter === none) {
    unfilterNone(samples, bytesPerPixel, opaque, out, end);
  } else if (filter === sub) {
    unfilterSub(samples, bytesPerPixel, opaque, out, end);
  } else if (filter === up) {
    unfilterUp(samples, bytesPerPixel, opaque, above, out, end);
  } else if (filter === average) {
    unfilterAverage(samples, bytesPerPixel, opaque, above, out, end);
  } else {
    unfilterPaeth(samples, bytesPerPixel, opaque, above, out, end);
  }
}

/** Which of 16 bytes make four pixels of 4 bytes each; -1 makes a zero. */
function spreadOf(bytesPerPixel: usize): v128 {
  return bytesPerPixel === 3
    ? i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1)
    : i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

function unfilterNone(samples: usize, bytesPerPixel: usize, opaque: v128, out: usize, end: usize): void {
  const spread = spreadOf(bytesPerPixel);
  for (; out < end; out += 16, samples += 4 * bytesPerPixel) {
    v128.store(out, v128.or(i8x16.swizzle(v128.load(samples), spread), opaque));
  }
}

function unfilterUp(samples: usize, bytesPerPixel: usize, opaque: v128, above: usize, out: usize, end: usize): void {
  const spread = spreadOf(bytesPerPixel);
  for (; out < end; out += 16, above += 16, samples += 4 * bytesPerPixel) {
    const pixels = i8x16.swizzle(v128.load(samples), spread);
    v128.store(out, v128.or(i8x16.add(pixels, v128.load(above)), opaque));
  }
}

// Below, `left`, `up` and `upLeft` are the neighbours that the specification calls a, b and c.

function unfilterSub(samples: usize, bytesPerPixel: usize, opaque: v128, out: usize, end: usize): void {
  let left = i32x4.splat(0);
  for (; out < end; out += 4, samples += bytesPerPixel) {
    left = i8x16.add(left, v128.load32_zero(samples));
    v128.store32_lane(out, v128.or(left, opaque), 0);
  }
}

function unfilterAverage(samples: usize, bytesPerPixel: usize, opaque: v128, above: usize, out: usize, end: usize): void {
  const one = i8x16.splat(1);
  let left = i32x4.splat(0);
  for (; out < end; out += 4, above += 4, samples += bytesPerPixel) {
    const up = v128.load32_zero(above);
    // The instruction rounds a half up, the filter down.
    const half = i8x16.sub(i8x16.avgr_u(left, up), v128.and(v128.xor(left, up), one));
    left = i8x16.add(half, v128.load32_zero(samples));
    v128.store32_lane(out, v128.or(left, opaque), 0);
  }
}

/**
 * The specification takes the nearest of the three to left + up − upLeft. That is the same as comparing 3 × upLeft − left − up
 * with left and up (tried for all 256³), which has to wait less for the pixel before.
 */
function unfilterPaeth(samples: usize, bytesPerPixel: usize, opaque: v128, above: usize, out: usize, end: usize): void {
  const byte = i16x8.splat(0xff);
  let left = i16x8.splat(0);
  let upLeft = i16x8.splat(0);
  for (; out < end; out += 4, above += 4, samples += bytesPerPixel) {
    const up = i16x8.extend_low_i8x16_u(v128.load32_zero(above));
    const turn = i16x8.sub(i16x8.sub(i16x8.add(i16x8.add(upLeft, upLeft), upLeft), up), left);
    const smaller = i16x8.min_s(left, up);
    const larger = i16x8.max_s(left, up);
    const orSmaller = v128.bitselect(upLeft, smaller, i16x8.gt_s(larger, turn));
    const predicted = v128.bitselect(orSmaller, larger, i16x8.gt_s(turn, smaller));
    left = v128.and(i16x8.add(predicted, i16x8.extend_low_i8x16_u(v128.load32_zero(samples))), byte);
    upLeft = up;
    v128.store32_lane(out, v128.or(i8x16.narrow_i16x8_u(left, left), opaque), 0);
  }
}
