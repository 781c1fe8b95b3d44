import type { Size } from '../../basics/geometry.ts';
import { checkSize } from '../limits.ts';
import { UnreadablePicture } from '../unreadable.ts';

/** The IHDR chunk: what the rows of a PNG are made of. */
export interface PngHeader extends Size {
  /** Bits of one sample. */
  readonly bitDepth: number;
  readonly colorType: ColorType;
  readonly interlaced: boolean;
}

/** The colour types of the PNG specification (11.2.1), with the samples of a pixel and the depths allowed. */
const colorTypes = {
  0: { name: 'gray', samples: 1, bitDepths: [1, 2, 4, 8, 16] },
  2: { name: 'RGB', samples: 3, bitDepths: [8, 16] },
  3: { name: 'palette', samples: 1, bitDepths: [1, 2, 4, 8] },
  4: { name: 'gray with alpha', samples: 2, bitDepths: [8, 16] },
  6: { name: 'RGBA', samples: 4, bitDepths: [8, 16] },
} as const;

export type ColorType = keyof typeof colorTypes;

export const colorType = { gray: 0, rgb: 2, palette: 3, grayAlpha: 4, rgba: 6 } as const satisfies Record<string, ColorType>;

export const headerBytes = 13;

/** @throws UnreadablePicture when it breaks the specification or the limits. */
export function parseHeader(data: Buffer): PngHeader {
  if (data.length !== headerBytes) {
    throw new UnreadablePicture(`its header is ${data.length} bytes long instead of ${headerBytes}`);
  }
  const size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
  const [bitDepth, type, compression, filter, interlace] = data.subarray(8) as Iterable<number> as [
    number,
    number,
    number,
    number,
    number,
  ];
  checkSize(size);
  if (!isColorType(type)) {
    throw new UnreadablePicture(`its colour type ${type} does not exist`);
  }
  const { name, bitDepths } = colorTypes[type];
  if (!(bitDepths as readonly number[]).includes(bitDepth)) {
    throw new UnreadablePicture(`it declares ${bitDepth} bits a sample, which ${name} pictures cannot have`);
  }
  if (compression !== 0) {
    throw new UnreadablePicture(`its compression method ${compression} does not exist`);
  }
  if (filter !== 0) {
    throw new UnreadablePicture(`its filter method ${filter} does not exist`);
  }
  if (interlace > 1) {
    throw new UnreadablePicture(`its interlace method ${interlace} does not exist`);
  }
  return { ...size, bitDepth, colorType: type, interlaced: interlace === 1 };
}

/** The header as it stands in its chunk. */
export function renderHeader({ width, height, bitDepth, colorType, interlaced }: PngHeader): Buffer {
  const data = Buffer.alloc(headerBytes);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  return data;
}

/** Bytes of a row of `width` pixels, its filter byte left out. */
export function rowBytes({ bitDepth, colorType }: PngHeader, width: number): number {
  return Math.ceil((width * bitDepth * colorTypes[colorType].samples) / 8);
}

/** A rectangle of rows that are filtered on their own: the whole picture, or one of the seven passes of an interlaced one. */
export interface Pass {
  readonly rows: number;
  /** Bytes of one row with its filter byte. */
  readonly stride: number;
}

/** Adam7: where a pass starts and how far its pixels are apart (PNG specification 8.2). */
const adam7 = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
] as const;

/** The passes that hold pixels, in the order of the file. */
export function passesOf(header: PngHeader): Pass[] {
  const { width, height } = header;
  if (!header.interlaced) {
    return [{ rows: height, stride: 1 + rowBytes(header, width) }];
  }
  return adam7.flatMap(({ x, y, dx, dy }) => {
    const columns = Math.ceil((width - x) / dx);
    const rows = Math.ceil((height - y) / dy);
    return columns > 0 && rows > 0 ? [{ rows, stride: 1 + rowBytes(header, columns) }] : [];
  });
}

/** Bytes of the picture data once inflated, filter bytes included. */
export function filteredBytes(header: PngHeader): number {
  return passesOf(header).reduce((sum, { rows, stride }) => sum + rows * stride, 0);
}

function isColorType(type: number): type is ColorType {
  return Object.hasOwn(colorTypes, type);
}
