import { expect, test } from 'vitest';
import type { SchedulerEvent } from '../../src/capture/scheduler.ts';
import { describeEvent } from '../../src/progress/describe.ts';
import { makeCapture } from '../helpers/virtual-run.ts';

const capture = makeCapture('pricing');

test.each<[SchedulerEvent, string]>([
  [
    { kind: 'held-back', atMs: 0, reason: 'engine_busy', holdMs: 2100, retryAfterMs: 2000 },
    '… The engine is at capacity (engine_busy): every capture waits 2.1 s, as the service asked (Retry-After 2.0 s)',
  ],
  [
    { kind: 'held-back', atMs: 0, reason: 'network_error', holdMs: 1300 },
    '… The connection to the service failed (network_error): every capture waits 1.3 s, then one request looks whether it is back',
  ],
  [
    { kind: 'hedged', atMs: 0, capture, afterMs: 12_000 },
    '… pricing/small: no answer after 12.0 s, far more than others take; it is sent once more, and the first answer counts',
  ],
  [
    { kind: 'retry', atMs: 0, capture, attempt: 2, failure: { code: 'attempt_timeout' }, delayMs: 1000 },
    '… pricing/small: attempt 2 ended as attempt_timeout; it is repeated in 1.0 s',
  ],
])('%j', (event, line) => {
  expect(describeEvent(event, 'api')).toBe(line);
});

test('what only the scheduler cares about is not told', () => {
  expect(describeEvent({ kind: 'rate', atMs: 0, requests: 60, windowMs: 60_000 }, 'api')).toBeUndefined();
});
