import { checkFilterTypes } from '../png/filtered-data.ts';
import { colorType, rowBytes } from '../png/header.ts';
import { InflateReader } from '../png/inflate.ts';
import type { Png } from '../png/parse.ts';
import type { RowSource } from './row-source.ts';

/** Whether the rows can be taken as they come: 8-bit RGB or RGBA without interlacing, which is what browsers write. */
export function canStream({ header, hasTransparencyChunk }: Png): boolean {
  const { bitDepth, interlaced } = header;
  const hasColors = header.colorType === colorType.rgb || header.colorType === colorType.rgba;
  return bitDepth === 8 && hasColors && !interlaced && !hasTransparencyChunk;
}

/** The rows of a PNG that `canStream`, inflated as they are read; memory does not grow with the picture. */
export function streamRows({ header, idat }: Png): RowSource {
  const reader = new InflateReader(idat);
  const stride = 1 + rowBytes(header, header.width);
  return {
    size: { width: header.width, height: header.height },
    bytesPerPixel: header.colorType === colorType.rgb ? 3 : 4,
    stride,
    read: async (target) => {
      await reader.read(target);
      checkFilterTypes(target, stride);
    },
    finish: () => reader.finish(),
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}
