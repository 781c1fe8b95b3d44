/** What the built-in engine takes and makes. The ranges of a request's options are those of the service that it stands for. */
export const engineLimits = {
  /** Of a request's body; an html target with pictures inside is a few megabytes. */
  bodyBytes: 16 * 1024 * 1024,
  /** Width or height of a picture in device pixels: what the comparison reads as well. */
  pictureSidePx: 65_535,
  /** Width × height of a picture. Chrome holds 4 bytes a pixel, several times over, while it draws one. */
  picturePixels: 100_000_000,
  /** How long a request waits for a free slot before it is `engine_busy`: the service's one internal retry. */
  internalRetryMs: 1_000,
  /** What an `engine_busy` answer asks for. A local capture takes well under a second. */
  retryAfterS: 1,
} as const;

/** Why a picture of so many CSS pixels at the scale is not taken; undefined when it is. */
export function pictureSizeProblem(css: { width: number; height: number }, scale: number): string | undefined {
  const width = Math.ceil(css.width * scale);
  const height = Math.ceil(css.height * scale);
  const { pictureSidePx, picturePixels } = engineLimits;
  if (width <= pictureSidePx && height <= pictureSidePx && width * height <= picturePixels) {
    return undefined;
  }
  return (
    `${width}×${height} device pixels, where at most ${pictureSidePx} a side and ${picturePixels / 1e6} million in all ` +
    'can be taken. Capture a part of it with selector, without fullPage, or at a smaller deviceScaleFactor.'
  );
}
