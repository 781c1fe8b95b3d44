import { defined } from '../../basics/record.ts';
import type { CaptureReport, Shade, SharedShade } from '../model.ts';
import { shadeFindingOf } from '../shade-finding.ts';

/** The shades that each of these captures has; of a capture whose shades are not all listed none is known. */
export function findSharedShades([first, ...rest]: readonly CaptureReport[]): SharedShade[] {
  const own = first === undefined ? [] : shadesOf(first);
  return [...new Map(own.map((shade) => [keyOf(shade), shade])).values()].filter((shade) =>
    rest.every((capture) => hasShades(capture, [shade])),
  );
}

/** Whether a capture has all of these. */
export function hasShades(capture: CaptureReport, shades: readonly SharedShade[]): boolean {
  const keys = new Set(shadesOf(capture).map(keyOf));
  return shades.every((shade) => keys.has(keyOf(shade)));
}

/** Whether a shade changed in a capture that counts for nothing and is none of these. */
export function hasOtherShade(capture: CaptureReport, known: readonly SharedShade[]): boolean {
  const finding = shadeFindingOf(capture);
  if (finding === undefined || finding.counts) {
    return false;
  }
  const keys = new Set(known.map(keyOf));
  const own = shadesOf(capture);
  return own.length === 0 || own.some((shade) => !keys.has(keyOf(shade)));
}

function shadesOf(capture: CaptureReport): SharedShade[] {
  const finding = shadeFindingOf(capture);
  return finding === undefined || finding.counts || finding.places > finding.shades.length
    ? []
    : finding.shades.map((shade) => shareOf(shade, capture));
}

function shareOf({ from, to, width, height }: Shade, { comparison }: CaptureReport): SharedShade {
  const isWholeWidth = width === comparison?.actualSize.width;
  return { from, to, height, ...defined({ width: isWholeWidth ? undefined : width }) };
}

function keyOf({ from, to, width, height }: SharedShade): string {
  return `${from} ${to} ${width ?? ''} ${height}`;
}
