/**
 * The verdict of pixelmatch 7.2.0 on one row, to the pixel. Both pictures are rows of RGBA pixels; the two rows above and
 * below the one that is compared must be there, as far as the picture has them.
 */

import { isAntiAliased } from './anti-aliasing';
import { setArea, width } from './area';
import { areAllOpaque, colorDelta, sampleDeltas } from './color';
import { mapEvenPixels, mayHaveEvenNeighbour, setEvenMaps } from './even-pixels';

/** How to compare; set once for a pair. */
let maxDelta: f64 = 0;
let countsAntiAliased: bool = false;

/** @param even 3 × (width + 16) bytes for the maps of even pixels */
export function setComparison(width: i32, height: i32, threshold: f64, includeAntiAliasing: bool, even: usize): void {
  setArea(width, height);
  // 35215 is the largest distance that two colours can have.
  maxDelta = 35215 * threshold * threshold;
  countsAntiAliased = includeAntiAliasing;
  setEvenMaps(even);
}

/**
 * Compares row `y`, which starts at `a` in one picture and at `b` in the other. Sets a bit for each pixel that differs, the
 * lowest bit of a byte first, in the zeroed bytes at `bits`, and returns how many do.
 */
export function compareRow(a: usize, b: usize, y: i32, bits: usize): i32 {
  let count = 0;
  for (let x = 0; x < width; x += 4) {
    const guess = guessFour(v128.load(a + x * 4), v128.load(b + x * 4));
    // What the last load reads behind the row does not count.
    let candidates = guess & ((1 << min(width - x, 4)) - 1);
    if (candidates === 0) continue;
    let found = 0;
    for (; candidates !== 0; candidates &= candidates - 1) {
      const lane = ctz(candidates);
      if (differs(a, b, x + lane, y, ((guess >>> (4 + lane)) & 1) !== 0)) found |= 1 << lane;
    }
    const byte = bits + (x >>> 3);
    store<u8>(byte, i32(load<u8>(byte)) | (found << (x & 4)));
    count += popcnt(found);
  }
  return count;
}

/**
 * A quick look at four pixels, in 32-bit floats: the lowest four bits are set for those that may be farther apart than
 * allowed, the next four for those that are, whatever the exact sum would be.
 */
function guessFour(a: v128, b: v128): i32 {
  const unequal = v128.xor(a, b);
  if (!v128.any_true(unequal)) return 0;
  if (!areAllOpaque(v128.and(a, b))) return i32x4.bitmask(i32x4.ne(unequal, i32x4.splat(0)));
  const red = f32x4.convert_i32x4_s(sampleDeltas(a, b, 0));
  const green = f32x4.convert_i32x4_s(sampleDeltas(a, b, 8));
  const blue = f32x4.convert_i32x4_s(sampleDeltas(a, b, 16));
  const y = weighted(red, 0.29889531, green, 0.58662247, blue, 0.11448223);
  const i = weighted(red, 0.59597799, green, -0.2741761, blue, -0.32180189);
  const q = weighted(red, 0.21147017, green, -0.52261711, blue, 0.31114694);
  const delta = weighted(f32x4.mul(y, y), 0.5053, f32x4.mul(i, i), 0.299, f32x4.mul(q, q), 0.1957);
  // Rounding makes less than 0.1 of distances up to 35215.
  const may = f32x4.gt(delta, f32x4.splat(f32(maxDelta - 0.1)));
  const does = f32x4.gt(delta, f32x4.splat(f32(maxDelta + 0.1)));
  return i32x4.bitmask(may) | (i32x4.bitmask(does) << 4);
}

function weighted(a: v128, weightA: f32, b: v128, weightB: f32, c: v128, weightC: f32): v128 {
  const ab = f32x4.add(f32x4.mul(a, f32x4.splat(weightA)), f32x4.mul(b, f32x4.splat(weightB)));
  return f32x4.add(ab, f32x4.mul(c, f32x4.splat(weightC)));
}

/** @param isFar that a quick look was sure of it */
function differs(a: usize, b: usize, x: i32, y: i32, isFar: bool): bool {
  const offset = f64((y * width + x) * 4);
  if (!isFar && colorDelta(load<u32>(a + x * 4), load<u32>(b + x * 4), offset) <= maxDelta) return false;
  if (countsAntiAliased) return true;
  mapEvenPixels(a, b, y);
  if (!mayHaveEvenNeighbour(x, y)) return true;
  return !(isAntiAliased(a, x, y, offset) || isAntiAliased(b, x, y, offset));
}
