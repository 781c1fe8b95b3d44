import type { Kernel } from '../kernel/kernel.ts';
import { readFilteredRows } from '../png/filtered-data.ts';
import { colorType, rowBytes } from '../png/header.ts';
import { Inflater } from '../png/inflater.ts';
import type { Png } from '../png/parse.ts';
import type { Picture, RowReader } from './picture.ts';

/** A palette's index or a gray of at most 8 bits for each pixel, without interlacing: what PNG optimisers make of plain pages. */
export function isIndexed({ header }: Png): boolean {
  const hasOneSample = header.colorType === colorType.palette || header.colorType === colorType.gray;
  return hasOneSample && header.bitDepth <= 8 && !header.interlaced;
}

/** The rows of a PNG for which `isIndexed`, made RGBA one after the other and given out as if they had not been filtered. */
export function indexedPicture(png: Png): Picture {
  const { width, height } = png.header;
  return { size: { width, height }, bytesPerPixel: 4, start: (kernel, mostRows) => readIndexed(png, kernel, mostRows) };
}

function readIndexed(png: Png, kernel: Kernel, mostRows: number): RowReader {
  const { header } = png;
  const bytes = rowBytes(header, header.width);
  const stride = 1 + bytes;
  const outStride = 1 + header.width * 4;
  const inflater = new Inflater(kernel, png, mostRows * stride);
  // Unfiltered beside the inflater's bytes, to which what follows may refer.
  let [row, above] = [kernel.reserve(stride), kernel.reserve(stride)];
  const colours = kernel.reserve(256 * 4);
  const out = kernel.reserve(mostRows * outStride);
  kernel.fill(row, stride, 0);
  kernel.write(colours, coloursOf(png));
  return {
    read(rows) {
      const from = readFilteredRows(kernel, inflater, rows, stride);
      for (let index = 0; index < rows; index++) {
        [row, above] = [above, row];
        kernel.copy(row, from + index * stride, stride);
        kernel.call.unfilterBytes(row, bytes, above);
        kernel.fill(out + index * outStride, 1, 0);
        kernel.call.expandIndexed(row + 1, header.bitDepth, header.width, colours, out + index * outStride + 1);
      }
      return out;
    },
    finish: () => inflater.finish(),
  };
}

/** RGBA for each value of a sample. One beyond the palette is opaque black, as libpng has it. */
function coloursOf({ header, palette, transparency }: Png): Uint8Array {
  const colours = new Uint8Array(256 * 4);
  const largest = 2 ** header.bitDepth - 1;
  for (let value = 0; value < 256; value++) {
    const gray = Math.round((value * 255) / largest);
    const isGray = header.colorType === colorType.gray;
    const [red = 0, green = 0, blue = 0] = isGray ? [gray, gray, gray] : (palette?.subarray(value * 3, value * 3 + 3) ?? []);
    colours.set([red, green, blue, alphaOf(value, header.colorType, transparency)], value * 4);
  }
  return colours;
}

/** The tRNS chunk holds the alpha of the first colours of a palette, or the one gray that is transparent. */
function alphaOf(value: number, type: number, transparency: Uint8Array | undefined): number {
  if (transparency === undefined) {
    return 255;
  }
  if (type === colorType.palette) {
    return transparency[value] ?? 255;
  }
  return value === ((transparency[0] ?? 0) << 8) + (transparency[1] ?? 0) ? 0 : 255;
}
