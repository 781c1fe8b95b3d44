import { describe, expect, test } from 'vitest';
import { decidePollDelay, type PollState } from '../../../src/github/deployments/poll-delay.ts';

const hourMs = 3_600_000;
const state = (more: Partial<PollState> = {}): PollState => ({ looks: 1, leftMs: 600_000, requests: 4, ...more });

describe('the delay between two looks', () => {
  test('grows from 5 s to 30 s', () => {
    const delays = [1, 2, 3, 4, 5, 6, 20].map((looks) => decidePollDelay(state({ looks })));
    expect(delays).toEqual([5_000, 7_500, 11_250, 16_875, 25_312.5, 30_000, 30_000]);
  });

  test('is as usual while the limit is far', () => {
    expect(decidePollDelay(state({ limit: { remaining: 5_000, resetInMs: hourMs } }))).toBe(5_000);
  });

  test('leaves half of the requests that are left to others', () => {
    const limit = { remaining: 100, resetInMs: hourMs };
    const delayMs = decidePollDelay(state({ limit }));
    expect((600_000 / delayMs) * 4).toBeCloseTo(limit.remaining / 2);
  });

  test('is until the limit begins anew when nothing is left', () => {
    expect(decidePollDelay(state({ limit: { remaining: 3, resetInMs: 90_000 } }))).toBe(90_000);
  });

  test('is what GitHub asks for', () => {
    expect(decidePollDelay(state({ askedToWaitMs: 120_000 }))).toBe(120_000);
  });
});
