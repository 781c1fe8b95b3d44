/**
 * Maps of even pixels: those with at least three neighbours of their very colour, in both pictures. The anti-aliasing test
 * asks for them around each pixel, so each row's map is made once, and those of the three rows around the compared one are kept.
 *
 * A map is a byte for each pixel, with padding before and behind; the number of its row stands in the padding before.
 */

import { height, stride, width } from './area';

let maps: usize = 0;

const padding: i32 = 8;

/** Starts on the area that was set. */
export function setEvenMaps(at: usize): void {
  maps = at;
  for (let y = 0; y < 3; y++) store<i32>(mapOf(y) - padding, -1);
}

/** Sees to it that row `y`, which starts at `a` and `b`, and the rows above and below it are mapped. */
export function mapEvenPixels(a: usize, b: usize, y: i32): void {
  if (y > 0) mapRow(a - stride, b - stride, y - 1);
  mapRow(a, b, y);
  if (y < height - 1) mapRow(a + stride, b + stride, y + 1);
}

/** Whether the pixel is even; its row must be mapped. */
export function isEven(x: i32, y: i32): bool {
  return load<u8>(mapOf(y) + x) !== 0;
}

/** Whether a pixel around x, y may be even: a quick look that says no only where none is. The rows must be mapped. */
export function mayHaveEvenNeighbour(x: i32, y: i32): bool {
  const above = y > 0 ? evenFrom(x - 1, y - 1) : 0;
  const below = y < height - 1 ? evenFrom(x - 1, y + 1) : 0;
  return (above | evenFrom(x - 1, y) | below) !== 0;
}

/** Not 0 when one of three pixels from x on is even. */
function evenFrom(x: i32, y: i32): u32 {
  return load<u32>(mapOf(y) + x) & 0xffffff;
}

/** How many of the neighbours have the pixel's very colour; being at the border counts as one. */
export function equalNeighbours(row: usize, x: i32, y: i32): i32 {
  const center = i32x4.splat(load<i32>(row + x * 4));
  // The bits of the left, the middle and the right column, without those beyond the border.
  const columns = (x > 0 ? 0b111 : 0b110) & (x < width - 1 ? 0b111 : 0b011);
  const above = y > 0 ? equalColumns(row - stride, x, center) & columns : 0;
  const middle = equalColumns(row, x, center) & columns & 0b101;
  const below = y < height - 1 ? equalColumns(row + stride, x, center) & columns : 0;
  const border = columns !== 0b111 || y === 0 || y === height - 1 ? 1 : 0;
  return popcnt(above | (middle << 3) | (below << 6)) + border;
}

function equalColumns(row: usize, x: i32, center: v128): i32 {
  return i32x4.bitmask(i32x4.eq(v128.load(row + (x - 1) * 4), center));
}

function mapOf(y: i32): usize {
  return maps + padding + (y % 3) * (width + 2 * padding);
}

function mapRow(a: usize, b: usize, y: i32): void {
  const map = mapOf(y);
  if (load<i32>(map - padding) === y) return;
  store<i32>(map - padding, y);
  if (y === 0 || y === height - 1) {
    for (let x = 0; x < width; x++) mapPixel(a, b, x, y, map);
    return;
  }
  for (let x = 1; x < width - 1; x += 4) {
    const even = v128.and(haveEqualNeighbours(a + x * 4), haveEqualNeighbours(b + x * 4));
    v128.store32_lane(map + x, i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(even, even), even), 0);
  }
  mapPixel(a, b, 0, y, map);
  mapPixel(a, b, width - 1, y, map);
}

function mapPixel(a: usize, b: usize, x: i32, y: i32, map: usize): void {
  store<u8>(map + x, u8(equalNeighbours(a, x, y) > 2 && equalNeighbours(b, x, y) > 2));
}

/** For four pixels away from the border: all bits set where three or more neighbours are equal. */
function haveEqualNeighbours(at: usize): v128 {
  const center = v128.load(at);
  // Each comparison gives −1 where equal.
  let sum = i32x4.add(i32x4.eq(center, v128.load(at - 4)), i32x4.eq(center, v128.load(at + 4)));
  sum = i32x4.add(sum, sumOfEqual(center, at - stride));
  sum = i32x4.add(sum, sumOfEqual(center, at + stride));
  return i32x4.lt_s(sum, i32x4.splat(-2));
}

function sumOfEqual(center: v128, at: usize): v128 {
  return i32x4.add(
    i32x4.add(i32x4.eq(center, v128.load(at - 4)), i32x4.eq(center, v128.load(at))),
    i32x4.eq(center, v128.load(at + 4)),
  );
}
