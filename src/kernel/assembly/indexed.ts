/** Rows of one sample a pixel, gray or an index of a palette, with 1, 2, 4 or 8 bits: PNGs that an optimiser made small. */

/**
 * Undoes the filter of a row in place, whose bytes each build on the one before (PNG specification 9.2).
 * @param row its filter byte, then `bytes` bytes
 * @param above the unfiltered row above with a byte before it; zeros above the first
 */
export function unfilterBytes(row: usize, bytes: usize, above: usize): void {
  const filter = load<u8>(row);
  const end = row + 1 + bytes;
  if (filter === 0) {
    return;
  }
  let left: i32 = 0;
  let upLeft: i32 = 0;
  for (let at = row + 1; at < end; at++) {
    const up: i32 = load<u8>(++above);
    left = (load<u8>(at) + predict(filter, left, up, upLeft)) & 0xff;
    store<u8>(at, left);
    upLeft = up;
  }
}

function predict(filter: u8, left: i32, up: i32, upLeft: i32): i32 {
  if (filter === 1) {
    return left;
  }
  if (filter === 2) {
    return up;
  }
  if (filter === 3) {
    return (left + up) >> 1;
  }
  const fromLeft = abs(up - upLeft);
  const fromUp = abs(left - upLeft);
  const fromUpLeft = abs(left + up - 2 * upLeft);
  if (fromLeft <= fromUp && fromLeft <= fromUpLeft) {
    return left;
  }
  return fromUp <= fromUpLeft ? up : upLeft;
}

/**
 * Writes `width` RGBA pixels.
 * @param samples the first of a byte in its upper bits
 * @param colours 256 RGBA pixels, one for each value that a sample may have
 */
export function expandIndexed(samples: usize, bits: u32, width: u32, colours: usize, out: usize): void {
  const mask: u32 = (1 << bits) - 1;
  for (let pixel: u32 = 0; pixel < width; pixel++) {
    const bit = pixel * bits;
    const sample = (u32(load<u8>(samples + (bit >>> 3))) >>> (8 - bits - (bit & 7))) & mask;
    store<u32>(out + pixel * 4, load<u32>(colours + sample * 4));
  }
}
