import type { ChangedRegion, ChangeLook } from '../model.ts';
import type { RowRun } from './row-runs.ts';

/** A changed region of a capture, or a part of one. */
export interface ChangedPlace {
  /** Which of the captures, by its place among them. */
  readonly capture: number;
  readonly region: ChangedRegion;
  /** Equal for the same change alone; undefined for a part that is not known well enough. */
  readonly key: string | undefined;
  /** Of a part: what the whole looks like. */
  readonly look: ChangeLook;
  readonly isPart: boolean;
}

/** Rows of a region from `top` rows below its own top on, as a region of its own; undefined where none of their pixels differs. */
export function partOf(
  region: ChangedRegion,
  top: number,
  runs: readonly RowRun[],
  diffPixels: number,
): ChangedRegion | undefined {
  const inked = runs.map(({ pixels }) => pixels > 0);
  const [first, last] = [inked.indexOf(true), inked.lastIndexOf(true)];
  if (first === -1) {
    return undefined;
  }
  const above = rowsOf(runs.slice(0, first));
  const told = runs.slice(first, last + 1);
  const [left, right] = [
    Math.min(...told.filter(({ pixels }) => pixels > 0).map((run) => run.left)),
    Math.max(...told.map((run) => run.right)),
  ];
  const { y, baselineY } = region;
  const moved = top + above;
  return {
    ...region,
    x: left,
    y: y + moved,
    width: right - left,
    height: rowsOf(told),
    diffPixels,
    ...(baselineY === undefined ? {} : { baselineY: baselineY + moved }),
  };
}

export function rowsOf(runs: readonly RowRun[]): number {
  return runs.reduce((sum, { rows }) => sum + rows, 0);
}

/** How many pixels of all these rows differ, be it by less than the threshold. */
export function pixelsOf(runs: readonly RowRun[]): number {
  return runs.reduce((sum, { rows, pixels }) => sum + rows * pixels, 0);
}
