import { PNG } from 'pngjs';
import type { Size } from '../report/model.ts';
import { checkHeldWhole } from './limits.ts';
import { inflateWhole } from './png/inflate.ts';
import { parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Width × height × RGBA bytes. */
export interface Picture extends Size {
  readonly pixels: Uint8Array;
}

/** @throws UnreadablePicture */
export function decodePng(bytes: Uint8Array): Picture {
  const png = parsePng(bytes);
  checkHeldWhole(png.header);
  inflateWhole(png);
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(png.file));
    return { width, height, pixels: data };
  } catch (error) {
    throw new UnreadablePicture(`it cannot be decoded (${error instanceof Error ? error.message : String(error)})`);
  }
}
