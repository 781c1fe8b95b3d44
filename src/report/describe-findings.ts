import { formatCount, formatFew, formatPlural, formatRatio, formatSize } from '../basics/format.ts';
import type { Comparison, Finding, LargestPlace, PageDrift, Shade, Shift, SteadyingInput } from '../results/model.ts';
import type { ShadeFinding } from '../results/shade-finding.ts';

/** What was found out about a difference beside its numbers, as sentences; undefined: nothing. */
export function describeFindings({ findings = [] }: Pick<Comparison, 'findings'>): string | undefined {
  return findings.length === 0 ? undefined : findings.map(describeFinding).join(' ');
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'not-repeated':
      return `When first taken it differed by ${formatPlural(finding.diffPixels, 'pixel')}; that did not come back when it was taken again.`;
    case 'left-out': {
      const { places, share } = finding;
      const proof = 'one take equals the baseline there, or it moved when the baseline was taken';
      return `Takes of the page differ in ${formatPlural(places, 'place')} (${formatRatio(share)} of the picture), left out of the comparison as noise: ${proof}.`;
    }
    case 'too-unstable':
      return `Takes of the page differ in ${formatRatio(finding.share)} of the picture, which is more than the ${formatRatio(finding.allowedShare)} that may be left out: all of it counts. ${describeLargest(finding)}`;
    case 'new-noise': {
      const { places } = finding;
      return `Takes of the page differ in ${formatPlural(places, 'place')} where no take equals the baseline, and which did not move when the baseline was taken: ${places === 1 ? 'it counts' : 'they count'}. ${describeLargest(finding)}`;
    }
    case 'not-retaken':
      return `It could not be taken again (${finding.code}), so what differs counts.`;
    case 'taken-once':
      return `It was not taken again: most captures of this run differ, and the ${finding.sample} that were taken again differed still.`;
    case 'damaged-file': {
      const whose = finding.which === 'baseline' ? 'baseline' : 'capture';
      return `The file of the ${whose} is damaged, but its picture is whole: ${finding.reason}. Saving it anew mends it.`;
    }
    case 'only-browser':
      return `Captured with ${finding.browser}, as its baseline was, it equals the baseline: the browser alone has changed it.`;
    case 'not-only-browser':
      return `Captured with ${finding.browser}, as its baseline was, it differs from the baseline as well: the page has changed, so the baseline was left as it is.`;
    case 'earlier-browser-failed':
      return `It could not be captured with ${finding.browser}, as its baseline was (${finding.code}), so the baseline was left as it is.`;
    case 'same-browser':
      return `Its baseline was taken with ${finding.browser} as well, so the browser has not changed it, and the baseline was left as it is.`;
    case 'unknown-browser':
      return 'Nobody knows a Chrome that its baseline was taken with, so the baseline was left as it is.';
    case 'shade':
      return describeShade(finding);
    case 'moved':
      return describeDrift(finding);
  }
}

/** Most changes of colours that are named at once. */
const namedColours = 3;

/** e.g. `A shade changed over 84% of the picture, by less than the threshold sees: #f0eff5 became #e0dfe5 (1,280×800 px at 0, 0).` */
function describeShade({ shades, places, share, counts }: ShadeFinding): string {
  const named = [...Map.groupBy(shades, ({ from, to }) => `${from} became ${to}`)].slice(0, namedColours);
  const parts = named.map(([change, [largest, ...others]]) => {
    const where =
      largest === undefined ? '' : `${formatSize(largest)} px at ${formatCount(largest.x)}, ${formatCount(largest.y)}`;
    return `${change} (${where}${others.length === 0 ? '' : `, and ${formatPlural(others.length, 'more place')}`})`;
  });
  const rest = places - named.reduce((sum, [, group]) => sum + group.length, 0);
  const more = rest === 0 ? '' : `, and ${formatPlural(rest, 'more place')} changed`;
  const consequence = counts ? 'Its pixels count as differing.' : 'That alone is no difference.';
  return `A shade changed over ${formatRatio(share)} of the picture, by less than the threshold sees: ${parts.join(', ')}${more}.${isMoved(shades) ? ' The two took each other’s colours, as when an area moves.' : ''} ${consequence}`;
}

/** Whether shades are what an area leaves behind when it moves, and what it covers then. */
function isMoved([one, other, ...others]: readonly Shade[]): boolean {
  return others.length === 0 && one !== undefined && one.from === other?.to && one.to === other.from;
}

/** The colours of shades that changed, e.g. `#f0eff5 became #e0dfe5, #2563eb became #1d4ed8 and 2 more`. */
export function describeColours(shades: readonly Shade[]): string {
  const changes = [...new Set(shades.map(({ from, to }) => `${from} became ${to}`))];
  return formatFew(changes, namedColours);
}

/** What each input does about a place that moves, completing "To keep it from counting, ". */
const ways: { readonly [Name in SteadyingInput]: string } = {
  mask: 'mask it (`mask`)',
  hide: 'hide the element (`hide`)',
  clock: 'stop the time of the page (`clock`)',
};

function describeLargest({ largest, waysOut }: LargestPlace): string {
  const all = [...waysOut.map((way) => ways[way]), 'make the page show the same at every visit'];
  return `The largest place is ${formatSize(largest)} px at ${formatCount(largest.x)}, ${formatCount(largest.y)}. To keep it from counting, ${all.join(', or ')}.`;
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
