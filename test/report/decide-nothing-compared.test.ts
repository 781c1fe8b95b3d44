import { expect, test } from 'vitest';
import { decideNothingCompared, type RunIntent } from '../../src/report/decide-nothing-compared.ts';
import type { CaptureStatus } from '../../src/report/model.ts';

const decide = (statuses: readonly CaptureStatus[], intent: Partial<RunIntent> = {}) =>
  decideNothingCompared(
    statuses.map((status, at) => ({ id: `page-${at}`, status })),
    { comparing: true, baselineIds: new Set(), updating: false, sharded: false, allowed: false, lenient: false, ...intent },
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
  ['a first run whose captures failed', ['failed', 'added'], {}],
  ['a run that compared something and failed besides', ['failed', 'unchanged', 'removed'], {}],
] as const)('%s is as it should be', (_, statuses, intent) => {
  expect(decide(statuses, intent)).toBeUndefined();
});

test('allow-empty is passed on with the reason', () => {
  expect(decide([], { allowed: true })).toEqual({ reason: 'There was nothing to capture.', allowed: true });
});

test('a run whose captures failed before they met their baselines compared nothing, unless nothing fails the step', () => {
  const baselineIds = new Set(['page-0', 'page-1']);
  expect(decide(['failed', 'skipped', 'added'], { baselineIds })).toEqual({
    reason: 'Nothing was compared although there are baselines (2): 1 capture failed, 1 capture was not tried.',
    allowed: false,
  });
  expect(decide(['failed', 'removed'])?.allowed).toBe(false);
  expect(decide(['failed'], { baselineIds, lenient: true })?.allowed).toBe(true);
  expect(decide(['added', 'removed'], { lenient: true })?.allowed).toBe(false);
});
