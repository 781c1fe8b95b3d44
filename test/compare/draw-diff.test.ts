import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { Rect } from '../../src/basics/geometry.ts';
import { comparePair } from '../../src/compare/compare-pair.ts';
import { drawDiff } from '../../src/compare/draw-diff.ts';
import { crop, encode, type Pixels } from './support/pixels.ts';

/** White, with a dark frame two pixels inside the border. */
function page(width: number, height: number): Pixels {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      if (x === 2 || y === 2 || x === width - 3 || y === height - 3) {
        rgba.set([0, 0, 0], (y * width + x) * 4);
      }
    }
  }
  return { width, height, rgba };
}

function paint({ width, rgba }: Pixels, x: number, y: number, colour: readonly number[]): void {
  rgba.set(colour, (y * width + x) * 4);
}

async function diffOf(baseline: Pixels, actual: Pixels, mask: readonly Rect[] = [], hatched: readonly Rect[] = []): Promise<PNG> {
  const settings = { threshold: 0.1, includeAntiAliasing: false, mask, shades: 'warn' } as const;
  const result = comparePair({ baseline: encode(baseline), actual: encode(actual), scale: 1, settings });
  if (result.kind !== 'compared' || result.picture === undefined) {
    throw new Error('nothing was painted');
  }
  return PNG.sync.read(Buffer.from(await drawDiff(result.picture, hatched)));
}

const legend: Record<string, string> = {
  ffffff: '.',
  '96969c': '#', // dark parts of the page
  e00020: 'X', // differs
  f08c96: '/', // only in the baseline
  ffdee2: '+', // only in the capture, white
  ff828c: 'P', // only in the capture, dark
  e1ebff: 'm', // masked, white below
  '78a0ff': 'M', // masked, dark below
  d2d2d5: 'o', // in neither
  '2563eb': 'h', // hatched
  ffde82: 's', // a changed shade, light below
};

/** The picture as lines of letters. */
function lines({ width, height, data }: PNG): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(
      { length: width },
      (_, x) => legend[data.toString('hex', (y * width + x) * 4, (y * width + x) * 4 + 3)] ?? '?',
    ).join(''),
  );
}

test('shows the page pale, what differs in red, what is masked in blue', async () => {
  const actual = page(12, 8);
  for (const x of [5, 6]) {
    for (const y of [3, 4]) {
      paint(actual, x, y, [0, 200, 0, 255]);
    }
  }
  for (const x of [8, 9]) {
    paint(actual, x, 6, [0, 0, 255, 255]);
  }
  expect(lines(await diffOf(page(12, 8), actual, [{ x: 7, y: 6, width: 4, height: 2 }]))).toEqual([
    '............',
    '............',
    '..########..',
    '..#..XX..#..',
    '..#..XX..#..',
    '..########..',
    '.......mMMm.',
    '.......mmmm.',
  ]);
});

test('shows what only one of the pictures has, and what neither has', async () => {
  const blank = (width: number, height: number) => ({ width, height, rgba: new Uint8Array(width * height * 4).fill(255) });
  expect(lines(await diffOf(blank(8, 4), blank(4, 6)))).toEqual([
    '....////',
    '....///.',
    '....//..',
    '..../...',
    '++++oooo',
    '++++oooo',
  ]);
});

test('shows the page where only the capture has it', async () => {
  const cropped = crop(page(12, 8), { width: 6, height: 4 });
  expect(lines(await diffOf(cropped, page(12, 8)))).toEqual([
    '......++++++',
    '......++++++',
    '..####PPPP++',
    '..#...+++P++',
    '++P++++++P++',
    '++PPPPPPPP++',
    '++++++++++++',
    '++++++++++++',
  ]);
});

test('keeps what was painted above the first translucent pixels, for which the pictures are read anew', async () => {
  const actual = page(12, 30);
  for (const x of [5, 6]) {
    for (const y of [5, 6]) {
      paint(actual, x, y, [0, 200, 0, 255]);
    }
  }
  for (const x of [5, 6]) {
    for (const y of [20, 21]) {
      paint(actual, x, y, [0, 0, 0, 200]);
    }
  }
  const drawn = lines(await diffOf(page(12, 30), actual));
  expect([5, 6, 20, 21].map((y) => drawn[y])).toEqual(Array.from({ length: 4 }, () => '..#..XX..#..'));
});

test('hatches unstable areas over all of it, cut off at the border', async () => {
  const actual = page(12, 8);
  for (const x of [5, 6]) {
    for (const y of [3, 4]) {
      paint(actual, x, y, [0, 200, 0, 255]);
    }
  }
  expect(lines(await diffOf(page(12, 8), actual, [], [{ x: 4, y: 1, width: 20, height: 5 }]))).toEqual([
    '............',
    '....hhhhhhhh',
    '..##h#####hh',
    '..#.hXX..hhh',
    '..#.hXX.hhhh',
    '..##hhhhhhhh',
    '............',
    '............',
  ]);
});

test('shows a changed shade in amber, beside what differs, below what is hatched', async () => {
  const [baseline, actual] = [page(60, 40), page(60, 40)];
  for (let y = 6; y < 34; y++) {
    for (let x = 6; x < 50; x++) {
      paint(actual, x, y, [247, 247, 250]);
    }
  }
  paint(actual, 55, 20, [0, 0, 0]);
  const rows = lines(await diffOf(baseline, actual, [], [{ x: 40, y: 30, width: 20, height: 10 }]));
  expect(rows[5]).toBe(`..#${'.'.repeat(54)}#..`);
  expect(rows[6]).toBe(`..#...${'s'.repeat(44)}.......#..`);
  expect(rows[20]).toBe(`..#...${'s'.repeat(44)}.....X.#..`);
  expect(rows[30]).toBe(`..#...${'s'.repeat(34)}${'h'.repeat(20)}`);
});
