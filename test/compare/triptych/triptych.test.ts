import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { shrink } from '../../../src/compare/triptych/shrink.ts';
import { renderTriptych } from '../../../src/compare/triptych/triptych.ts';
import { drawPng } from '../../report/support/pictures.ts';

const white = [255, 255, 255, 255];
const red = [200, 0, 0] as const;
const blue = [0, 0, 200] as const;

function decode(bytes: Uint8Array): { width: number; height: number; at: (x: number, y: number) => number[] } {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return { width, height, at: (x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)] };
}

test('shows the same part of all three beside each other, each in a frame', async () => {
  const picture = await renderTriptych({
    baseline: drawPng(300, 200),
    actual: drawPng(300, 200, [{ x: 100, y: 50, width: 10, height: 10, color: red }]),
    diff: drawPng(300, 200, [{ x: 100, y: 50, width: 10, height: 10, color: blue }]),
    area: { x: 90, y: 40, width: 40, height: 30 },
  });
  const { width, height, at } = decode(picture!.bytes);
  expect([width, height]).toEqual([3 * 42 + 2 * 12, 32]);
  expect(picture?.size).toEqual({ width, height });
  const [second, third] = [42 + 12, 2 * (42 + 12)];
  expect([at(1 + 10, 1 + 10), at(second + 1 + 10, 1 + 10), at(third + 1 + 10, 1 + 10)]).toEqual([
    white,
    [...red, 255],
    [...blue, 255],
  ]);
  expect(at(second + 1 + 9, 1 + 10)).toEqual(white);
  expect(at(0, 0)).toEqual([128, 128, 128, 160]);
  expect(at(42 + 6, 10)[3]).toBe(0);
});

test('where one picture ends before the other, nothing is shown', async () => {
  const picture = await renderTriptych({
    baseline: drawPng(50, 20),
    actual: drawPng(50, 40),
    diff: drawPng(50, 40),
    area: { x: 0, y: 10, width: 50, height: 30 },
  });
  const { at } = decode(picture!.bytes);
  expect([at(1, 1 + 9)[3], at(1, 1 + 10)[3]]).toEqual([255, 0]);
  expect(at(52 + 12 + 1, 1 + 29)).toEqual(white);
});

test('large parts are scaled down; what would be too many bytes, further', async () => {
  const page = drawPng(1400, 1000);
  const calm = await renderTriptych({
    baseline: page,
    actual: page,
    diff: page,
    area: { x: 0, y: 0, width: 1400, height: 1000 },
  });
  expect(calm?.size).toEqual({ width: 3 * 482 + 24, height: 345 });
  const noise = noisePng(800, 600);
  const wild = await renderTriptych({
    baseline: noise,
    actual: noise,
    diff: noise,
    area: { x: 0, y: 0, width: 800, height: 600 },
  });
  expect(wild?.size).toEqual({ width: 3 * 242 + 24, height: 182 });
});

test('a file that is no picture makes none', async () => {
  const page = drawPng(10, 10);
  const area = { x: 0, y: 0, width: 10, height: 10 };
  expect(await renderTriptych({ baseline: page, actual: new Uint8Array([1, 2, 3]), diff: page, area })).toBeUndefined();
});

test('shrinking averages colours by their opacity', () => {
  const pixels = { width: 2, height: 1, rgba: new Uint8Array([200, 100, 0, 255, 9, 9, 9, 0]) };
  expect([...shrink(pixels, { width: 1, height: 1 }).rgba]).toEqual([200, 100, 0, 128]);
  const plain = { width: 2, height: 2, rgba: new Uint8Array([0, 0, 0, 255, 100, 0, 0, 255, 0, 40, 0, 255, 0, 0, 20, 255]) };
  expect([...shrink(plain, { width: 1, height: 1 }).rgba]).toEqual([25, 10, 5, 255]);
});

/** What deflate cannot make smaller; the same on every run. */
function noisePng(width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  let state = 1;
  for (let at = 0; at < png.data.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    png.data[at] = at % 4 === 3 ? 255 : state >> 16;
  }
  return PNG.sync.write(png, { deflateLevel: 1 });
}
