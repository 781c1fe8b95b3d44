import { hatchColour } from './hatching.ts';
import type { Rgb } from './png/encode-indexed.ts';

/** The kernel tells eight shades of a page, from black (0) to white (7). */
const shades = 8;
/** As many are left of them under a tint. */
const tintedShades = 3;

/** From a colour to white. */
function paler(from: Rgb, steps: number): Rgb[] {
  return Array.from({ length: steps }, (_, step) => {
    const pale = (sample: number) => Math.round(sample + ((255 - sample) * step) / (steps - 1));
    return [pale(from[0]), pale(from[1]), pale(from[2])];
  });
}

const masked = shades;
const onlyActual = masked + tintedShades;

/** Places in the palette of a diff picture. The page itself is 0 to 7, as the kernel shades it. */
export const diffIndex = {
  /** Beyond both pictures. */
  nothing: 4,
  white: shades - 1,
  differing: onlyActual + tintedShades,
  onlyBaseline: onlyActual + tintedShades + 1,
} as const;

/** What a diff picture is made of: a pale gray page, red where it differs, tints for what was not or could not be compared. */
export const diffPalette: readonly Rgb[] = [
  ...paler([150, 150, 156], shades),
  ...paler([120, 160, 240], tintedShades).map(([red, green]): Rgb => [Math.min(red, 225), Math.min(green, 235), 255]),
  ...paler([235, 130, 140], tintedShades).map(([, green, blue]): Rgb => [255, Math.min(green, 222), Math.min(blue, 226)]),
  [224, 0, 32],
  [240, 140, 150],
];

const shaded = diffPalette.length;

/** The same and more, where a shade changed or something is hatched: more than four bits hold. */
export const widePalette: readonly Rgb[] = [
  ...diffPalette,
  ...paler([214, 130, 20], tintedShades).map(([red, green, blue]): Rgb => [red, Math.min(green, 222), Math.min(blue, 130)]),
  hatchColour,
];

/** What is hatched. */
export const hatchedIndex = widePalette.length - 1;

/** A shade of the page as it looks where its colour changed by less than the threshold. */
export function shadedShade(shade: number): number {
  return shaded + tinted(shade);
}

/** A shade of the page as it looks under a mask. */
export function maskedShade(shade: number): number {
  return masked + tinted(shade);
}

/** A shade of the page as it looks where only the actual picture has it. */
export function onlyActualShade(shade: number): number {
  return onlyActual + tinted(shade);
}

function tinted(shade: number): number {
  return Math.floor((Math.min(shade, shades - 1) * tintedShades) / shades);
}
