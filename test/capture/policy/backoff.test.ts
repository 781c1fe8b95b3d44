import fc from 'fast-check';
import { expect, test } from 'vitest';
import { believedMs, captureBackoffMs, faultBackoffMs, holdJitterMs, holdMs } from '../../../src/capture/policy/backoff.ts';
import { acceptedAfterMs, newPatience, refusalTook } from '../../../src/capture/policy/patience.ts';

test('a capture’s own wait grows, up to a bound', () => {
  expect([1, 2, 3].map((failures) => captureBackoffMs(failures, 0.999))).toEqual([499.75, 999.5, 1999]);
  expect(captureBackoffMs(1000, 0.999)).toBeLessThanOrEqual(30_000);
});

test('six attempts of a capture that no service answers reach over half a minute', () => {
  const waits = [1, 2, 3, 4, 5].map((failures) => faultBackoffMs(failures, 0));
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(30_000);
});

test('a date that cannot be measured is believed where that costs little, and else in growing steps', () => {
  expect(believedMs(20_000, 1)).toBe(20_000);
  expect([1, 2, 3, 10].map((refusals) => believedMs(92_000, refusals))).toEqual([4000, 8000, 16_000, 30_000]);
});

test('a hold is what the service asks for, or grows by itself', () => {
  expect(holdMs(5, 2000)).toBe(2000);
  expect([1, 2, 3].map((refusals) => holdMs(refusals, undefined))).toEqual([1000, 2000, 4000]);
  expect(holdMs(3, 0)).toBe(4000);
});

test('no hold is shorter than Retry-After, and jitter only adds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.nat(1e6),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (refusals, retryAfterMs, random) => {
        const hold = holdMs(refusals, retryAfterMs);
        expect(hold).toBeGreaterThanOrEqual(retryAfterMs);
        expect(holdJitterMs(hold, random)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test('accepted is what outlasts the slowest of the last refusals', () => {
  expect(acceptedAfterMs(newPatience)).toBe(1000);
  const seen = [400, 480, 300].reduce(refusalTook, newPatience);
  expect(acceptedAfterMs(seen)).toBe(600);
  expect(acceptedAfterMs(Array.from({ length: 30 }, () => 8).reduce(refusalTook, seen))).toBe(100);
});
