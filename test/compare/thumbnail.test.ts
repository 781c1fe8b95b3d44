import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { deflateRawSync, constants as zlib } from 'node:zlib';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { renderThumbnail } from '../../src/compare/thumbnail.ts';
import { createWorkspace, put } from '../helpers/bundle.ts';
import { chunk, headerOf, signature } from './support/write-png.ts';

const size = { width: 208, height: 130 };

function draw(width: number, height: number, color: (x: number, y: number) => readonly [number, number, number, number]): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      png.data.set(color(x, y), (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

async function thumbnailOf(file: Uint8Array): Promise<PNG> {
  const thumbnail = await renderThumbnail(file, size);
  return PNG.sync.read(Buffer.from(thumbnail ?? []));
}

function pixel({ width, data }: PNG, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
}

test('shows the whole width and the top, each part where it was', async () => {
  const thumbnail = await thumbnailOf(draw(1040, 3000, (x, y) => (y < 300 && x < 520 ? [255, 0, 0, 255] : [0, 0, 255, 255])));
  expect([thumbnail.width, thumbnail.height]).toEqual([208, 130]);
  expect(pixel(thumbnail, 20, 20)).toEqual([255, 0, 0]);
  expect(pixel(thumbnail, 180, 20)).toEqual([0, 0, 255]);
  expect(pixel(thumbnail, 20, 100)).toEqual([0, 0, 255]);
});

test('never enlarges, and a short picture stays short', async () => {
  const small = await thumbnailOf(draw(40, 30, () => [0, 255, 0, 255]));
  expect([small.width, small.height]).toEqual([40, 30]);
  const flat = await thumbnailOf(draw(2080, 20, () => [0, 255, 0, 255]));
  expect([flat.width, flat.height]).toEqual([208, 2]);
});

test('averages what falls on a pixel, and lays translucent pixels over white', async () => {
  const checked = await thumbnailOf(draw(832, 520, (x, y) => ((x + y) % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255])));
  // The nearest of the palette's six steps to grey.
  expect(pixel(checked, 100, 60)[0]).toBeGreaterThan(100);
  expect(pixel(checked, 100, 60)[0]).toBeLessThan(160);
  const translucent = await thumbnailOf(draw(416, 260, () => [0, 0, 0, 0]));
  expect(pixel(translucent, 5, 5)).toEqual([255, 255, 255]);
});

test('a file that is no picture has no thumbnail', async () => {
  expect(await renderThumbnail(Buffer.from('no picture'), size)).toBeUndefined();
});

/** A gray page of 20,000 × 20,000 pixels, of which the end is missing: nobody reads as far. */
function hugePage(): Buffer {
  const size = { width: 20_000, height: 20_000 };
  const piece = deflateRawSync(Buffer.alloc(1_000_000), { level: 9, finishFlush: zlib.Z_FULL_FLUSH });
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), ...new Array<Buffer>(401).fill(piece)]);
  return Buffer.concat([signature, chunk('IHDR', headerOf({ ...size, colorType: 0, bitDepth: 8 })), chunk('IDAT', data)]);
}

test('of a huge page no more is held than falls on a row', async () => {
  await using workspace = await createWorkspace();
  await put(workspace, 'page.png', hugePage());
  // In a process of its own, because its largest memory is what counts.
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { readFileSync } from 'node:fs';
     import { renderThumbnail } from ${JSON.stringify(new URL('../../src/compare/thumbnail.ts', import.meta.url).href)};
     const page = readFileSync(${JSON.stringify(`${workspace.path}/page.png`)});
     const before = process.resourceUsage().maxRSS;
     const { length } = await renderThumbnail(page, ${JSON.stringify(size)});
     console.log(JSON.stringify({ length, grownMb: (process.resourceUsage().maxRSS - before) / 1024 }));`,
  ]);
  const { length, grownMb } = JSON.parse(stdout) as { length: number; grownMb: number };
  expect(length).toBeGreaterThan(100);
  // Held whole, its top takes 1,000 MB.
  expect(grownMb).toBeLessThan(200);
});
