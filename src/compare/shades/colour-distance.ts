/** Of two opaque colours at the ends, as pixelmatch measures it: a threshold of 1. */
const largestDistance = 35_215;

/** What pixelmatch compares a threshold with: the greatest distance that is still within it. */
export function distanceOf(threshold: number): number {
  return largestDistance * threshold * threshold;
}

/** The distance of two opaque colours, given what they differ by in red, green and blue: pixelmatch's, in YIQ. */
export function colourDistance(red: number, green: number, blue: number): number {
  const y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223;
  const i = red * 0.59597799 - green * 0.2741761 - blue * 0.32180189;
  const q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694;
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
}
