import pixelmatch from 'pixelmatch';
import type { ComparePair } from '../comparer.ts';
import type { DecodedPicture } from '../decode.ts';
import type { Band } from './pair-rows.ts';

/** One byte a pixel of a paired band: not 0 where it differs. */
export function differingPixels(
  { baselineTop, actualTop, rows }: Pick<Band, 'baselineTop' | 'actualTop' | 'rows'>,
  a: DecodedPicture,
  b: DecodedPicture,
  { threshold, includeAntiAliasing }: ComparePair['settings'],
): Uint8Array {
  const { width } = a;
  const out = new Uint8Array(width * rows * 4);
  const rowsOf = ({ pixels }: DecodedPicture, top: number) =>
    new Uint8Array(pixels.subarray(top * width * 4, (top + rows) * width * 4));
  pixelmatch(rowsOf(a, baselineTop), rowsOf(b, actualTop), out, width, rows, {
    threshold,
    includeAA: includeAntiAliasing,
    diffMask: true,
  });
  return out.filter((_, at) => at % 4 === 3);
}
