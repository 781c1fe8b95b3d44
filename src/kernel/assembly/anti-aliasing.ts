/**
 * The anti-aliasing test of pixelmatch 7.2.0, after Vyšniauskas (2009), "Anti-aliased pixel and intensity slope detector".
 */

import { isInside, isSurrounded, stride } from './area';
import { areAllOpaque, brightnessDelta, brightnessDeltas, sampleDeltas } from './color';
import { equalNeighbours, isEven } from './even-pixels';

/**
 * Whether the pixel of `row` is probably anti-aliasing: at most two neighbours have its colour, others are darker and
 * others brighter, and the darkest or the brightest one is even in both pictures.
 */
export function isAntiAliased(row: usize, x: i32, y: i32, offset: f64): bool {
  const equal = equalNeighbours(row, x, y);
  if (equal > 2) return false;
  if (!isSurrounded(x, y)) return isBetweenNeighbours(row, x, y, offset, equal);
  const at = row + (x - 1) * 4;
  const above = v128.load(at - stride);
  const middle = v128.load(at);
  const below = v128.load(at + stride);
  return areAllOpaque(v128.and(v128.and(above, middle), below))
    ? isBetweenOpaque(above, middle, below, x, y)
    : isBetweenNeighbours(row, x, y, offset, equal);
}

/** Neighbours are numbered column by column, as pixelmatch looks at them: the first of several equally dark or bright ones counts. */
function isBetweenNeighbours(row: usize, x: i32, y: i32, offset: f64, equal: i32): bool {
  const center = load<u32>(row + x * 4);
  let darkest: f64 = 0;
  let brightest: f64 = 0;
  let darkestAt = 0;
  let brightestAt = 0;
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
  return isEvenNeighbour(darkestAt, x, y) || isEvenNeighbour(brightestAt, x, y);
}

/**
 * The same for eight opaque neighbours at once, given the three rows of four pixels that start above, at and below the
 * left one. No two opaque colours look equal: the brightness of unlike ones differs by 3.4e-7 at least.
 */
function isBetweenOpaque(above: v128, middle: v128, below: v128, x: i32, y: i32): bool {
  const center = v128.shuffle<i32>(middle, middle, 1, 1, 1, 1);
  const first = v128.shuffle<i32>(v128.shuffle<i32>(above, middle, 0, 4, 1, 1), below, 0, 1, 4, 2);
  const last = v128.shuffle<i32>(v128.shuffle<i32>(above, below, 2, 5, 6, 6), middle, 1, 0, 6, 2);
  const delta01 = deltasOfTwo(center, first);
  const delta23 = deltasOfTwo(center, upperHalf(first));
  const delta45 = deltasOfTwo(center, last);
  const delta67 = deltasOfTwo(center, upperHalf(last));

  const darkest = smallest(f64x2.min(f64x2.min(delta01, delta23), f64x2.min(delta45, delta67)));
  const brightest = largest(f64x2.max(f64x2.max(delta01, delta23), f64x2.max(delta45, delta67)));
  if (darkest >= 0 || brightest <= 0) return false;
  return (
    isEvenNeighbour(firstEqual(darkest, delta01, delta23, delta45, delta67), x, y) ||
    isEvenNeighbour(firstEqual(brightest, delta01, delta23, delta45, delta67), x, y)
  );
}

function deltasOfTwo(center: v128, neighbours: v128): v128 {
  return brightnessDeltas(
    sampleDeltas(center, neighbours, 0),
    sampleDeltas(center, neighbours, 8),
    sampleDeltas(center, neighbours, 16),
  );
}

function upperHalf(pixels: v128): v128 {
  return v128.shuffle<i64>(pixels, pixels, 1, 1);
}

function smallest(two: v128): f64 {
  return min(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1));
}

function largest(two: v128): f64 {
  return max(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1));
}

/** The number of the first neighbour with this delta. */
function firstEqual(delta: f64, delta01: v128, delta23: v128, delta45: v128, delta67: v128): i32 {
  const wanted = f64x2.splat(delta);
  const which =
    i64x2.bitmask(f64x2.eq(delta01, wanted)) |
    (i64x2.bitmask(f64x2.eq(delta23, wanted)) << 2) |
    (i64x2.bitmask(f64x2.eq(delta45, wanted)) << 4) |
    (i64x2.bitmask(f64x2.eq(delta67, wanted)) << 6);
  const at = ctz(which);
  // The pixel itself is number 4.
  return at < 4 ? at : at + 1;
}

function isEvenNeighbour(at: i32, x: i32, y: i32): bool {
  return isEven(x + columnOf(at), y + rowOf(at));
}

function columnOf(at: i32): i32 {
  return at / 3 - 1;
}

function rowOf(at: i32): i32 {
  return (at % 3) - 1;
}
