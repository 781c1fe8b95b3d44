import { readFilteredRows } from '../png/filtered-data.ts';
import { colorType } from '../png/header.ts';
import { Inflater } from '../png/inflater.ts';
import type { Png } from '../png/parse.ts';
import { type Picture, strideOf } from './picture.ts';

/** 8-bit RGB or RGBA without interlacing, which is what browsers write. */
export function isTrueColor({ header, transparency }: Png): boolean {
  const hasColors = header.colorType === colorType.rgb || header.colorType === colorType.rgba;
  return hasColors && header.bitDepth === 8 && !header.interlaced && transparency === undefined;
}

/** The rows of a PNG for which `isTrueColor`, as they come out of the inflater. */
export function trueColorPicture(png: Png): Picture {
  const { header } = png;
  const { width, height } = header;
  const form = { size: { width, height }, bytesPerPixel: header.colorType === colorType.rgb ? 3 : 4 } as const;
  const stride = strideOf(form);
  return {
    ...form,
    start(kernel, mostRows) {
      const inflater = new Inflater(kernel, png, mostRows * stride);
      return { read: (rows) => readFilteredRows(kernel, inflater, rows, stride), finish: () => inflater.finish() };
    },
  };
}
