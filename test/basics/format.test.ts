import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatPlural, formatRatio, formatSize } from '../../src/basics/format.ts';

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 0 s'],
  [252_000, '4 min 12 s'],
  [3_840_000, '1 h 4 min'],
])('%d ms reads as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test.each([
  [0, '0%'],
  [0.000001, '<0.01%'],
  [0.00421, '0.42%'],
  [0.1354, '13.5%'],
  [0.99999, '99.9%'],
  [1, '100%'],
])('a share of %d reads as %s, never rounded to nothing or to all', (ratio, text) => {
  expect(formatRatio(ratio)).toBe(text);
});

test('counts, sizes and bytes read the same on every machine', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatPlural(1, 'capture')).toBe('1 capture');
  expect(formatPlural(0, 'capture')).toBe('0 captures');
  expect(formatSize({ width: 1280, height: 800 })).toBe('1280×800');
  expect([999, 48_200, 50_000_000].map(formatBytes)).toEqual(['999 B', '48 kB', '50.0 MB']);
});
