import { compareNames } from '../basics/natural-order.ts';
import type { CaptureReport } from '../results/model.ts';
import { isShadeWarning } from '../results/shade-finding.ts';
import { statusWords } from '../results/statuses.ts';

/** Orders captures as a reviewer needs them: failures, then changes with the largest share first, then the rest by name, changed shades first. */
export function compareBySeverity(a: CaptureReport, b: CaptureReport): number {
  return (
    statusWords[a.status].rank - statusWords[b.status].rank ||
    Number(isShadeWarning(b)) - Number(isShadeWarning(a)) ||
    diffRatio(b) - diffRatio(a) ||
    compareNames(a.name, b.name) ||
    compareNames(a.viewport.name, b.viewport.name)
  );
}

/** A target with all of its viewports. */
export interface TargetGroup<Item> {
  readonly name: string;
  readonly captures: readonly Item[];
}

/** Groups captures by target; the worst capture of a group gives its place. */
export function groupByTarget<Item extends CaptureReport>(captures: readonly Item[]): TargetGroup<Item>[] {
  const sorted = captures.toSorted(compareBySeverity);
  return [...Map.groupBy(sorted, (capture) => capture.name)].map(([name, group]) => ({ name, captures: group }));
}

function diffRatio(capture: CaptureReport): number {
  return capture.comparison?.diffRatio ?? 0;
}
