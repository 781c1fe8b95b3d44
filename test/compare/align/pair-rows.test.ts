import { expect, test } from 'vitest';
import { type Band, pairRows } from '../../../src/compare/align/pair-rows.ts';

const band = (kind: Band['kind'], baselineTop: number, actualTop: number, rows: number): Band => ({
  kind,
  baselineTop,
  actualTop,
  rows,
});

test('what lies between two runs is paired, the rest inserted or removed', () => {
  const runs = [
    { baselineTop: 0, actualTop: 0, rows: 10 },
    { baselineTop: 14, actualTop: 16, rows: 10 },
  ];
  expect(pairRows(runs, 24, 26, () => 0)).toEqual([
    band('equal', 0, 0, 10),
    band('paired', 10, 10, 4),
    band('inserted', 14, 14, 2),
    band('equal', 14, 16, 10),
  ]);
});

test('rows are paired from the end where that leaves less to differ', () => {
  const fromBottom = (baselineTop: number): number => (baselineTop === 10 ? 500 : 3);
  expect(pairRows([{ baselineTop: 0, actualTop: 0, rows: 10 }], 20, 15, fromBottom)).toEqual([
    band('equal', 0, 0, 10),
    band('removed', 10, 10, 5),
    band('paired', 15, 10, 5),
  ]);
});

test('pictures with nothing in common are laid on each other', () => {
  expect(pairRows([], 5, 8, () => 0)).toEqual([band('paired', 0, 0, 5), band('inserted', 5, 5, 3)]);
  expect(pairRows([], 0, 0, () => 0)).toEqual([]);
});
