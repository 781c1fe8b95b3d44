import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBands, padded, reach } from '../../src/compare/bands.ts';

const bandsOf = (rows: string, from = 0, to = rows.length) => [...findBands((y) => rows[y] === 'x', from, to)];

test('rows are one band until more than four equal ones part them, which neither pads', () => {
  expect(bandsOf('..x..')).toEqual([{ top: 2, bottom: 3 }]);
  expect(bandsOf('xx....x')).toEqual([{ top: 0, bottom: 7 }]);
  expect(bandsOf('xx.....x')).toEqual([
    { top: 0, bottom: 2 },
    { top: 7, bottom: 8 },
  ]);
  expect(bandsOf('xxxxxx', 2, 4)).toEqual([{ top: 2, bottom: 4 }]);
  expect(bandsOf('.....')).toEqual([]);
});

test('the rows around a band end where the picture does', () => {
  expect(padded({ top: 1, bottom: 9 }, 10)).toEqual({ top: 0, bottom: 10 });
  expect(padded({ top: 20, bottom: 21 }, 100)).toEqual({ top: 18, bottom: 23 });
});

test('any rows are covered, each once, by bands that are tight and whose surroundings do not overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (differs) => {
      const bands = [...findBands((y) => differs[y] === true, 0, differs.length)];
      const within = differs.map((_, y) => bands.filter(({ top, bottom }) => y >= top && y < bottom).length);
      differs.forEach((is, y) => {
        if (is) {
          expect(within[y]).toBe(1);
        }
      });
      for (const { top, bottom } of bands) {
        expect([differs[top], differs[bottom - 1]]).toEqual([true, true]);
      }
      bands.slice(1).forEach(({ top }, index) => {
        expect(top - reach).toBeGreaterThanOrEqual(bands[index]!.bottom + reach);
      });
    }),
  );
});
