import { PNG } from 'pngjs';
import type { Rect, Size } from '../../basics/geometry.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { layBeside } from './compose.ts';
import { cropPng, type Pixels } from './crop.ts';
import { shrink } from './shrink.ts';

/** Three PNG files of one capture, and what to show of them. */
export interface TriptychRequest {
  readonly baseline: Uint8Array;
  readonly actual: Uint8Array;
  readonly diff: Uint8Array;
  readonly area: Rect;
}

/** A PNG file. */
export interface Triptych {
  readonly bytes: Uint8Array;
  readonly size: Size;
}

/** Largest panels, in pixels, with room to look at them on a screen of two device pixels each. */
const panelSize = { width: 480, height: 420 };
/** For what would be too many bytes, such as photographs. */
const smallPanelSize = { width: 240, height: 280 };

/** Text on three panels takes 30 to 150 kB. */
const mostBytes = 400_000;

/**
 * One picture with baseline, capture and diff beside each other, cropped to `area`. Undefined when one of them cannot
 * be decoded. They are read one after the other, so that not more than one whole picture is in memory.
 */
export async function renderTriptych({ baseline, actual, diff, area }: TriptychRequest): Promise<Triptych | undefined> {
  try {
    const crops: Pixels[] = [];
    for (const file of [baseline, actual, diff]) {
      crops.push(await cropPng(file, area));
    }
    const triptych = compose(crops, panelSize);
    return triptych.bytes.length <= mostBytes ? triptych : compose(crops, smallPanelSize);
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return undefined;
    }
    throw error;
  }
}

function compose(crops: readonly Pixels[], limit: Size): Triptych {
  const { width, height, rgba } = layBeside(crops.map((crop) => shrink(crop, fitInto(crop, limit))));
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return { bytes: PNG.sync.write(png, { colorType: 6, deflateLevel: 9 }), size: { width, height } };
}

/** The largest size of the same shape that fits. Never larger than it is. */
function fitInto({ width, height }: Size, limit: Size): Size {
  const ratio = Math.max(width / limit.width, height / limit.height, 1);
  return { width: Math.max(1, Math.round(width / ratio)), height: Math.max(1, Math.round(height / ratio)) };
}
