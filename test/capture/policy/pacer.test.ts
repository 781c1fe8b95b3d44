import { describe, expect, test } from 'vitest';
import { holdMs } from '../../../src/capture/policy/backoff.ts';
import { Pacer } from '../../../src/capture/policy/pacer.ts';
import { type AccountLimit, openLimit } from '../../helpers/account-limit.ts';

const answerMs = 50;

/** Sends one request after the other whenever the pacer allows, to an account with this limit. */
function sendFor(forMs: number, limit: AccountLimit): { readonly accepted: number; readonly refused: number } {
  const account = openLimit(limit);
  const pacer = new Pacer(0);
  let [accepted, refused, nowMs, inRow] = [0, 0, 0, 0];
  while (nowMs < forMs) {
    const sentMs = nowMs;
    pacer.sent(sentMs);
    const free = account.take(sentMs);
    nowMs += answerMs;
    if (free) {
      accepted += 1;
      pacer.accepted(sentMs, nowMs);
    } else {
      refused += 1;
      pacer.refused(sentMs, nowMs, inRow === 0);
      // As the throttle holds a run whose service does not say for how long.
      nowMs += pacer.holdMs(inRow + 1, nowMs) ?? holdMs(inRow + 1, undefined);
    }
    inRow = free ? 0 : inRow + 1;
    nowMs = Math.max(nowMs, pacer.freeAtMs(nowMs, false));
  }
  return { accepted, refused };
}

describe('a limit is learned and used', () => {
  const noHint = { retryAfter: false };
  test.each<[string, AccountLimit, number]>([
    ['a bucket of 2 a second', { kind: 'bucket', perSecond: 2, burst: 10, ...noHint }, 2],
    ['a bucket of 4 a second', { kind: 'bucket', perSecond: 4, burst: 20, ...noHint }, 4],
    ['a bucket of 4 a second that saves up nothing', { kind: 'bucket', perSecond: 4, burst: 1, ...noHint }, 4],
    ['a bucket of one in 20 s', { kind: 'bucket', perSecond: 0.05, burst: 1, ...noHint }, 0.05],
    ['60 a minute from the first request on', { kind: 'fixed-window', count: 60, windowMs: 60_000, ...noHint }, 1],
    ['60 a minute by the clock', { kind: 'fixed-window', count: 60, windowMs: 60_000, phaseMs: 17_000, ...noHint }, 1],
    ['10 a second by the clock', { kind: 'fixed-window', count: 10, windowMs: 1000, phaseMs: 300, ...noHint }, 10],
    ['60 in any minute', { kind: 'sliding-log', count: 60, windowMs: 60_000, refusalsCount: false, ...noHint }, 1],
    ['60 in any minute, refusals too', { kind: 'sliding-log', count: 60, windowMs: 60_000, refusalsCount: true, ...noHint }, 1],
    ['100 in any ten minutes', { kind: 'sliding-log', count: 100, windowMs: 600_000, refusalsCount: false, ...noHint }, 1 / 6],
  ])('%s', (_, limit, perSecond) => {
    const seconds = 1800;
    const { accepted, refused } = sendFor(seconds * 1000, limit);
    expect(accepted).toBeGreaterThan(seconds * perSecond * 0.85);
    expect(refused).toBeLessThan(Math.max(80, accepted * 0.05));
  });
});

test('nothing is paced before the first refusal', () => {
  const pacer = new Pacer(0);
  for (let at = 0; at < 1000; at += 1) {
    pacer.sent(at);
  }
  expect(pacer.freeAtMs(1000, false)).toBe(1000);
});

test('no pace that was learned makes it wait for longer than a minute unasked', () => {
  const pacer = new Pacer(0);
  pacer.sent(0);
  pacer.refused(0, 50, true);
  expect(pacer.freeAtMs(100, false)).toBeLessThan(65_000);
});

test('what may be about room is not paced by the rate that was measured', () => {
  const pacer = new Pacer(0);
  // Accepted and refused in turn within a second, which no window explains.
  for (let at = 0; at < 40; at += 1) {
    const sentMs = at * 100;
    pacer.sent(sentMs);
    if (at % 2 === 0) {
      pacer.accepted(sentMs, sentMs + 50);
    } else {
      pacer.refused(sentMs, sentMs + 50, true);
    }
  }
  expect(pacer.windowFreeAtMs(4000)).toBeUndefined();
  expect(pacer.freeAtMs(4000, true)).toBe(4000);
});
