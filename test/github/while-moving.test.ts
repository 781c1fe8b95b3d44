import { expect, test } from 'vitest';
import { whileMoving } from '../../src/github/while-moving.ts';
import { type Traffic, watchTraffic } from '../../src/system/traffic.ts';
import { serve } from '../helpers/serve.ts';
import { VirtualClock } from '../helpers/virtual-time.ts';

/** A client that repeats for an hour, on a line that moves so many bytes a second until it stops. */
function transferOf(bytesASecond: number, { untilMs = Number.POSITIVE_INFINITY, doneMs = 3_600_000, sizeBytes = 0 } = {}) {
  const clock = new VirtualClock();
  const traffic: Traffic = {
    movedBytes: () => (Math.min(clock.nowMs(), untilMs) / 1000) * bytesASecond,
    [Symbol.dispose]: () => {},
  };
  const work = (): Promise<string> => clock.sleep(doneMs).then(() => 'done');
  const ended = clock.run(
    whileMoving(work, { sizeBytes, clock, traffic }).then(
      (value) => ({ value, atMs: clock.nowMs() }),
      (error: Error) => ({ value: error.message, atMs: clock.nowMs() }),
    ),
  );
  return ended;
}

test('who never answers costs 20 s', async () => {
  expect(await transferOf(0)).toEqual({ value: 'the service did not answer for 20 s', atMs: 20_000 });
});

test('who always answers with an error, and is asked again and again, costs no more', async () => {
  expect(await transferOf(500)).toMatchObject({ atMs: 20_000 });
});

test('a slow line that moves is waited for as long as it takes', async () => {
  const sizeBytes = 500_000_000;
  expect(await transferOf(25_000, { sizeBytes, doneMs: (sizeBytes / 25_000) * 1000 })).toMatchObject({ value: 'done' });
});

test('a line that stops in the middle is given up 20 s later', async () => {
  expect(await transferOf(1_000_000, { untilMs: 60_000, sizeBytes: 500_000_000 })).toMatchObject({ atMs: 80_000 });
});

test('who moves more bytes than there are is given up too', async () => {
  expect(await transferOf(1_000_000, { sizeBytes: 1_000_000 })).toEqual({ value: 'it was not done after 70 s', atMs: 70_000 });
});

test('bytes are counted that node and undici move', async () => {
  using traffic = watchTraffic();
  await using server = await serve((request, response) => {
    request.resume().on('end', () => response.end('x'.repeat(50_000)));
  });
  const { request } = await import('node:http');
  await new Promise<void>((resolve) => {
    request(server.url, { method: 'POST' }, (response) => response.resume().on('end', resolve)).end('x'.repeat(30_000));
  });
  const byNode = traffic.movedBytes();
  expect(byNode).toBeGreaterThan(80_000);
  await (await fetch(server.url, { method: 'POST', body: 'x'.repeat(30_000) })).text();
  expect(traffic.movedBytes() - byNode).toBeGreaterThan(80_000);
});
