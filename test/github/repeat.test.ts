import { expect, test } from 'vitest';
import { decideRepeat } from '../../src/github/repeat.ts';

const now = new Date('2026-03-02T10:00:00Z');
const epochSeconds = now.getTime() / 1000;

test.each([
  ['a wait that GitHub names', 403, { 'retry-after': '7' }, 'POST', 7_000],
  ['the same with 429', 429, { 'retry-after': '7' }, 'POST', 7_000],
  ['a wait that is too long', 403, { 'retry-after': '3600' }, 'POST', undefined],
  [
    'used up, open again soon',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(epochSeconds + 20) },
    'GET',
    20_000,
  ],
  [
    'used up for an hour',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(epochSeconds + 3000) },
    'GET',
    undefined,
  ],
  ['a limit without a time', 429, {}, 'PATCH', 60_000],
  ['no permission', 403, {}, 'POST', undefined],
  ['a fault, reading', 502, {}, 'GET', 1_000],
  ['no answer, updating', 0, {}, 'PATCH', 1_000],
  ['no answer, creating: it may have been done', 0, {}, 'POST', undefined],
  ['a fault, creating: it may have been done', 502, {}, 'POST', undefined],
  ['not found', 404, {}, 'GET', undefined],
])('%s', (_, status, headers, method, delayMs) => {
  expect(decideRepeat({ method, url: '/repos/{owner}/{repo}/issues' }, { status, headers, message: '' }, now)?.delayMs).toBe(
    delayMs,
  );
});

test('a status is set again after a fault: twice the same says the same', () => {
  const url = '/repos/{owner}/{repo}/statuses/{sha}';
  expect(decideRepeat({ method: 'POST', url }, { status: 502, headers: {}, message: '' }, now)?.delayMs).toBe(1_000);
});

test('a secondary limit is told by its message alone', () => {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  expect(
    decideRepeat({ method: 'POST', url: '/repos/{owner}/{repo}/issues' }, { status: 403, headers: {}, message }, now),
  ).toEqual({ delayMs: 60_000, because: 'held-back' });
});

test('silence is told from an answer that says that GitHub broke down', () => {
  const because = [0, 503].map(
    (status) => decideRepeat({ method: 'GET', url: '/user' }, { status, headers: {}, message: '' }, now)?.because,
  );
  expect(because).toEqual(['silence', 'fault']);
});
