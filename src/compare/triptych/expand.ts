import { colorType } from '../png/header.ts';
import type { Png } from '../png/parse.ts';

/** Writes `columns` pixels of an unfiltered row (without its filter byte), from pixel `x` on, as RGBA from `out[to]` on. */
export type Expand = (samples: Uint8Array, x: number, columns: number, out: Uint8Array, to: number) => void;

/** For the kinds that browsers and diff pictures have, whose rows can be taken one by one; undefined for all others. */
export function expandRowsOf({ header, palette, hasTransparencyChunk }: Png): Expand | undefined {
  const { bitDepth, interlaced } = header;
  if (interlaced || hasTransparencyChunk) {
    return undefined;
  }
  switch (header.colorType) {
    case colorType.rgb:
      return bitDepth === 8 ? expandRgb : undefined;
    case colorType.rgba:
      return bitDepth === 8 ? expandRgba : undefined;
    case colorType.palette:
      return palette === undefined ? undefined : expandIndexed(palette, bitDepth);
    default:
      return undefined;
  }
}

const expandRgba: Expand = (samples, x, columns, out, to) => {
  out.set(samples.subarray(x * 4, (x + columns) * 4), to);
};

const expandRgb: Expand = (samples, x, columns, out, to) => {
  for (let column = 0; column < columns; column++) {
    out.set(samples.subarray((x + column) * 3, (x + column + 1) * 3), to + column * 4);
    out[to + column * 4 + 3] = 255;
  }
};

/** One, two, four or eight bits a pixel, the first of a byte in its upper bits. An index beyond the palette is black. */
function expandIndexed(palette: Uint8Array, bitDepth: number): Expand {
  const perByte = 8 / bitDepth;
  const mask = (1 << bitDepth) - 1;
  return (samples, x, columns, out, to) => {
    for (let column = 0; column < columns; column++) {
      const pixel = x + column;
      const byte = samples[Math.floor(pixel / perByte)] ?? 0;
      const index = (byte >> (8 - bitDepth * ((pixel % perByte) + 1))) & mask;
      out.set(palette.subarray(index * 3, index * 3 + 3), to + column * 4);
      out[to + column * 4 + 3] = 255;
    }
  };
}
