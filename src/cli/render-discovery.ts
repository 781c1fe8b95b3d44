import { formatCount } from '../basics/format.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { describeLeftOut } from '../plan/describe-left-out.ts';
import type { Discovery, DiscoverySource, LeftOutReason } from '../plan/discovery.ts';

/** A target that was found, as `discover` prints it. */
export interface ShownTarget {
  readonly name: string;
  readonly url: string;
  readonly by: DiscoverySource;
}

/** The found targets in their order, by what they are called in the run; a listed one stands where it was found as well. */
export function listFound({ captures }: Pick<Inputs, 'captures'>): ShownTarget[] {
  const found = captures.flatMap(({ name, page, foundBy }) =>
    foundBy === undefined || page.kind !== 'url' ? [] : [{ name, url: page.url, by: foundBy }],
  );
  return [...new Map(found.map((one) => [one.name, one])).values()];
}

/** What was left out, a line each: all of it, or so many of each reason. */
export function renderLeftOut({ leftOut }: Discovery, mostOfReason: number): string[] {
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason.kind);
  return [...byReason.values()].flatMap((of) => {
    const lines = of.slice(0, mostOfReason).map(({ what, by, reason }) => `${what}  (${by}: ${describeLeftOut(reason)})`);
    const more = of.length - lines.length;
    return more > 0 ? [...lines, `and ${formatCount(more)} more like it (${nameReason(of[0]?.reason)})`] : lines;
  });
}

function nameReason(reason: LeftOutReason | undefined): string {
  return reason === undefined ? '' : reason.kind.replaceAll('-', ' ');
}
