import { expect, test } from 'vitest';
import { engineLimits } from '../../../src/engine/limits.ts';
import { Capacity } from '../../../src/engine/service/capacity.ts';
import { VirtualClock } from '../../helpers/virtual-time.ts';

const never = new AbortController().signal;

test('hands a slot that becomes free to the one who waited longest', async () => {
  const clock = new VirtualClock();
  const capacity = new Capacity(1, clock);
  const order: string[] = [];
  const worker = async (name: string, workMs: number): Promise<void> => {
    using slot = await capacity.take(never);
    order.push(slot === undefined ? `${name} refused` : name);
    if (slot !== undefined) {
      await clock.sleep(workMs);
    }
  };
  await clock.run(Promise.all([worker('a', 300), worker('b', 300), worker('c', 300)]));
  expect(order).toEqual(['a', 'b', 'c']);
});

test('gives up after the internal retry', async () => {
  const clock = new VirtualClock();
  const capacity = new Capacity(1, clock);
  using _held = await capacity.take(never);
  expect(await clock.run(capacity.take(never))).toBeUndefined();
  expect(clock.nowMs()).toBe(engineLimits.internalRetryMs);
});

test('never has more slots out than it holds, whoever leaves early', async () => {
  const clock = new VirtualClock();
  const capacity = new Capacity(2, clock);
  let out = 0;
  let most = 0;
  const worker = async (at: number): Promise<void> => {
    await clock.sleep(at * 37);
    const leaves = new AbortController();
    if (at % 3 === 0) {
      void clock.sleep(50).then(() => leaves.abort(new Error('left')));
    }
    using slot = await capacity.take(leaves.signal).catch(() => undefined);
    if (slot === undefined) {
      return;
    }
    out += 1;
    most = Math.max(most, out);
    await clock.sleep(200);
    out -= 1;
  };
  await clock.run(Promise.all(Array.from({ length: 40 }, (_, at) => worker(at))));
  expect(most).toBe(2);
  using first = await capacity.take(never);
  using second = await capacity.take(never);
  expect([first, second]).not.toContain(undefined);
});

test('a slot given back twice is one slot', async () => {
  const clock = new VirtualClock();
  const capacity = new Capacity(1, clock);
  const slot = await capacity.take(never);
  slot?.[Symbol.dispose]();
  slot?.[Symbol.dispose]();
  using _held = await capacity.take(never);
  expect(await clock.run(capacity.take(never))).toBeUndefined();
});
