import { type Png, parsePng } from '../png/parse.ts';
import { holdPicture } from './held-picture.ts';
import { indexedPicture, isIndexed } from './indexed-picture.ts';
import type { Picture } from './picture.ts';
import { isTrueColor, trueColorPicture } from './true-color-picture.ts';

/**
 * Reads the chunks of a PNG and finds the way to read its rows: as they come where that can be done, so that memory does not
 * grow with the picture, else held whole.
 * @throws UnreadablePicture
 */
export function openPicture(file: Uint8Array): Picture {
  return pictureOf(parsePng(file));
}

/** As `openPicture`, for a file whose chunks were read before. */
export function pictureOf(png: Png): Picture {
  if (isTrueColor(png)) {
    return trueColorPicture(png);
  }
  if (isIndexed(png)) {
    return indexedPicture(png);
  }
  return holdPicture(png);
}

/** Whether its rows are read as they come; else the picture must be held whole. */
export function isReadByRows(png: Png): boolean {
  return isTrueColor(png) || isIndexed(png);
}
