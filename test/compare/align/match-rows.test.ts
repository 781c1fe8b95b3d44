import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchRows } from '../../../src/compare/align/match-rows.ts';

const rows = (...hashes: number[]): Uint32Array => Uint32Array.from(hashes);

test('equal pictures are one run, and nothing in common is none', () => {
  expect(matchRows(rows(1, 2, 3, 4), rows(1, 2, 3, 4))).toEqual([{ baselineTop: 0, actualTop: 0, rows: 4 }]);
  expect(matchRows(rows(1, 2, 3), rows(4, 5, 6))).toEqual([]);
});

test('rows below an insertion are found again', () => {
  expect(matchRows(rows(1, 2, 3, 4, 5, 6), rows(1, 2, 3, 9, 9, 4, 5, 6))).toEqual([
    { baselineTop: 0, actualTop: 0, rows: 3 },
    { baselineTop: 3, actualTop: 5, rows: 3 },
  ]);
});

test('a block between two changes is found by its own rows', () => {
  expect(matchRows(rows(1, 0, 5, 6, 7, 0, 2), rows(3, 0, 0, 5, 6, 7, 0, 4))).toEqual([{ baselineTop: 1, actualTop: 2, rows: 5 }]);
});

test('runs are equal rows, in order in both pictures, whatever the pictures are', () => {
  const picture = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 80 }).map((list) => Uint32Array.from(list));
  fc.assert(
    fc.property(picture, picture, (baseline, actual) => {
      let [a, b] = [0, 0];
      for (const run of matchRows(baseline, actual)) {
        expect(run.baselineTop).toBeGreaterThanOrEqual(a);
        expect(run.actualTop).toBeGreaterThanOrEqual(b);
        [a, b] = [run.baselineTop + run.rows, run.actualTop + run.rows];
        expect(actual.subarray(run.actualTop, b)).toEqual(baseline.subarray(run.baselineTop, a));
      }
      expect(a).toBeLessThanOrEqual(baseline.length);
      expect(b).toBeLessThanOrEqual(actual.length);
    }),
  );
});
