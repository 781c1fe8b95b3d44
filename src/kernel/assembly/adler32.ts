/** The checksum of zlib streams (RFC 1950): two sums, `a` of the bytes and `b` of all the `a`s, modulo 65521. */

const modulus: u32 = 65_521;

/** So many bytes at a time are well below where the sums, kept in four 32-bit lanes each, would no longer fit. A multiple of 16. */
const bytesAtOnce: usize = 5_536;

/** @param sum of what came before: `b` in the upper, `a` in the lower 16 bits; 1 at first */
export function adler32(sum: u32, from: usize, end: usize): u32 {
  let a = sum & 0xffff;
  let b = sum >>> 16;
  while (from + 16 <= end) {
    const stop = from + min(bytesAtOnce, (end - from) & ~15);
    const rounds = u32(stop - from) >>> 4;
    let sumsA = i32x4.splat(0);
    let sumsB = i32x4.splat(0);
    // The sums of `a` before each round of 16 bytes, which count 16 times in `b`.
    let before = i32x4.splat(0);
    for (; from < stop; from += 16) {
      const bytes = v128.load(from);
      before = i32x4.add(before, sumsA);
      sumsA = i32x4.add(sumsA, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      const upper = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), i16x8(16, 15, 14, 13, 12, 11, 10, 9));
      const lower = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), i16x8(8, 7, 6, 5, 4, 3, 2, 1));
      sumsB = i32x4.add(sumsB, i32x4.add(upper, lower));
    }
    b = (b + ((a * rounds * 16) % modulus) + (sumOf(before) % modulus) * 16 + sumOf(sumsB)) % modulus;
    a = (a + sumOf(sumsA)) % modulus;
  }
  for (; from < end; from++) {
    a += load<u8>(from);
    b += a;
  }
  return ((b % modulus) << 16) | (a % modulus);
}

function sumOf(lanes: v128): u32 {
  return u32(
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3),
  );
}
