import { describe, expect, test } from 'vitest';
import type { PageAnswer } from '../../src/page-check/problem.ts';
import { awaitAwake, wakeBoundMs } from '../../src/page-check/wake.ts';
import type { Clock } from '../../src/system/ports.ts';

const pages = ['a', 'b'].map((path) => new URL(`https://preview.example/${path}`));
const answered = (status: number): PageAnswer => ({ kind: 'answer', status, contentType: 'text/html' });

/** Asks with a clock that only sleeping moves; `answer` is told the time. */
async function wake(answer: (atMs: number, page: string) => PageAnswer) {
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    date: () => new Date(nowMs),
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted();
      nowMs += delayMs;
    },
  };
  const asked: number[] = [];
  const told: string[] = [];
  const awake = await awaitAwake(pages, {
    ask: async (page) => {
      asked.push(nowMs);
      return answer(nowMs, page.pathname);
    },
    isAsleep: (one) => one.kind === 'answer' && one.status >= 500,
    clock,
    signal: new AbortController().signal,
    onWaiting: (because) => told.push(because),
  });
  return { awake, asked, told, endMs: nowMs };
}

describe('an origin', () => {
  test('that is awake is asked once', async () => {
    const { awake, asked, told } = await wake(() => answered(404));
    expect([awake.page, asked, told]).toEqual([pages[0], [0], []]);
  });

  test('that needs 15 s to wake up is waited for, and that is told once', async () => {
    const { awake, told, endMs } = await wake((atMs) => answered(atMs < 15_000 ? 503 : 200));
    expect(awake.answer).toEqual(answered(200));
    expect(told).toEqual(['HTTP 503']);
    expect(endMs).toBeLessThan(20_000);
  });

  test('with one broken page is not waited for once another answers', async () => {
    const { awake, endMs } = await wake((_, page) => answered(page === '/a' ? 500 : 200));
    expect([awake.page, endMs]).toEqual([pages[1], 500]);
  });

  test('that never wakes up is given up within the bound', async () => {
    const { awake, endMs } = await wake(() => answered(502));
    expect(awake.answer).toEqual(answered(502));
    expect(endMs).toBeLessThanOrEqual(wakeBoundMs);
    expect(endMs).toBeGreaterThan(wakeBoundMs / 2);
  });
});
