import { type Size, unionOf } from '../basics/geometry.ts';
import type { CompareSettings } from '../plan/capture.ts';
import type { Comparison } from '../results/model.ts';
import type { Span } from './mask.ts';

/** What was found to differ, before the allowances. */
export type Differences = Pick<Comparison, 'diffPixels' | 'maskedPixels' | 'regions'>;

/** The pixels of row `y` that only one of the pictures has; none where neither or both have them. */
export function unpairedSpan(y: number, baseline: Size, actual: Size): Span {
  const a = y < baseline.height ? baseline.width : 0;
  const b = y < actual.height ? actual.width : 0;
  return { start: Math.min(a, b), end: Math.max(a, b) };
}

/** diffPixels as a share of the union's pixels, masked ones included. */
export function describeComparison(differences: Differences, baselineSize: Size, actualSize: Size): Comparison {
  const union = unionOf(baselineSize, actualSize);
  const { diffPixels, maskedPixels, regions } = differences;
  return { diffPixels, diffRatio: diffPixels / (union.width * union.height), maskedPixels, baselineSize, actualSize, regions };
}

/** Both allowances set: both must hold. None set: nothing may differ. */
export function decideStatus(
  { diffPixels, diffRatio }: Pick<Comparison, 'diffPixels' | 'diffRatio'>,
  { maxDiffPixels, maxDiffRatio }: Pick<CompareSettings, 'maxDiffPixels' | 'maxDiffRatio'>,
): 'unchanged' | 'changed' {
  if (maxDiffPixels === undefined && maxDiffRatio === undefined) {
    return diffPixels === 0 ? 'unchanged' : 'changed';
  }
  const within = diffPixels <= (maxDiffPixels ?? Infinity) && diffRatio <= (maxDiffRatio ?? Infinity);
  return within ? 'unchanged' : 'changed';
}
