import { expect, test } from 'vitest';
import { compareBySeverity, groupByTarget } from '../../src/report/order.ts';
import { makeCapture, makeComparison, shadeFinding } from './support/reports.ts';

const mobile = { name: 'mobile', width: 390, height: 844, scale: 3 };

test('failures come first, then changes with the largest share first, then the rest by name, changed shades before others', () => {
  const captures = [
    makeCapture('zebra', { comparison: makeComparison({ diffPixels: 0, diffRatio: 0, findings: [shadeFinding()] }) }),
    makeCapture('small', { status: 'changed', comparison: makeComparison({ diffRatio: 0.01 }) }),
    makeCapture('ant'),
    makeCapture('new', { status: 'added' }),
    makeCapture('large', { status: 'changed', comparison: makeComparison({ diffRatio: 0.5 }) }),
    makeCapture('broken', { status: 'failed' }),
  ];
  expect(captures.toSorted(compareBySeverity).map(({ name }) => name)).toEqual([
    'broken',
    'large',
    'small',
    'new',
    'zebra',
    'ant',
  ]);
});

test('a target stays together and stands where its worst viewport belongs', () => {
  const groups = groupByTarget([
    makeCapture('a'),
    makeCapture('b', { viewport: mobile, status: 'failed' }),
    makeCapture('a', { viewport: mobile }),
    makeCapture('b'),
  ]);
  expect(groups.map(({ name, captures }) => [name, captures.map(({ status }) => status)])).toEqual([
    ['b', ['failed', 'unchanged']],
    ['a', ['unchanged', 'unchanged']],
  ]);
});
