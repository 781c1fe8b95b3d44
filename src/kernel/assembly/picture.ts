/** The background of the diff picture: the page in few, pale shades of gray, as indexes of a palette. */

/**
 * Writes a byte for each RGBA pixel: its brightness over white, from 0 (black) to 7 (white). Reads and writes up to 16 bytes
 * behind the row.
 */
export function shadeRow(pixels: usize, width: usize, out: usize): void {
  const sample = i32x4.splat(0xff);
  const end = out + width;
  for (; out < end; out += 4, pixels += 16) {
    const pixel = v128.load(pixels);
    // Rec. 601 luma in 256ths: red and blue, then green, as sums of products of 16 bits.
    const redBlue = i32x4.dot_i16x8_s(v128.and(pixel, i32x4.splat(0xff00ff)), i32x4.splat(77 | (29 << 16)));
    const green = i32x4.dot_i16x8_s(v128.and(i32x4.shr_u(pixel, 8), sample), i32x4.splat(150));
    const darkness = i32x4.sub(sample, i32x4.shr_u(i32x4.add(redBlue, green), 8));
    const blended = i32x4.dot_i16x8_s(darkness, i32x4.shr_u(pixel, 24));
    // 255 × 255 in 8 steps, rounded towards the darker one, so that pale lines and boxes of a page can be seen.
    const steps = i32x4.shr_u(i32x4.add(blended, i32x4.splat(6144)), 13);
    const shade = i32x4.sub(i32x4.splat(7), i32x4.min_s(steps, i32x4.splat(7)));
    const shorts = i16x8.narrow_i32x4_s(shade, shade);
    v128.store32_lane(out, i8x16.narrow_i16x8_u(shorts, shorts), 0);
  }
}

/** Packs bytes below 16 to half as many: the first of two goes into the upper four bits. Reads and writes up to 16 bytes behind. */
export function packIndexes(indexes: usize, count: usize, out: usize): void {
  const low = i16x8.splat(0x0f);
  for (const end = indexes + count; indexes < end; indexes += 16, out += 8) {
    const pairs = v128.load(indexes);
    const packed = v128.or(i16x8.shl(v128.and(pairs, low), 4), v128.and(i16x8.shr_u(pairs, 8), low));
    v128.store64_lane(out, i8x16.narrow_i16x8_u(packed, packed), 0);
  }
}
