import { PNG } from 'pngjs';
import type { Rect } from '../plan/capture.ts';
import type { DecodedPicture } from './decode.ts';
import { tryDecode } from './try-decode.ts';

export interface HatchRequest {
  /** A PNG: a diff picture, or a capture. */
  readonly picture: Uint8Array;
  /** A capture steps back behind the hatching; a diff picture has its own colours. */
  readonly faded: boolean;
  /** In device pixels. */
  readonly areas: readonly Rect[];
}

/** Distance of two lines of the hatching and their width, in device pixels. */
const stripe = { distance: 12, width: 3 } as const;
const colour = [37, 99, 235] as const;
/** What is left of a capture's contrast. */
const contrast = 0.3;

/** The PNG with the areas hatched in blue and framed; undefined when the picture is too large to be drawn on. */
export function hatch({ picture, faded, areas }: HatchRequest): Uint8Array | undefined {
  const decoded = tryDecode(picture);
  if (decoded === undefined) return undefined;
  if (faded) fade(decoded.pixels);
  for (const area of areas) hatchArea(decoded, area);
  const { width, height, pixels } = decoded;
  const png = new PNG({ width, height });
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return new Uint8Array(PNG.sync.write(png, { colorType: 2, deflateLevel: 3 }));
}

function fade(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at++) pixels[at] = at % 4 === 3 ? 255 : 255 + ((pixels[at] as number) - 255) * contrast;
}

function hatchArea({ width, height, pixels }: DecodedPicture, area: Rect): void {
  const [right, bottom] = [Math.min(area.x + area.width, width), Math.min(area.y + area.height, height)];
  for (let y = area.y; y < bottom; y++) {
    for (let x = area.x; x < right; x++) {
      const onFrame = x === area.x || y === area.y || x === right - 1 || y === bottom - 1;
      if (onFrame || (x + y) % stripe.distance < stripe.width) pixels.set(colour, (y * width + x) * 4);
    }
  }
}
