import { formatCount, formatPlural, formatRatio } from '../basics/format.ts';
import type { Comparison, Finding, PageDrift, Shift } from '../results/model.ts';

/** What was found out about a difference beside its numbers, as sentences; undefined: nothing. */
export function describeFindings({ findings = [] }: Comparison): string | undefined {
  return findings.length === 0 ? undefined : findings.map(describeFinding).join(' ');
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'not-repeated':
      return `When first taken it differed by ${formatPlural(finding.diffPixels, 'pixel')}; that did not come back when it was taken again.`;
    case 'left-out': {
      const { places, share } = finding;
      return `Two takes of the page differ in ${formatPlural(places, 'place')} (${formatRatio(share)} of the picture), which ${places === 1 ? 'is' : 'are'} left out of the comparison.`;
    }
    case 'too-unstable':
      return `Two takes of the page differ in ${formatRatio(finding.share)} of the picture, which is more than the ${formatRatio(finding.allowedShare)} that may be left out: all of it counts.`;
    case 'not-retaken':
      return `It could not be taken again (${finding.code}), so what differs counts.`;
    case 'moved':
      return describeDrift(finding);
  }
}

/** e.g. `The page below y=1,240 moved down by 3 px; 2 blocks differ besides.` */
function describeDrift({ shifts, shiftCount, endPx, blocks }: PageDrift): string {
  const more = shiftCount - shifts.length;
  const parts = [
    ...shifts.map(describeShift),
    ...(more > 0 ? [`and it moved at ${formatPlural(more, 'more place')}`] : []),
    ...(endPx === 0 ? [] : [`the page is ${formatCount(Math.abs(endPx))} px ${endPx > 0 ? 'longer' : 'shorter'} at its end`]),
  ].join(', ');
  const besides =
    blocks === 0 ? 'nothing else differs' : `${formatPlural(blocks, 'block')} ${blocks === 1 ? 'differs' : 'differ'} besides`;
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}; ${besides}.`;
}

function describeShift({ y, byPx }: Shift): string {
  const what = y === 0 ? 'the whole page' : `the page below y=${formatCount(y)}`;
  if (byPx === 0) {
    return `${what} is back in its place`;
  }
  return `${what} moved ${byPx > 0 ? 'down' : 'up'} by ${formatCount(Math.abs(byPx))} px`;
}
