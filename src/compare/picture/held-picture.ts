import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { reasonOf } from '../../errors/user-error.ts';
import { Kernel } from '../kernel/kernel.ts';
import { checkHeldWhole } from '../limits.ts';
import { checkFilteredData } from '../png/filtered-data.ts';
import { colorType } from '../png/header.ts';
import type { Png } from '../png/parse.ts';
import { renderPng } from '../png/render.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { type Picture, strideOf } from './picture.ts';

/**
 * The rows of any PNG, decoded whole by pngjs and given out as if they had not been filtered: interlaced pictures, those of
 * 16 bits, gray with alpha, and RGB with a transparent colour.
 *
 * 16-bit samples are brought to 8 bits, up to ±1 from what libpng makes of them, and the colour of pixels that a tRNS chunk
 * makes transparent is zeroed; both hold for each of two pictures alike.
 * @throws UnreadablePicture
 */
export function holdPicture(png: Png): Picture {
  const { width, height } = png.header;
  const form = { size: { width, height }, bytesPerPixel: 4 } as const;
  const stride = strideOf(form);
  const pixels = decodeChecked(png);
  return {
    ...form,
    start(kernel, mostRows) {
      const out = kernel.reserve(mostRows * stride);
      let next = 0;
      return {
        read(rows) {
          for (let row = 0; row < rows; row++, next += stride - 1) {
            kernel.fill(out + row * stride, 1, 0);
            kernel.write(out + row * stride + 1, pixels.subarray(next, next + stride - 1));
          }
          return out;
        },
        finish: () => {},
      };
    },
  };
}

/**
 * pngjs hangs, expands without bound or dies on hostile data, so it sees only what was checked before and made a file of
 * anew: the size, the chunks that make the picture, and data that inflates to just that size.
 */
function decodeChecked(png: Png): Uint8Array {
  checkHeldWhole(png.header);
  const idat = soundData(png);
  try {
    return PNG.sync.read(renderPng({ ...png, idat, palette: wholePalette(png) })).data;
  } catch (error) {
    throw new UnreadablePicture(`it cannot be decoded (${reasonOf(error)})`);
  }
}

/** The picture data, packed anew where something stands behind the picture: pngjs takes it for a part of it. */
function soundData(png: Png): readonly Uint8Array[] {
  using kernel = Kernel.borrow();
  if (checkFilteredData(kernel, png) === 'ended') {
    return png.idat;
  }
  const pieces: Buffer[] = [];
  checkFilteredData(kernel, png, (piece) => pieces.push(Buffer.from(piece)));
  return [deflateSync(Buffer.concat(pieces), { level: 1 })];
}

/** With black for the colours that a sample may name beyond it, as libpng has it; pngjs would refuse the picture. */
function wholePalette({ header, palette }: Png): Uint8Array | undefined {
  if (palette === undefined || header.colorType !== colorType.palette) {
    return palette;
  }
  const whole = new Uint8Array(3 * 2 ** header.bitDepth);
  whole.set(palette.subarray(0, whole.length));
  return whole;
}
