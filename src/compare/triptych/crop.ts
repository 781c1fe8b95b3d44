import type { Size } from '../../report/model.ts';
import { decodePng } from '../decode.ts';
import type { Area } from './area.ts';

/** Width × height × RGBA bytes. */
export interface Pixels extends Size {
  readonly rgba: Uint8Array;
}

/**
 * The pixels of a PNG within `area`; where the picture ends before it, they stay transparent.
 * @throws UnreadablePicture
 */
export function cropPng(file: Uint8Array, area: Area): Pixels {
  const { width, height, pixels } = decodePng(file);
  const rgba = new Uint8Array(area.width * area.height * 4);
  const columns = Math.max(0, Math.min(area.width, width - area.x));
  const rows = Math.max(0, Math.min(area.height, height - area.y));
  for (let row = 0; row < rows; row++) {
    const from = ((area.y + row) * width + area.x) * 4;
    rgba.set(pixels.subarray(from, from + columns * 4), row * area.width * 4);
  }
  return { width: area.width, height: area.height, rgba };
}
