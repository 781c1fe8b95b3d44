import { crc32, deflateSync } from 'node:zlib';

/** A PNG of any kind that the format knows, written as plainly as the specification reads; it shares no code with the product. */
export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** The samples of a pixel, each within the bit depth; for palettes the index. */
  readonly samples: (x: number, y: number) => readonly number[];
  /** The filter of a row of a pass; default none. */
  readonly filter?: (row: number) => number;
  readonly palette?: readonly (readonly [number, number, number])[];
  /** Contents of tRNS. */
  readonly transparency?: readonly number[];
  /** Bytes of an IDAT chunk; default one chunk. */
  readonly idatBytes?: number;
  readonly level?: number;
  /** Further chunks, by where they stand. */
  readonly extra?: { readonly beforePalette?: Buffer[]; readonly beforeData?: Buffer[]; readonly afterData?: Buffer[] };
}

export const signature = Buffer.from('89504e470d0a1a0a', 'hex');

const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function writePng(plan: PngPlan): Buffer {
  return Buffer.concat([signature, ...chunksOf(plan)]);
}

/** The file's chunks, for tests that take it apart. */
export function chunksOf(plan: PngPlan): Buffer[] {
  const { palette, transparency, extra = {} } = plan;
  const data = deflateSync(filteredData(plan), { level: plan.level ?? 6 });
  const idatBytes = plan.idatBytes ?? data.length;
  const pieces = Array.from({ length: Math.ceil(data.length / idatBytes) }, (_, index) =>
    data.subarray(index * idatBytes, (index + 1) * idatBytes),
  );
  return [
    chunk('IHDR', headerOf(plan)),
    ...(extra.beforePalette ?? []),
    ...(palette === undefined ? [] : [chunk('PLTE', Buffer.from(palette.flat()))]),
    ...(transparency === undefined ? [] : [chunk('tRNS', Buffer.from(transparency))]),
    ...(extra.beforeData ?? []),
    ...pieces.map((piece) => chunk('IDAT', piece)),
    ...(extra.afterData ?? []),
    chunk('IEND', Buffer.alloc(0)),
  ];
}

export function headerOf({ width, height, bitDepth, colorType, interlaced = false }: Omit<PngPlan, 'samples'>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  return header;
}

export function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), 8 + data.length);
  return framed;
}

export function filteredData(plan: PngPlan): Buffer {
  const { width, height, interlaced = false } = plan;
  if (!interlaced) {
    return filteredPass(plan, 0, 0, 1, 1);
  }
  return Buffer.concat(
    passes.filter(([x, y]) => x < width && y < height).map(([x, y, dx, dy]) => filteredPass(plan, x, y, dx, dy)),
  );
}

function filteredPass(plan: PngPlan, x0: number, y0: number, dx: number, dy: number): Buffer {
  const { width, height, bitDepth, colorType, samples, filter = () => 0 } = plan;
  const bitsPerPixel = bitDepth * samplesOf[colorType];
  const bytesPerPixel = Math.max(1, bitsPerPixel / 8);
  const columns = Math.ceil((width - x0) / dx);
  let above: Buffer = Buffer.alloc(Math.ceil((columns * bitsPerPixel) / 8));
  const rows: Buffer[] = [];
  for (let y = y0, row = 0; y < height; y += dy, row++) {
    const plain = packRow(
      Array.from({ length: columns }, (_, column) => samples(x0 + column * dx, y)).flat(),
      bitDepth,
      above.length,
    );
    const type = filter(row);
    rows.push(Buffer.from([type]), filterRow(type, plain, above, bytesPerPixel));
    above = plain;
  }
  return Buffer.concat(rows);
}

function packRow(samples: readonly number[], bitDepth: number, bytes: number): Buffer {
  const row = Buffer.alloc(bytes);
  samples.forEach((sample, index) => {
    if (bitDepth === 16) {
      row.writeUInt16BE(sample, index * 2);
    } else {
      const bit = index * bitDepth;
      row[bit >> 3]! |= sample << (8 - bitDepth - (bit & 7));
    }
  });
  return row;
}

function filterRow(type: number, row: Buffer, above: Buffer, bytesPerPixel: number): Buffer {
  return row.map((value, index) => {
    const [a, b, c] = [row[index - bytesPerPixel] ?? 0, above[index]!, index < bytesPerPixel ? 0 : above[index - bytesPerPixel]!];
    return value - [0, a, b, (a + b) >> 1, paeth(a, b, c)][type]!;
  }) as Buffer;
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
