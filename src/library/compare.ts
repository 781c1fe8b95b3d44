import { defined } from '../basics/record.ts';
import { comparePair } from '../compare/compare-pair.ts';
import { drawDiff } from '../compare/draw-diff.ts';
import type { Comparison, Rect } from './results.ts';

/** How two pictures are compared; each as the input of that name, with its default. */
export interface CompareOptions {
  /** pixelmatch's colour threshold, 0 to 1. Default: 0.1. */
  readonly threshold?: number | undefined;
  /** Whether pixels that only smooth an edge count as well. Default: false. */
  readonly includeAntiAliasing?: boolean | undefined;
  /** Most differing pixels that still count as unchanged. Default: none may differ. With both allowances the stricter counts. */
  readonly maxDiffPixels?: number | undefined;
  /** Most differing pixels as a share of all, 0 to 1. */
  readonly maxDiffRatio?: number | undefined;
  /** Never compared, in pixels of the pictures divided by `scale`. Default: none. */
  readonly mask?: readonly Rect[] | undefined;
  /** Pixels of the pictures per pixel of the masks, as the device scale factor of a page. Default: 1. */
  readonly scale?: number | undefined;
}

/** What a comparison came to. What a file holds never makes it throw. */
export type ComparedPictures =
  | {
      readonly kind: 'compared';
      readonly status: 'unchanged' | 'changed';
      readonly comparison: Comparison;
      /** Draws the difference as a PNG; there when at least one pixel differs, also within the allowances. */
      readonly drawDiff?: () => Promise<Uint8Array>;
    }
  | {
      readonly kind: 'unreadable';
      readonly which: 'baseline' | 'actual';
      /** A clause about the file, such as "its CRC is wrong in chunk IDAT at byte 1234". */
      readonly reason: string;
    };

/**
 * Compares two PNG files as the check does, in this thread: pictures of unequal size are laid on the union of both, and what only
 * one of them has differs. The bytes are left as they are.
 * @throws RangeError for an option that is out of its range.
 */
export function compare(baseline: Uint8Array, actual: Uint8Array, options: CompareOptions = {}): ComparedPictures {
  const { threshold = 0.1, includeAntiAliasing = false, maxDiffPixels, maxDiffRatio, mask = [], scale = 1 } = options;
  requireNumber('threshold', threshold, 0, 1);
  requireNumber('maxDiffPixels', maxDiffPixels ?? 0, 0);
  requireNumber('maxDiffRatio', maxDiffRatio ?? 0, 0, 1);
  requireNumber('scale', scale, Number.MIN_VALUE);
  for (const { x, y, width, height } of mask) {
    for (const [side, value] of Object.entries({ x, y, width, height })) {
      requireNumber(`mask.${side}`, value, 0);
    }
  }
  const settings = { threshold, includeAntiAliasing, mask, ...defined({ maxDiffPixels, maxDiffRatio }) };
  const result = comparePair({ baseline, actual, scale, settings });
  if (result.kind === 'unreadable') {
    return result;
  }
  const { kind, status, comparison, picture } = result;
  return { kind, status, comparison, ...(picture === undefined ? {} : { drawDiff: () => drawDiff(picture, []) }) };
}

/** Programs in JavaScript give what they like, and a comparison with NaN would find everything equal. */
function requireNumber(name: string, value: unknown, least: number, most = Number.MAX_VALUE): void {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    const range = most === Number.MAX_VALUE ? (least === 0 ? '0 or more' : 'more than 0') : `from ${least} to ${most}`;
    throw new RangeError(`${name} must be a number ${range}, not ${String(value)}.`);
  }
}
