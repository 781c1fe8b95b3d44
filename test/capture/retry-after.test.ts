import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestRetryAfterMs, parseRetryAfter } from '../../src/capture/retry-after.ts';

const now = new Date('2026-03-01T12:00:00Z');
const parse = (header: string | undefined, answerDate?: string): number | undefined =>
  parseRetryAfter(header, { answerDate, now });

test.each([
  ['0', 0],
  ['2', 2000],
  ['120', 120_000],
  ['1.5', 1500],
  [' 7 ', 7000],
])('seconds: %j', (header, expected) => {
  expect(parse(header)).toBe(expected);
});

test.each([
  ['Sun, 01 Mar 2026 12:00:05 GMT', 5000],
  ['Sunday, 01-Mar-26 12:00:05 GMT', 5000],
  ['Sun Mar  1 12:00:05 2026', 5000],
  ['Sun, 01 Mar 2026 11:59:00 GMT', 0],
])('a date in any form of RFC 9110: %j', (header, expected) => {
  expect(parse(header)).toBe(expected);
});

test('a date is measured against the answer’s own clock, so that ours may be wrong', () => {
  expect(parse('Tue, 01 Jan 2030 00:00:09 GMT', 'Tue, 01 Jan 2030 00:00:00 GMT')).toBe(9000);
  expect(parse('Sun, 01 Mar 2026 12:00:05 GMT', 'no date')).toBe(5000);
});

test.each([
  undefined,
  '',
  'soon',
  '-5',
  '+5',
  '1e3',
  'NaN',
  '0x10',
  '3 apples',
  'Thu, 99 Foo 2026 00:00:00 GMT',
  '2026-03-01T12:00:05Z',
])('what is of neither form is ignored: %j', (header) => {
  expect(parse(header)).toBeUndefined();
});

test('an absurd wait is bounded, so that no timer overflows', () => {
  expect(parse('9'.repeat(400))).toBe(longestRetryAfterMs);
  expect(parse('Fri, 31 Dec 9999 23:59:59 GMT')).toBe(longestRetryAfterMs);
});

test('whatever the header holds, the wait is a usable number or unknown', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
      (header) => {
        const wait = parse(header);
        expect(wait === undefined || (wait >= 0 && wait <= longestRetryAfterMs)).toBe(true);
      },
    ),
  );
});
