import { unionOf } from '../../basics/geometry.ts';
import { type Comparison, type Finding, listedShades, type Shade } from '../../results/model.ts';

/**
 * What is told of the shades that were found; undefined: there are none.
 * @param counts whether their pixels are among the differing ones
 */
export function describeShades(
  shades: readonly Shade[],
  { baselineSize, actualSize }: Pick<Comparison, 'baselineSize' | 'actualSize'>,
  counts: boolean,
): Finding | undefined {
  const { width, height } = unionOf(baselineSize, actualSize);
  const pixels = shades.reduce((sum, { diffPixels }) => sum + diffPixels, 0);
  return shades.length === 0
    ? undefined
    : { kind: 'shade', counts, places: shades.length, share: pixels / (width * height), shades: shades.slice(0, listedShades) };
}
