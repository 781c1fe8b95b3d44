import { defined } from '../basics/record.ts';
import type { Alignment, ComparePair, CompareResult, Comparer } from '../compare/comparer.ts';
import { describeShades } from '../compare/shades/describe-shades.ts';
import type { Capture } from '../plan/capture.ts';
import type { ComparedCapture, Comparison } from '../results/model.ts';
import { picturePath } from '../results/output-paths.ts';
import type { Folder } from '../system/ports.ts';
import type { ComparedTakes } from './compare-takes.ts';
import { scaled } from './takes.ts';

type Compared = Extract<CompareResult, { kind: 'compared' }>;

/** What of a report tells a person how the pictures differ. */
export type Explained = Pick<ComparedCapture, 'comparison' | 'files'>;

/** Differences over less of the height than this are not the page moving. */
const movedShare = 0.25;

/**
 * Writes the pictures that show a difference and adds what was found out about it: what is left out hatched in the diff picture, and,
 * where the page moved, a second diff with both pictures laid on each other again.
 * @throws UserError when the output cannot be written
 */
export async function explainDifference(
  capture: Capture,
  baseline: Uint8Array,
  compared: Omit<ComparedTakes, 'result'> & { readonly result: Compared },
  { output, comparer }: { output: Folder; comparer: Comparer },
): Promise<Explained> {
  const { result, image, masked, leftOut } = compared;
  const { scale } = capture.viewport;
  const pair = {
    baseline,
    actual: image.bytes,
    scale: 1,
    settings: { ...capture.compare, mask: [...masked.map((area) => scaled(area, scale)), ...leftOut] },
  };
  const alignment =
    result.status === 'changed' && mayHaveMoved(result.comparison)
      ? await comparer.align(pair, result.comparison.diffPixels, scale)
      : undefined;
  const counts = capture.compare.shades === 'fail';
  const changes = await traceChanges(pair, { result, alignment, counts, scale }, comparer);
  const told = counts ? result : withoutShadesBelow(result, alignment?.drift.shifts[0]?.y ?? Infinity);
  const diff = await drawDifference({ ...compared, result: told }, comparer);
  const shade = describeShades(told.shades, result.comparison, counts);
  const findings = [
    ...(result.comparison.findings ?? []),
    ...compared.findings,
    ...(shade === undefined ? [] : [shade]),
    ...(alignment === undefined ? [] : [alignment.drift]),
  ];
  const paths = { diff: picturePath('diff', capture.id), aligned: picturePath('aligned', capture.id) };
  if (diff !== undefined) {
    await output.write(paths.diff, diff);
  }
  if (alignment !== undefined) {
    await output.write(paths.aligned, alignment.picture);
  }
  return {
    comparison: { ...result.comparison, ...changes, ...(findings.length === 0 ? {} : { findings }) },
    files: {
      ...(diff === undefined ? {} : { diff: paths.diff }),
      ...(alignment === undefined ? {} : { aligned: paths.aligned }),
    },
  };
}

/** What of the difference is to be looked at, and what it shows: where the page moved, what differs besides. */
async function traceChanges(
  pair: ComparePair,
  { result, alignment, counts, scale }: { result: Compared; alignment: Alignment | undefined; counts: boolean; scale: number },
  comparer: Comparer,
): Promise<Partial<Pick<Comparison, 'regions' | 'traces'>>> {
  const { regions } = result.comparison;
  // Shades that count are looked for at one place in both pictures.
  if (alignment !== undefined && alignment.regions.length > 0 && !(counts && result.shades.length > 0)) {
    return { regions: alignment.regions, traces: alignment.traces };
  }
  return result.status === 'changed' && regions.length > 0 ? defined({ traces: await comparer.trace(pair, regions, scale) }) : {};
}

/** Where a page moved, from `y` on, a plain area may lie where another one was, which is no shade. */
function withoutShadesBelow(result: Compared, y: number): Compared {
  const shades = result.shades.filter((shade) => shade.y + shade.height <= y);
  const { picture } = result;
  return shades.length === result.shades.length || picture === undefined
    ? result
    : { ...result, shades, picture: { ...picture, shaded: new Map([...picture.shaded].filter(([row]) => row < y)) } };
}

/** The diff picture with what is left out hatched; without a difference, the capture with what is unstable. */
async function drawDifference(
  { result, image, leftOut, unstable }: ComparedTakes,
  comparer: Comparer,
): Promise<Uint8Array | undefined> {
  if (result.kind === 'compared' && result.picture !== undefined) {
    return comparer.draw(result.picture, leftOut);
  }
  return unstable.length === 0
    ? undefined
    : comparer.hatch({ picture: image.bytes, areas: leftOut.length === 0 ? unstable : leftOut });
}

/** Whether it is worth looking for a page that moved: the heights differ, or the differences spread over the page. */
export function mayHaveMoved({ baselineSize, actualSize, regions }: Comparison): boolean {
  if (baselineSize.width !== actualSize.width) {
    return false;
  }
  if (baselineSize.height !== actualSize.height) {
    return true;
  }
  const top = Math.min(...regions.map(({ y }) => y));
  const bottom = Math.max(...regions.map(({ y, height }) => y + height));
  return bottom - top >= actualSize.height * movedShare;
}
