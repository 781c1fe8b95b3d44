import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shadeLimits } from '../../../src/compare/shades/limits.ts';
import { type FoundShade, ShadeFinder } from '../../../src/compare/shades/shade-finder.ts';

const from = 0xff808080;

function wordOf(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Rows that equal each other are left out, as the comparison leaves them out. */
function find(rows: readonly (readonly number[])[], scale: number): FoundShade[] {
  const width = rows[0]?.length ?? 0;
  const finder = new ShadeFinder(width, scale, 0.1, () => {});
  const baseline = new Uint32Array(width).fill(from);
  for (const [y, row] of rows.entries()) {
    if (row.some((word) => word !== from)) {
      finder.addRow(y, baseline, Uint32Array.from(row));
    }
  }
  return finder.finish();
}

type Point = readonly [x: number, y: number];
type Bits = readonly (readonly boolean[])[];

/** Pixels in runs of at least `side`. */
function inRuns(shifted: Bits, side: number): Bits {
  const isRun = (row: readonly boolean[], start: number): boolean =>
    start >= 0 && row.slice(start, start + side).filter(Boolean).length === side;
  return shifted.map((row) => row.map((_, x) => Array.from({ length: side }, (__, back) => isRun(row, x - back)).some(Boolean)));
}

/** The pixels that hang together with one. */
function fill(bits: Bits, start: Point, seen: Set<string>): Point[] {
  const pixels: Point[] = [];
  const queue = [start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [x, y] = next;
    if (bits[y]?.[x] === true && !seen.has(`${x} ${y}`)) {
      seen.add(`${x} ${y}`);
      pixels.push(next);
      queue.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
    }
  }
  return pixels;
}

/** The same by definition, looking at the whole picture: areas of pixels in long enough runs, with room for enough squares. */
function findSlowly(shifted: Bits, side: number, places: number): Omit<FoundShade, 'from' | 'to'>[] {
  const kept = inRuns(shifted, side);
  const seen = new Set<string>();
  const fits = ([x, y]: Point): boolean =>
    Array.from({ length: side * side }, (_, at) => kept[y + Math.floor(at / side)]?.[x + (at % side)] === true).every(Boolean);
  return kept
    .flatMap((row, y) => row.map((_, x) => fill(kept, [x, y], seen)))
    .filter((pixels) => pixels.length > 0 && pixels.filter(fits).length >= places)
    .map((pixels) => {
      const [xs, ys] = [pixels.map(([x]) => x), pixels.map(([, y]) => y)];
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1, pixels: pixels.length };
    })
    .sort((a, b) => b.pixels - a.pixels || a.y - b.y || a.x - b.x);
}

test.each([1, 2, 3])('areas with room for squares of %d × %d are found, however they wind', (side) => {
  const scale = side / shadeLimits.side;
  const places = shadeLimits.places * scale * scale;
  const shape = fc.tuple(
    fc.integer({ min: 1, max: 24 }),
    fc.integer({ min: 1, max: 24 }),
    fc.double({ min: 0.3, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(
      shape.chain(([width, height, density]) =>
        fc.array(
          fc.array(
            fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value <= density),
            { minLength: width, maxLength: width },
          ),
          {
            minLength: height,
            maxLength: height,
          },
        ),
      ),
      (shifted) => {
        const rows = shifted.map((row) => row.map((is) => (is ? wordOf(118, 118, 118) : from)));
        const found = find(rows, scale).map(({ x, y, width, height, pixels }) => ({ x, y, width, height, pixels }));
        expect(found).toEqual(findSlowly(shifted, side, places));
      },
    ),
    { numRuns: 400 },
  );
});

test('noise is never a shade: each pixel is shifted by chance', () => {
  const sample = (amplitude: number) => fc.integer({ min: 128 - amplitude, max: 128 + amplitude });
  const noise = fc.integer({ min: 4, max: 60 }).chain((amplitude) =>
    fc.array(fc.array(fc.tuple(sample(amplitude), sample(amplitude), sample(amplitude)), { minLength: 40, maxLength: 40 }), {
      minLength: 40,
      maxLength: 40,
    }),
  );
  fc.assert(
    fc.property(noise, (rows) => {
      expect(
        find(
          rows.map((row) => row.map((rgb) => wordOf(...rgb))),
          1,
        ),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('what is off by rounding is never a shade, however large', () => {
  const step = fc.integer({ min: -2, max: 2 });
  fc.assert(
    fc.property(step, step, step, fc.integer({ min: 1, max: 80 }), (red, green, blue, width) => {
      const row = Array.from({ length: width }, () => wordOf(128 + red, 128 + green, 128 + blue));
      expect(
        find(
          Array.from({ length: 60 }, () => row),
          1,
        ),
      ).toEqual([]);
    }),
  );
});

test('blocks with a shift of their own each, as compression makes them, are never a shade', () => {
  const shift = fc.integer({ min: -20, max: 20 });
  const blocks = fc.array(fc.array(shift, { minLength: 6, maxLength: 6 }), { minLength: 6, maxLength: 6 }).map((grid) =>
    // Neighbours that happen to be shifted alike are an area of their own right.
    grid.map((row, y) => row.map((value, x) => Math.trunc(value / 7) * 7 + ((x + 2 * y) % 5) * 3 - 6)),
  );
  fc.assert(
    fc.property(blocks, (grid) => {
      const rows = Array.from({ length: 48 }, (_, y) =>
        Array.from({ length: 48 }, (__, x) => {
          const gray = 128 + (grid[y >> 3]?.[x >> 3] ?? 0);
          return wordOf(gray, gray, gray);
        }),
      );
      expect(find(rows, 1)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
