import { describe, expect, test } from 'vitest';
import { inspectPicture } from '../../src/compare/inspect.ts';

const segment = (code: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);
const frame = (width: number, height: number, code = 0xc0) =>
  segment(code, Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]));
const start = Buffer.from([0xff, 0xd8]);
const app = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'));
const scan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
]);
const end = Buffer.from([0xff, 0xd9]);

const image = (size: { width: number; height: number }) => ({ kind: 'image', format: 'jpeg', size });
const unreadable = (reason: string) => ({ kind: 'unreadable', reason });

describe('a JPEG', () => {
  test.each<[string, Buffer[]]>([
    ['baseline', [start, app, frame(640, 480), scan, end]],
    ['progressive, with several scans', [start, app, frame(640, 480, 0xc2), scan, segment(0xc4, Buffer.alloc(20)), scan, end]],
    ['with 100 MB of fill bytes', [start, app, Buffer.alloc(100_000_000, 0xff), frame(640, 480), scan, end]],
    [
      'with fill bytes and a trailer',
      [start, app, Buffer.from([0xff, 0xff]), frame(640, 480), scan, end, Buffer.from('trailer')],
    ],
  ])('%s is a picture of its size', async (_, parts) => {
    expect(await inspectPicture(Buffer.concat(parts))).toEqual(image({ width: 640, height: 480 }));
  });

  test.each<[string, Buffer[], string]>([
    ['cut in its data', [start, app, frame(640, 480), scan], 'it ends without its end marker'],
    ['cut in a segment', [start, app.subarray(0, 9)], 'it ends within a segment at byte 2'],
    ['cut in a segment’s length', [start, app.subarray(0, 3)], 'it ends within a segment at byte 2'],
    ['without a frame', [start, app, scan, end], 'it holds no picture data'],
    ['without a scan', [start, app, frame(640, 480), end], 'it holds no picture data'],
    [
      'with a frame header too short',
      [start, segment(0xc0, Buffer.alloc(3)), scan, end],
      'its frame header at byte 2 is too short',
    ],
    ['of no height', [start, frame(640, 0), scan, end], 'it declares a size of 640×0'],
    ['with a segment of length 1', [start, Buffer.from([0xff, 0xe0, 0, 1]), end], 'it ends within a segment at byte 2'],
    [
      'of more segments than any picture has',
      [start, Buffer.alloc(4_000_000, segment(0xe0, Buffer.alloc(0))), frame(640, 480), scan, end],
      'it has more than 65,536 segments',
    ],
    ['of restarts alone', [start, Buffer.alloc(1_000_000, Buffer.from([0xff, 0xd0])), end], 'it has more than 65,536 segments'],
    [
      'with something else between segments',
      [start, app, Buffer.from('????'), end],
      'there is no segment where one should start, at byte 20',
    ],
  ])('%s is told as such', async (_, parts, reason) => {
    expect(await inspectPicture(Buffer.concat(parts))).toEqual(unreadable(reason));
  });
});
