import { describe, expect, test } from 'vitest';
import { giveUp, isSettled, type Look, type Watch, watchOn, withoutGivenUp } from '../../../src/engine/render/decide-settled.ts';

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

test('what hangs is waited for once', () => {
  const hanging: Look = { urls: ['https://shop.example/never'], elements: [], restless: false, arrived: 1, layout: 1 };
  const watch = watchOn(watchOn(undefined, hanging, 0), hanging, 5_000);
  expect(isSettled(watch, 5_000)).toBe(true);
  const givenUp = giveUp({ urls: [], elements: [], restless: false }, watch, 5_000);
  expect(withoutGivenUp(hanging, givenUp)).toMatchObject({ urls: [], elements: [] });
  expect(withoutGivenUp({ ...hanging, urls: ['https://shop.example/other'] }, givenUp).urls).toHaveLength(1);
});

test('a clock that was given up is not waited for again', () => {
  const ticking = (layout: number): Look => ({ urls: [], elements: [], restless: true, arrived: 1, layout });
  const watch = watchOn(watchOn(undefined, ticking(1), 0), ticking(2), 2_000);
  const givenUp = giveUp({ urls: [], elements: [], restless: false }, watch, 2_000);
  expect(withoutGivenUp(ticking(3), givenUp)).toEqual(withoutGivenUp(ticking(4), givenUp));
});
