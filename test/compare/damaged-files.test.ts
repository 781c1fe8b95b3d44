import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { decodePng } from '../../src/compare/decode.ts';
import { inspectPicture } from '../../src/compare/inspect.ts';
import { encode } from './support/pixels.ts';
import { chunk, chunksOf, filteredData, headerOf, type PngPlan, signature, writePng } from './support/write-png.ts';

/**
 * Files that Chromium 153 and libvips 8.18.7 (with libpng 1.6.58) both read, and make the same picture of; and beside each, what is
 * told of it. `adler wrong` and the like are not among them: libpng refuses those.
 */
const plan: PngPlan = { width: 20, height: 10, colorType: 2, bitDepth: 8, samples: (x, y) => [x * 9, y * 20, x + y] };
const interlaced: PngPlan = { ...plan, interlaced: true };
const deep: PngPlan = { ...plan, bitDepth: 16, samples: (x, y) => [x * 9 * 257, y * 20 * 257, (x + y) * 257] };
const palette: PngPlan = { ...plan, colorType: 3, samples: (x) => [x % 4], palette: [0, 60, 120, 180].map((red) => [red, 0, 0]) };

const end = chunk('IEND', Buffer.alloc(0));
const text = chunk('tEXt', Buffer.from('a\0b'));
const [header, data] = chunksOf(plan) as [Buffer, Buffer, Buffer];
const [paletteHeader, colours, indexes] = chunksOf(palette) as [Buffer, Buffer, Buffer, Buffer];

/** Where what stands behind the data starts. */
const behind = signature.length + header.length + data.length;

const file = (...chunks: Buffer[]) => Buffer.concat([signature, ...chunks]);
const withWrongCrc = (whole: Buffer) => Buffer.from(whole.map((byte, at) => (at === whole.length - 1 ? byte ^ 1 : byte)));
const longer = (of: PngPlan, more: number) =>
  file(chunk('IHDR', headerOf(of)), chunk('IDAT', deflateSync(Buffer.concat([filteredData(of), Buffer.alloc(more, 9)]))), end);

const files: Record<string, [Buffer, PngPlan, string]> = {
  'a wrong CRC in a chunk that can be done without': [
    file(header, withWrongCrc(text), data, end),
    plan,
    'its CRC is wrong in chunk tEXt at byte 33',
  ],
  'the same behind the data': [
    file(header, data, withWrongCrc(text), end),
    plan,
    `its CRC is wrong in chunk tEXt at byte ${behind}`,
  ],
  'a transparency with a wrong CRC, which is left out': [
    file(header, withWrongCrc(chunk('tRNS', Buffer.alloc(6))), data, end),
    plan,
    'its CRC is wrong in chunk tRNS at byte 33',
  ],
  'no IEND': [file(header, data), plan, 'it ends without its last chunk, IEND'],
  'half an IEND': [file(header, data, end.subarray(0, 6)), plan, `it ends within a chunk at byte ${behind}`],
  'an IEND with a wrong CRC': [file(header, data, withWrongCrc(end)), plan, `its CRC is wrong in chunk IEND at byte ${behind}`],
  'half a chunk behind the data': [
    file(header, data, chunk('tEXt', Buffer.alloc(9)).subarray(0, 14)),
    plan,
    `it ends within chunk tEXt at byte ${behind}`,
  ],
  'something else behind the data': [
    file(header, data, Buffer.alloc(40)),
    plan,
    `there is no chunk where one should start, at byte ${behind}`,
  ],
  'data in two places, though the first has it all': [
    file(header, data, text, chunk('IDAT', Buffer.from('any')), end),
    plan,
    `a chunk tEXt parts its picture data, at byte ${behind + text.length}`,
  ],
  'a chunk behind the data that nobody knows': [
    file(header, data, chunk('NEWc', Buffer.alloc(3)), end),
    plan,
    `its chunk NEWc comes too late, at byte ${behind}`,
  ],
  'a palette behind the data': [
    file(header, data, chunk('PLTE', Buffer.alloc(3)), end),
    plan,
    `its chunk PLTE comes too late, at byte ${behind}`,
  ],
  'a transparency behind the data': [
    file(header, data, chunk('tRNS', Buffer.alloc(6)), end),
    plan,
    `its chunk tRNS comes too late, at byte ${behind}`,
  ],
  'a transparency that fits no RGB': [
    file(header, chunk('tRNS', Buffer.alloc(5)), data, end),
    plan,
    'its tRNS chunk at byte 33 does not fit its colour type',
  ],
  'a transparency before its palette': [
    file(paletteHeader, chunk('tRNS', Buffer.from([0])), colours, indexes, end),
    palette,
    'its tRNS chunk at byte 33 does not fit its colour type',
  ],
  'two transparencies, of which the first counts': [
    file(paletteHeader, colours, chunk('tRNS', Buffer.from([255])), chunk('tRNS', Buffer.from([0])), indexes, end),
    palette,
    'its chunk tRNS comes twice, again at byte 70',
  ],
  'a palette of 5 bytes to suggest': [
    file(header, chunk('PLTE', Buffer.alloc(5)), data, end),
    plan,
    'its palette is 5 bytes long',
  ],
  'a byte too many': [longer(plan, 1), plan, 'its picture data is longer than its size needs'],
  'a byte too many for a palette': [
    file(paletteHeader, colours, chunk('IDAT', deflateSync(Buffer.concat([filteredData(palette), Buffer.alloc(1)]))), end),
    palette,
    'its picture data is longer than its size needs',
  ],
  'interlaced rows too many': [longer(interlaced, 500), interlaced, 'its picture data is longer than its size needs'],
  '16-bit rows too many': [longer(deep, 500), deep, 'its picture data is longer than its size needs'],
  '300 MB too many': [longer(plan, 300_000_000), plan, 'its picture data is longer than its size needs'],
  'interlaced, 300 MB too many': [longer(interlaced, 300_000_000), interlaced, 'its picture data is longer than its size needs'],
};

const settings = { threshold: 0, includeAntiAliasing: true, mask: [] };

describe.each(Object.entries(files))('a PNG with %s', (_, [damaged, whole, reason]) => {
  test('is read, and told, on either side', async () => {
    const sound = writePng(whole);
    const found = (which: 'baseline' | 'actual') => ({ kind: 'damaged-file', which, reason });
    expect(await inspectPicture(damaged)).toEqual({ kind: 'image', format: 'png', size: { width: 20, height: 10 } });
    expect(decodePng(damaged)).toEqual(decodePng(sound));
    expect(comparePair({ baseline: damaged, actual: sound, scale: 1, settings })).toMatchObject({
      status: 'unchanged',
      comparison: { diffPixels: 0, findings: [found('baseline')] },
    });
    expect(comparePair({ baseline: sound, actual: damaged, scale: 1, settings })).toMatchObject({
      status: 'unchanged',
      comparison: { diffPixels: 0, findings: [found('actual')] },
    });
  });
});

test.each([plan, palette, interlaced, deep])('bytes behind the stream of the data do not matter', async (whole) => {
  const [before, its, last] = [chunksOf(whole).slice(0, -2), deflateSync(filteredData(whole)), end];
  for (const more of ['x', 'any bytes, more than a checksum has', its.toString('latin1')]) {
    const followed = file(...before, chunk('IDAT', Buffer.concat([its, Buffer.from(more, 'latin1')])), last);
    expect(await inspectPicture(followed)).toMatchObject({ kind: 'image' });
    expect(decodePng(followed)).toEqual(decodePng(writePng(whole)));
  }
});

test('two such files that are equal are told as well', () => {
  const damaged = file(header, data);
  expect(comparePair({ baseline: damaged, actual: damaged, scale: 1, settings })).toMatchObject({
    status: 'unchanged',
    comparison: { findings: [{ which: 'baseline' }, { which: 'actual' }] },
  });
});

test('a file that is cut between two chunks of its data is no whole picture, though it equals another', async () => {
  const [first, ...rest] = chunksOf({ ...plan, idatBytes: 40 });
  const cut = file(first!, rest[0]!);
  const reason = 'its picture data ends early; it ends without its last chunk, IEND';
  expect(await inspectPicture(cut)).toEqual({ kind: 'unreadable', reason });
  expect(comparePair({ baseline: cut, actual: cut, scale: 1, settings })).toEqual({
    kind: 'unreadable',
    which: 'baseline',
    reason,
  });
});

test('of much damage a few are told', () => {
  const damaged = file(header, ...Array.from({ length: 9 }, () => withWrongCrc(text)), data, end);
  const { comparison } = comparePair({
    baseline: damaged,
    actual: encode({ width: 1, height: 1, rgba: new Uint8Array(4) }),
    scale: 1,
    settings,
  }) as Extract<ReturnType<typeof comparePair>, { kind: 'compared' }>;
  const [finding] = comparison.findings ?? [];
  expect(finding).toMatchObject({ reason: expect.stringMatching(/^(?:its CRC is wrong in chunk tEXt at byte \d+(?:; )?){3}$/) });
});
