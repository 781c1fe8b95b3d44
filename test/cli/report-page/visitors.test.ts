import { expect, test } from 'vitest';
import { Visitors } from '../../../src/cli/report-page/visitors.ts';
import { VirtualClock } from '../../helpers/virtual-time.ts';

const patience = { firstMs: 600_000, laterMs: 60_000 };
const never = new AbortController().signal;

test('a page that nobody comes to is served for the first wait', async () => {
  const clock = new VirtualClock();
  await clock.run(new Visitors().untilGone(clock, patience, never));
  expect(clock.nowMs()).toBe(600_000);
});

test('a page that was left is served for the later wait, and one that is loaded anew goes on', async () => {
  const clock = new VirtualClock();
  const visitors = new Visitors();
  const gone = visitors.untilGone(clock, patience, never);
  const visits = async (): Promise<void> => {
    await clock.sleep(1000);
    const first = visitors.enter();
    await clock.sleep(3_600_000);
    first();
    await clock.sleep(2000);
    const second = visitors.enter();
    const other = visitors.enter();
    await clock.sleep(5000);
    second();
    await clock.sleep(90_000);
    other();
  };
  await clock.run(Promise.all([gone, visits()]));
  expect(clock.nowMs()).toBe(1000 + 3_600_000 + 2000 + 5000 + 90_000 + 60_000);
});

test.each(['before anybody came', 'while somebody is there'] as const)('Ctrl+C ends it at once, %s', async (when) => {
  const clock = new VirtualClock();
  const visitors = new Visitors();
  const stop = new AbortController();
  if (when === 'while somebody is there') {
    visitors.enter();
  }
  const gone = visitors.untilGone(clock, patience, stop.signal);
  await clock.run(
    Promise.all([
      gone,
      clock.sleep(10).then(() => {
        stop.abort();
      }),
    ]),
  );
  expect(clock.nowMs()).toBe(10);
});
