import { expect, test } from 'vitest';
import { closingInTime } from '../../src/system/closing.ts';
import { VirtualClock } from '../helpers/virtual-time.ts';

const hanging: AsyncDisposable = { [Symbol.asyncDispose]: () => new Promise(() => {}) };
const failing: AsyncDisposable = { [Symbol.asyncDispose]: () => Promise.reject(new Error('broken')) };

test.each([
  ['what hangs', hanging, false, 2_000],
  ['what hangs, of a run that was stopped', hanging, true, 500],
  ['what fails', failing, false, 0],
  ['nothing', undefined, false, 0],
])('closing %s takes a bounded time and does not fail', async (_, resource, stopped, tookMs) => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  if (stopped) {
    stop.abort();
  }
  await clock.run(Promise.resolve(closingInTime(resource, clock, stop.signal)[Symbol.asyncDispose]()));
  expect(clock.nowMs()).toBe(tookMs);
});
