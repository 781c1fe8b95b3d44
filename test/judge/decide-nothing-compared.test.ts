import { expect, test } from 'vitest';
import { decideNothingCompared, type RunIntent } from '../../src/judge/decide-nothing-compared.ts';
import type { CaptureStatus } from '../../src/report/model.ts';

const decide = (statuses: readonly CaptureStatus[], intent: Partial<RunIntent> = {}) =>
  decideNothingCompared(
    statuses.map((status) => ({ status })),
    { comparing: true, updating: false, sharded: false, allowed: false, ...intent },
  );

test('a run without captures compared nothing, and one whose baselines all belong to nothing', () => {
  expect(decide([])).toEqual({ reason: 'There was nothing to capture.', allowed: false });
  expect(decide(['removed'])?.reason).toBe('There was nothing to capture.');
  expect(decide(['added', 'added', 'removed'])?.reason).toContain(
    'there are baselines (1), but none belongs to one of the captures (2)',
  );
  expect(decide(['captured', 'removed'])?.reason).toContain('Nothing was compared');
});

test.each([
  ['a first run', ['added', 'added'], {}],
  ['a run that compared something', ['added', 'unchanged', 'removed'], {}],
  ['a run that only captures', ['captured'], { comparing: false }],
  ['a run that takes all baselines anew', ['added', 'removed'], { updating: true }],
  ['an empty share of a run', [], { sharded: true }],
  ['a run whose captures failed, which fails by itself', ['failed', 'removed'], {}],
] as const)('%s is as it should be', (_, statuses, intent) => {
  expect(decide(statuses, intent)).toBeUndefined();
});

test('allow-empty is passed on with the reason', () => {
  expect(decide([], { allowed: true })).toEqual({ reason: 'There was nothing to capture.', allowed: true });
});
