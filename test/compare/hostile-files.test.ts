import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { inspectPicture } from '../../src/compare/inspect.ts';
import { pictureLimits } from '../../src/compare/limits.ts';
import { describeObject, renderPointer } from '../../src/git/lfs/pointer.ts';
import { encode } from './support/pixels.ts';
import { chunk, chunksOf, filteredData, headerOf, type PngPlan, signature, writePng } from './support/write-png.ts';

const plan: PngPlan = {
  width: 20,
  height: 10,
  colorType: 2,
  bitDepth: 8,
  samples: (x, y) => [x * 9, y * 20, x + y],
  filter: (row) => row % 5,
};
const good = writePng(plan);
const end = chunk('IEND', Buffer.alloc(0));
const settings = { threshold: 0.1, includeAntiAliasing: false, mask: [] };

/** A file whose chunks are in order, with this header and this data. */
function made(header: Partial<PngPlan>, data: Buffer, ...before: Buffer[]): Buffer {
  return Buffer.concat([signature, chunk('IHDR', headerOf({ ...plan, ...header })), ...before, chunk('IDAT', data), end]);
}

function many(part: Buffer, count: number): Buffer {
  return Buffer.alloc(part.length * count, part);
}

/** Blocks of fixed codes with nothing but their end, of ten bits each: 0, 10, 0000000. */
function emptyBlocks(bytes: number): Buffer {
  const blocks = Buffer.alloc(bytes);
  for (let bit = 1; bit < bytes * 8; bit += 10) {
    blocks[bit >> 3]! |= 1 << (bit & 7);
  }
  return blocks;
}

function withByte(file: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(file);
  changed[at] = value;
  return changed;
}

const [header, data] = chunksOf(plan) as [Buffer, Buffer, Buffer];
const zlib = deflateSync(filteredData(plan));
const zeros = (bytes: number) => deflateSync(Buffer.alloc(bytes), { level: 9 });

/** What is wrong, the file, and the reason as a person reads it behind "the baseline cannot be read:". */
const files: Record<string, [Buffer, string | RegExp]> = {
  'an empty file': [Buffer.alloc(0), 'it is empty'],
  'an error page': [Buffer.from('<!DOCTYPE html><title>Not found</title>'), 'it is an HTML page instead of a PNG'],
  'two bytes': [Buffer.from([0x89, 0x50]), 'it is no PNG: it starts with the bytes 89 50'],
  'a Git LFS pointer': [
    Buffer.from(renderPointer(describeObject(new Uint8Array([1, 2, 3])))),
    'it is a Git LFS pointer instead of the picture, which git lfs pull would bring',
  ],
  'a signature alone': [signature, 'it ends without its last chunk, IEND'],
  'a file cut within a chunk’s frame': [good.subarray(0, 40), 'it ends within a chunk at byte 33'],
  'a file cut within its data': [good.subarray(0, good.length - 20), 'it ends within chunk IDAT at byte 33'],
  'a flipped bit in the data': [withByte(good, 60, good[60]! ^ 4), 'its CRC is wrong in chunk IDAT at byte 33'],
  'a flipped bit in the header': [withByte(good, 18, 1), 'its CRC is wrong in chunk IHDR at byte 8'],
  'a length beyond the file': [withByte(good, 33, 0x7f), 'it ends within chunk IDAT at byte 33'],
  'line ends changed by git': [
    Buffer.from(good.toString('latin1').replace('\r\n', '\n'), 'latin1'),
    /its line endings were converted, as git does with text/,
  ],
  'no chunk where one should be': [
    Buffer.concat([signature, header, Buffer.alloc(12)]),
    'there is no chunk where one should start, at byte 33',
  ],
  'data first': [Buffer.concat([signature, data, header, end]), 'its first chunk is IDAT instead of IHDR'],
  'two headers': [Buffer.concat([signature, header, header, data, end]), 'its chunk IHDR comes twice, again at byte 33'],
  'a short header': [
    Buffer.concat([signature, chunk('IHDR', Buffer.alloc(12)), data, end]),
    'its header is 12 bytes long instead of 13',
  ],
  'no data': [Buffer.concat([signature, header, end]), 'it holds no picture data'],
  'data in two places': [
    Buffer.concat([
      signature,
      header,
      chunk('IDAT', zlib.subarray(0, 60)),
      chunk('tEXt', Buffer.from('a\0b')),
      chunk('IDAT', zlib.subarray(60)),
      end,
    ]),
    /its picture data ends early; a chunk tEXt parts its picture data, at byte \d+/,
  ],
  'an unknown chunk that is needed': [
    Buffer.concat([signature, header, chunk('NEWc', Buffer.alloc(3)), data, end]),
    'its chunk NEWc at byte 33 is unknown, and needed to decode it',
  ],
  'no width': [made({ width: 0 }, zlib), 'it declares a size of 0×10'],
  'colour type 5': [made({ colorType: 5 as 6 }, zlib), 'its colour type 5 does not exist'],
  'three bits': [made({ bitDepth: 3 as 4 }, zlib), 'it declares 3 bits a sample, which RGB pictures cannot have'],
  'one bit of RGB': [made({ bitDepth: 1 }, zlib), 'it declares 1 bits a sample, which RGB pictures cannot have'],
  'an unknown compression': [
    Buffer.concat([signature, chunk('IHDR', withByte(headerOf(plan), 10, 1)), data, end]),
    'its compression method 1 does not exist',
  ],
  'an unknown filter method': [
    Buffer.concat([signature, chunk('IHDR', withByte(headerOf(plan), 11, 9)), data, end]),
    'its filter method 9 does not exist',
  ],
  'an unknown interlace method': [
    Buffer.concat([signature, chunk('IHDR', withByte(headerOf(plan), 12, 2)), data, end]),
    'its interlace method 2 does not exist',
  ],
  'a palette picture without palette': [made({ colorType: 3 }, zeros(10 * 21)), 'its palette is missing'],
  'a palette of 5 bytes': [made({ colorType: 3 }, zeros(10 * 21), chunk('PLTE', Buffer.alloc(5))), 'its palette is 5 bytes long'],
  'two palettes': [
    made({}, zlib, chunk('PLTE', Buffer.alloc(3)), chunk('PLTE', Buffer.alloc(3))),
    'its chunk PLTE comes twice, again at byte 48',
  ],
  'a palette behind the transparency': [
    made({}, zlib, chunk('tRNS', Buffer.alloc(6)), chunk('PLTE', Buffer.alloc(3))),
    'its palette comes too late, at byte 51',
  ],
  'more transparency than palette': [
    made({ colorType: 3 }, zlib, chunk('PLTE', Buffer.alloc(3)), chunk('tRNS', Buffer.alloc(2))),
    'its tRNS chunk at byte 48 does not fit its colour type',
  ],
  'data that is no zlib stream': [
    made({}, Buffer.from('not compressed at all, but long enough')),
    'its picture data is no zlib stream',
  ],
  'a zlib stream cut short': [made({}, zlib.subarray(0, -8)), 'its picture data ends early'],
  'a wrong Adler sum': [
    made({}, withByte(zlib, zlib.length - 1, zlib.at(-1)! ^ 1)),
    'its picture data does not match its checksum',
  ],
  'rows too few': [made({ height: 11 }, zlib), 'its picture data is shorter than its size needs'],
  'filter type 5': [
    made({}, deflateSync(withByte(filteredData(plan), 61, 5))),
    'its picture data holds the filter type 5, which does not exist',
  ],
  'filter type 5 in an interlaced picture': [
    made({ interlaced: true }, deflateSync(withByte(filteredData({ ...plan, interlaced: true }), 10, 5))),
    'its picture data holds the filter type 5, which does not exist',
  ],
  'a million chunks of data that hold nothing': [
    Buffer.concat([signature, header, many(chunk('IDAT', Buffer.alloc(0)), 1_000_000), data, end]),
    'it has more than 250,000 chunks',
  ],
  'a million chunks of nothing else': [
    Buffer.concat([signature, header, many(chunk('tEXt', Buffer.alloc(0)), 1_000_000), data, end]),
    'it has more than 250,000 chunks',
  ],
  'a million transparencies': [
    Buffer.concat([signature, header, many(chunk('tRNS', Buffer.alloc(6)), 1_000_000), data, end]),
    'it has more than 250,000 chunks',
  ],
  'millions of blocks that hold nothing': [
    made({}, Buffer.concat([Buffer.from([0x78, 0x9c]), emptyBlocks(20_000_000)])),
    'its picture data cannot be inflated (far more blocks than so little data needs)',
  ],
  'a small file that declares 30000×30000': [
    made({ width: 30_000, height: 30_000 }, zeros(1000)),
    /its size of 30000×30000 is above the limits/,
  ],
  'a small file that declares 10000×10000': [
    made({ width: 10_000, height: 10_000 }, zeros(1000)),
    /its \d+ bytes of picture data cannot hold the size that it declares/,
  ],
  'a side beyond the limit': [made({ width: 70_000, height: 1 }, zeros(1000)), /its size of 70000×1 is above the limits/],
  'a large interlaced picture': [
    made({ width: 8000, height: 8000, interlaced: true }, zeros(8000 * 8000 * 3 + 20_000)),
    /its size of 8000×8000 is above the limit of 40,000,000 pixels for PNGs of its kind/,
  ],
};

describe.each(Object.entries(files))('%s', (_, [file, reason]) => {
  const expected = { kind: 'unreadable', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) };

  test('is told as what it is, on either side', async () => {
    const other = encode({ width: 1, height: 1, rgba: new Uint8Array(4) });
    expect(await comparePair({ baseline: file, actual: other, scale: 1, settings })).toEqual({ ...expected, which: 'baseline' });
    expect(await comparePair({ baseline: other, actual: file, scale: 1, settings })).toEqual({ ...expected, which: 'actual' });
  });
});

test('data that is cut anywhere ends early, whatever another picture left in memory behind it', () => {
  const whole = encode({ width: 1, height: 1, rgba: new Uint8Array(4) });
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: zlib.length - 5 }),
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      (length, noise) => {
        comparePair({ baseline: made({}, Buffer.concat([zlib, noise])), actual: whole, scale: 1, settings });
        const cut = made({}, zlib.subarray(0, length));
        expect(comparePair({ baseline: cut, actual: whole, scale: 1, settings })).toEqual({
          kind: 'unreadable',
          which: 'baseline',
          reason: 'its picture data ends early',
        });
      },
    ),
    { numRuns: 1000 },
  );
});

test('a file beyond the size limit is not looked at', async () => {
  const huge = Buffer.alloc(pictureLimits.fileBytes + 1);
  good.copy(huge);
  expect(await inspectPicture(huge)).toEqual({
    kind: 'unreadable',
    reason: 'its 134,217,729 bytes are above the limit of 134,217,728',
  });
});

test('the rows that only one picture has are checked as well', async () => {
  const short = writePng({ ...plan, height: 4 });
  const broken = made({}, withByte(zlib, zlib.length - 1, zlib.at(-1)! ^ 1));
  expect(await comparePair({ baseline: short, actual: broken, scale: 1, settings })).toMatchObject({
    which: 'actual',
    kind: 'unreadable',
  });
});

/** Damages that keep the chunks whole: without right CRCs nothing would ever reach the decoder. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 30 }) }),
);

function damaged(
  bytes: Buffer,
  { kind, at, ...rest }: { kind: 'byte' | 'cut' | 'repeat'; at: number; value?: number; length?: number },
): Buffer {
  const place = at % Math.max(1, bytes.length);
  if (kind === 'byte') {
    return bytes.length === 0 ? bytes : withByte(bytes, place, rest.value ?? 0);
  }
  if (kind === 'cut') {
    return bytes.subarray(0, place);
  }
  return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place, place + (rest.length ?? 1)), bytes.subarray(place)]);
}

test.each(['baseline', 'actual'] as const)(
  'translucent pixels in a picture too large to be held whole are told of the %s',
  (which) => {
    const large = { width: 8000, height: 5001, colorType: 6 } as const;
    const opaqueRows = Buffer.alloc((1 + large.width * 4) * large.height);
    // Filter "up": the first row, which is opaque, goes on to the bottom.
    for (let y = 0; y < large.height; y++) {
      opaqueRows[y * (1 + large.width * 4)] = 2;
    }
    for (let x = 0; x < large.width; x++) {
      opaqueRows[4 + x * 4] = 255;
    }
    const opaque = made(large, deflateSync(opaqueRows, { level: 1 }));
    opaqueRows[4 + 99 * 4] = 254;
    const translucent = made(large, deflateSync(opaqueRows, { level: 1 }));
    const pair = which === 'baseline' ? { baseline: translucent, actual: opaque } : { baseline: opaque, actual: translucent };
    expect(comparePair({ ...pair, scale: 1, settings })).toEqual({
      kind: 'unreadable',
      which,
      reason: expect.stringMatching(
        /^its size of 8000×5001 is above the limit of 40,000,000 pixels for PNGs of its kind; save it as 8-bit RGB/,
      ),
    });
  },
);

const kinds: PngPlan[] = [
  plan,
  { ...plan, colorType: 6, samples: (x, y) => [x, y, x * y, 255 - x] },
  {
    ...plan,
    colorType: 3,
    bitDepth: 4,
    samples: (x) => [x % 9],
    palette: Array.from({ length: 9 }, (_, index) => [index, 0, 0] as const),
    transparency: [0, 1],
  },
  { ...plan, colorType: 0, bitDepth: 16, samples: (x, y) => [x * y * 90] },
  { ...plan, interlaced: true },
  { ...plan, colorType: 3, bitDepth: 8, interlaced: true, samples: (x) => [x % 9], palette: Array(9).fill([9, 9, 9]) },
];

test('thousands of damaged files are compared or told, and nothing else', async () => {
  const whole = encode({ width: 20, height: 10, rgba: new Uint8Array(800).fill(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.constantFrom('file', 'IHDR', 'PLTE', 'tRNS', 'IDAT', 'rows'),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      async (kind, where, damages) => {
        const hurt = (bytes: Buffer) => damages.reduce(damaged, bytes);
        const file = where === 'file' ? hurt(writePng(kind)) : rebuilt(kind, where, hurt);
        const inspected = await inspectPicture(file);
        const compared = await comparePair({ baseline: file, actual: whole, scale: 1, settings });
        expect(['image', 'unreadable']).toContain(inspected.kind);
        // What is called a picture can be compared.
        expect(compared).toMatchObject(inspected.kind === 'image' ? { kind: 'compared' } : { kind: 'unreadable' });
      },
    ),
    { numRuns: 4000 },
  );
});

/** The file with one part damaged and framed anew, so that lengths and CRCs are right. */
function rebuilt(kind: PngPlan, where: string, hurt: (bytes: Buffer) => Buffer): Buffer {
  if (where === 'rows') {
    const [first, ...rest] = chunksOf(kind);
    const others = rest.filter((part) => part.toString('latin1', 4, 8) !== 'IDAT').slice(0, -1);
    return Buffer.concat([signature, first!, ...others, chunk('IDAT', deflateSync(hurt(filteredData(kind)))), end]);
  }
  const parts = chunksOf(kind).map((part) => {
    const type = part.toString('latin1', 4, 8);
    return type === where ? chunk(type, hurt(part.subarray(8, -4))) : part;
  });
  return Buffer.concat([signature, ...parts]);
}
