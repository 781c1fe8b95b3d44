import { formatFew, formatPlural } from '../basics/format.ts';
import { compareNames } from '../basics/natural-order.ts';
import type { LeftCapture } from '../results/groups/select-by-group.ts';

/** Most captures that are named. */
const mostNamed = 10;

/** Which captures were left over when groups were accepted, and for what; undefined: none. Plain text. */
export function describeLeft(left: readonly LeftCapture[]): string | undefined {
  if (left.length === 0) {
    return undefined;
  }
  const named = left.toSorted((one, other) => compareNames(one.id, other.id)).map((one) => `${one.id} (${describeRest(one)})`);
  return `Left over, for what else is on ${left.length === 1 ? 'it' : 'them'}: ${formatFew(named, mostNamed)}.`;
}

function describeRest({ groups, regions, shade, barred }: LeftCapture): string {
  return [
    ...groups,
    ...(regions === 0 ? [] : [`${formatPlural(regions, 'region')} in no group`]),
    ...(shade ? ['a changed shade'] : []),
    ...(barred === true ? ['its picture cannot become a baseline'] : []),
  ].join(', ');
}
