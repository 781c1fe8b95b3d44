import { PNG } from 'pngjs';
import type { Rect } from '../basics/geometry.ts';
import { hatchArea, hatchColour } from './hatching.ts';
import { tryDecode } from './try-decode.ts';

export interface HatchRequest {
  /** A capture as a PNG; it steps back behind the hatching. */
  readonly picture: Uint8Array;
  /** In device pixels. */
  readonly areas: readonly Rect[];
}

/** What is left of a capture's contrast. */
const contrast = 0.3;

/** The PNG with the areas hatched in blue and framed; undefined when the picture is too large to be drawn on. */
export function hatch({ picture, areas }: HatchRequest): Uint8Array | undefined {
  const decoded = tryDecode(picture);
  if (decoded === undefined) {
    return undefined;
  }
  const { width, height, pixels } = decoded;
  fade(pixels);
  for (const area of areas) {
    hatchArea(area, decoded, (x, y) => pixels.set(hatchColour, (y * width + x) * 4));
  }
  const png = new PNG({ width, height });
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return new Uint8Array(PNG.sync.write(png, { colorType: 2, deflateLevel: 3 }));
}

function fade(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = at % 4 === 3 ? 255 : 255 + ((pixels[at] as number) - 255) * contrast;
  }
}
