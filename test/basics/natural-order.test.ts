import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNames } from '../../src/basics/natural-order.ts';

test('names are ordered as a person counts', () => {
  const names = ['page-10/1280x800', 'page-2/1280x800', 'page-1/390x844', 'page-1/1280x800', 'index/1280x800'];
  expect(names.toSorted(compareNames)).toEqual([
    'index/1280x800',
    'page-1/390x844',
    'page-1/1280x800',
    'page-2/1280x800',
    'page-10/1280x800',
  ]);
});

test('names that count alike have one order, whatever order they come in', () => {
  const names = ['page-01', 'page-1', 'page-001'];
  expect(names.toReversed().toSorted(compareNames)).toEqual(names.toSorted(compareNames));
});

test('only equal names count as equal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(compareNames(one, other) === 0).toBe(one === other);
      expect(Math.sign(compareNames(one, other)) + Math.sign(compareNames(other, one))).toBe(0);
    }),
  );
});
