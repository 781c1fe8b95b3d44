import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestRetryAfterMs, parseRetryAfter } from '../../src/capture/retry-after.ts';
import { ServerClock } from '../../src/capture/server-clock.ts';

const now = new Date('2026-03-01T12:00:00Z');
const parse = (header: string | undefined): number | undefined => parseRetryAfter(header, { serverMs: now.getTime(), now })?.ms;

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

test('a date is measured against the service’s own clock, so that ours may be wrong', () => {
  const serverMs = Date.parse('2030-01-01T00:00:00Z');
  expect(parseRetryAfter('Tue, 01 Jan 2030 00:00:09 GMT', { serverMs, now })).toEqual({ ms: 9000, unsure: false });
});

test('a date of a service whose time is not known is told to be unsure', () => {
  expect(parseRetryAfter('Sun, 01 Mar 2026 12:00:05 GMT', { serverMs: undefined, now })).toEqual({ ms: 5000, unsure: true });
  expect(parseRetryAfter('5', { serverMs: undefined, now })).toEqual({ ms: 5000, unsure: false });
});

test('the service’s time is that of its newest Date header, also for an answer that has none', () => {
  const clock = new ServerClock();
  expect(clock.read(undefined, now)).toBeUndefined();
  expect(clock.read('no date', now)).toBeUndefined();
  clock.read('Sun, 01 Mar 2026 12:01:30 GMT', now);
  expect(clock.read(undefined, new Date(now.getTime() + 10_000))).toBe(Date.parse('2026-03-01T12:01:40Z'));
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
