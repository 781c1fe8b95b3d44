import { expect, test } from 'vitest';
import { hangsAfterMs, noPictures, pictureTook } from '../../../src/capture/policy/hedge.ts';

test('nothing hangs while it is not known how long pictures take', () => {
  expect(hangsAfterMs([2000, 2000].reduce(pictureTook, noPictures))).toBe(Number.POSITIVE_INFINITY);
});

test('a request hangs far beyond what nine in ten took, or what this one took last time', () => {
  const times = Array.from({ length: 20 }, (_, at) => 1000 + at * 200).reduce(pictureTook, noPictures);
  expect(hangsAfterMs(times)).toBe(4400 * 2.5);
  expect(hangsAfterMs(times, 10_000)).toBe(25_000);
});

test('quick pictures leave a request some seconds', () => {
  expect(hangsAfterMs(Array.from({ length: 20 }, () => 70).reduce(pictureTook, noPictures))).toBe(5000);
});
