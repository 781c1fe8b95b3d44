/**
 * What noise never does: fill an area of some size evenly. Measured on two versions of Chromium, recompressed photographs
 * and the cases of bench/trust; docs/trust.md tells these limits.
 */
export const shadeLimits = {
  /** In pixelmatch's measure: a gray that is 3 of 255 lighter or darker. Rounding and dithering stay below. */
  threshold: 0.01,
  /** How far the shift of a pixel's red, green or blue may be from that of its neighbours' in the region. */
  unevenness: 2,
  /** Of the squares that must fit into the region, in CSS pixels: edges, lines of text and blocks of JPEGs are narrower. */
  side: 8,
  /** At how many places such a square must fit, in CSS pixels: those of a plain area of 23 × 23. */
  places: 256,
} as const;
