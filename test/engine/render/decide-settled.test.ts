import { describe, expect, test } from 'vitest';
import { isSettled, type Look, type Watch, watchOn } from '../../../src/engine/render/decide-settled.ts';

const quiet: Look = { urls: [], elements: [], restless: false, arrived: 0, layout: 0 };
const loading: Look = { ...quiet, urls: ['/data.json'] };
const restless: Look = { ...quiet, restless: true };

/** Looks at a page every 20 ms, as `settle` does, until it is settled. */
function settledAfterMs(lookAt: (ms: number) => Partial<Look>): number {
  let watch: Watch | undefined;
  for (let nowMs = 0; nowMs < 60_000; nowMs += 20) {
    watch = watchOn(watch, { ...quiet, ...lookAt(nowMs) }, nowMs);
    if (isSettled(watch, nowMs)) {
      return nowMs;
    }
  }
  return Number.POSITIVE_INFINITY;
}

test('a page that is quiet from the start costs two frames', () => {
  expect(settledAfterMs(() => quiet)).toBe(40);
});

test.each<[string, Partial<Look>]>([
  ['something is on its way', loading],
  ['an element is busy', { elements: ['main[aria-busy]'] }],
  ['a timer is set', restless],
])('while %s it is waited for, and a moment longer', (_, look) => {
  expect(settledAfterMs((ms) => (ms < 1_000 ? look : quiet))).toBe(1_020);
});

test('a layout that goes on changing is waited for', () => {
  expect(settledAfterMs((ms) => ({ layout: Math.min(ms, 1_000) }))).toBe(1_040);
});

test('what begins in the moment of quiet is waited for as well', () => {
  expect(settledAfterMs((ms) => (ms > 20 && ms < 500 ? loading : quiet))).toBe(520);
});

describe('what does not come to an end is bounded', () => {
  test('restlessness, by 2 s after the last that was open', () => {
    expect(settledAfterMs(() => restless)).toBe(2_000);
    expect(settledAfterMs((ms) => (ms < 1_000 ? loading : restless))).toBe(2_980);
  });

  test('a request that hangs, by 5 s without anything that arrives', () => {
    expect(settledAfterMs(() => loading)).toBe(5_000);
    expect(settledAfterMs((ms) => ({ ...loading, arrived: Math.min(ms, 3_000) }))).toBe(8_000);
  });

  test('a page that loads on and on, by 10 s', () => {
    expect(settledAfterMs((ms) => ({ ...loading, arrived: ms }))).toBe(10_000);
  });
});
