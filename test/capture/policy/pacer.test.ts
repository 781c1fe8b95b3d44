import { expect, test } from 'vitest';
import { newPacer, type Pacer, paced, paceOf, slowDown, uncount } from '../../../src/capture/policy/pacer.ts';

/** Sends whenever the pacer allows to an account that refills at a rate and saves up to a burst; returns accepted requests. */
function sendFor(
  forMs: number,
  { perSecond, burst }: { perSecond: number; burst: number },
): { pacer: Pacer; accepted: number; refused: number } {
  let pacer = newPacer(0);
  let [tokens, seenMs, accepted, refused, nowMs] = [burst, 0, 0, 0, 0];
  while (nowMs < forMs) {
    tokens = Math.min(burst, tokens + ((nowMs - seenMs) / 1000) * perSecond);
    seenMs = nowMs;
    pacer = paced(pacer, nowMs);
    if (tokens >= 1) {
      tokens -= 1;
      accepted += 1;
    } else {
      refused += 1;
      pacer = slowDown(uncount(pacer, nowMs), nowMs, 1);
      nowMs += 1000;
    }
    nowMs = Math.max(nowMs + 50, pacer.nextSendMs);
  }
  return { pacer, accepted, refused };
}

test('nothing is paced before the first refusal', () => {
  const pacer = paced(newPacer(0), 100);
  expect(paceOf(pacer)).toBeUndefined();
  expect(pacer.nextSendMs).toBe(100);
});

test.each([
  { perSecond: 2, burst: 10 },
  { perSecond: 4, burst: 20 },
  { perSecond: 4, burst: 1 },
  { perSecond: 0.5, burst: 5 },
])('a limit of $perSecond a second with a burst of $burst is learned and used', (limit) => {
  const { accepted, refused } = sendFor(600_000, limit);
  expect(accepted).toBeGreaterThan(600 * limit.perSecond * 0.8);
  expect(refused / accepted).toBeLessThan(0.08);
});

test('a late refusal lowers what was measured', () => {
  let pacer = newPacer(0);
  for (let at = 0; at < 20; at += 1) {
    pacer = paced(pacer, at * 100);
  }
  const measured = slowDown(pacer, 4000, 1);
  expect(paceOf(uncount(measured, 500)) ?? 0).toBeLessThan(paceOf(measured) ?? 0);
});

test('the pace is never zero', () => {
  expect(paceOf(slowDown(newPacer(0), 60_000, 1))).toBeGreaterThan(0);
});
