import { formatCount, formatPlural } from '../../basics/format.ts';

/** From `y` of the baseline on, down to the next shift, the page lies `byPx` lower in the capture; negative: higher. */
export interface Shift {
  readonly y: number;
  readonly byPx: number;
}

export interface Drift {
  readonly shifts: readonly Shift[];
  /** How much longer the capture is at its end, beyond what the shifts made it; negative: shorter. */
  readonly endPx: number;
  /** Groups of pixels that differ once the rows are laid on each other. */
  readonly blocks: number;
}

/** More places are counted, not listed. */
const listedShifts = 3;

/** A drift in words, e.g. `The page below y=1,240 moved down by 3 px; 2 blocks differ besides.` */
export function describeDrift({ shifts, endPx, blocks }: Drift): string {
  const listed = shifts.slice(0, listedShifts).map(describeShift);
  const more = shifts.length - listed.length;
  const parts = [
    ...listed,
    ...(more > 0 ? [`and it moved at ${formatPlural(more, 'more place')}`] : []),
    ...(endPx === 0 ? [] : [`the page is ${formatCount(Math.abs(endPx))} px ${endPx > 0 ? 'longer' : 'shorter'} at its end`]),
  ].join(', ');
  const besides =
    blocks === 0 ? 'nothing else differs' : `${formatPlural(blocks, 'block')} ${blocks === 1 ? 'differs' : 'differ'} besides`;
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}; ${besides}.`;
}

function describeShift({ y, byPx }: Shift): string {
  const what = y === 0 ? 'the whole page' : `the page below y=${formatCount(y)}`;
  if (byPx === 0) return `${what} is back in its place`;
  return `${what} moved ${byPx > 0 ? 'down' : 'up'} by ${formatCount(Math.abs(byPx))} px`;
}
