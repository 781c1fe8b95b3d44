import { expect, test } from 'vitest';
import { createCaptureClient } from '../../src/capture/client.ts';
import { runCaptures } from '../../src/capture/scheduler.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { defaultApi } from '../../src/services/registry.ts';
import { systemClock, systemRandom } from '../../src/system/clock.ts';
import { startFakeService } from '../helpers/fake-service.ts';
import { makeCaptures, ordinaryOptions } from '../helpers/virtual-run.ts';

test('600 captures through a real server with a hidden capacity', async () => {
  await using service = await startFakeService({
    capacity: { slots: 12, serviceTimeMs: ({ index }) => 20 + ((index * 37) % 60), retryAfter: 1 },
  });
  const client = createCaptureClient({
    api: defaultApi,
    apiUrl: new URL(service.url),
    apiKey: 'sk_live_test',
    attemptTimeoutMs: 30_000,
    maxConnections: 40,
    userAgent: 'test/1',
    clock: systemClock,
    inspect: createInProcessComparer().inspect,
  });
  const ended = new Map<string, string>();
  let holds = 0;
  let heldUntilMs = 0;
  const sentWhileHeld: number[] = [];
  try {
    const { service: totals, stopped } = await runCaptures(
      makeCaptures(600),
      { ...ordinaryOptions, concurrency: 40 },
      { render: client.render, send: client.send, clock: systemClock, random: systemRandom },
      {
        onOutcome: ({ id }, { status }) => void ended.set(id, status),
        onEvent: (event) => {
          if (event.kind === 'held-back') {
            holds += 1;
            heldUntilMs = event.atMs + event.holdMs;
          } else if (event.kind === 'sent' && event.atMs < heldUntilMs) {
            sentWhileHeld.push(event.atMs);
          }
        },
      },
      new AbortController().signal,
    );
    expect(stopped).toBeUndefined();
    expect([...ended.values()].filter((status) => status === 'captured')).toHaveLength(600);
    expect(totals.requests).toBe(service.requests.length);
    expect(totals.credits).toBe(600);
    expect(sentWhileHeld).toEqual([]);
    expect(service.peakConcurrency).toBeLessThanOrEqual(40);
    expect(holds).toBeGreaterThan(0);
  } finally {
    await client.close();
  }
});
