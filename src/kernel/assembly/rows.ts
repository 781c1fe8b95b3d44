/** What a row of RGBA pixels is asked. */

/** Whether two runs of bytes are equal. Reads up to 15 bytes behind them, which do not count. */
export function areEqual(a: usize, b: usize, bytes: usize): bool {
  const end = a + (bytes & ~15);
  for (; a < end; a += 16, b += 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) {
      return false;
    }
  }
  const rest = i32(bytes & 15);
  const unequal = i32(~i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))));
  return (unequal & ((1 << rest) - 1)) === 0;
}

/** Whether no pixel is translucent. */
export function areOpaque(pixels: usize, count: usize): bool {
  let all = i32x4.splat(-1);
  const end = pixels + count * 4;
  for (; pixels + 16 <= end; pixels += 16) {
    all = v128.and(all, v128.load(pixels));
  }
  for (; pixels < end; pixels += 4) {
    all = v128.and(all, v128.load32_splat(pixels));
  }
  // The alphas are the highest byte of each pixel.
  return (i8x16.bitmask(i8x16.eq(all, i8x16.splat(-1))) & 0x8888) === 0x8888;
}
