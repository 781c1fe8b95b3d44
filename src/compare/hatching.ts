import type { Rect, Size } from '../basics/geometry.ts';
import type { Rgb } from './png/encode-indexed.ts';

/** Distance of two lines of the hatching and their width, in device pixels. */
const stripe = { distance: 12, width: 3 } as const;

export const hatchColour: Rgb = [37, 99, 235];

/** Calls `paint` for each pixel of an area's hatching and its frame, as far as they lie in a picture of this size. */
export function hatchArea(area: Rect, { width, height }: Size, paint: (x: number, y: number) => void): void {
  const [right, bottom] = [Math.min(area.x + area.width, width), Math.min(area.y + area.height, height)];
  for (let y = area.y; y < bottom; y++) {
    for (let x = area.x; x < right; x++) {
      const onFrame = x === area.x || y === area.y || x === right - 1 || y === bottom - 1;
      if (onFrame || (x + y) % stripe.distance < stripe.width) {
        paint(x, y);
      }
    }
  }
}
