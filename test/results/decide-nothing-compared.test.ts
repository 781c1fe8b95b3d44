import { expect, test } from 'vitest';
import { decideNothingCompared, type RunIntent } from '../../src/results/decide-nothing-compared.ts';
import type { CaptureReport } from '../../src/results/model.ts';

type EndedCapture = Pick<CaptureReport, 'status' | 'hasBaseline' | 'baselineUrl'>;

const decide = (captures: readonly (EndedCapture | CaptureReport['status'])[], intent: Partial<RunIntent> = {}) =>
  decideNothingCompared(
    captures.map((capture) => (typeof capture === 'string' ? { status: capture } : capture)),
    { comparing: true, updating: false, sharded: false, allowed: false, lenient: false, ...intent },
  );

const failed: EndedCapture = { status: 'failed', hasBaseline: true };
const skipped: EndedCapture = { status: 'skipped', hasBaseline: true };
const jpeg: EndedCapture = { status: 'captured', hasBaseline: true };
const besideTwin = (status: CaptureReport['status']): EndedCapture => ({ status, baselineUrl: 'https://www.dev/a' });

test('a run without captures compared nothing, and one whose baselines all belong to nothing', () => {
  expect(decide([])).toEqual({ reason: 'There was nothing to capture.', allowed: false });
  expect(decide(['removed'])?.reason).toBe('There was nothing to capture.');
  expect(decide(['added', 'added', 'removed'])?.reason).toContain(
    'there are baselines (1), but none belongs to one of the captures (2)',
  );
  expect(decide(['captured', 'removed'])?.reason).toContain('Nothing was compared');
});

test.each<[string, readonly (EndedCapture | CaptureReport['status'])[], Partial<RunIntent>]>([
  ['a first run', ['added', 'added'], {}],
  ['a first run of JPEGs', ['captured', 'captured'], {}],
  ['a run that compared something', ['added', 'unchanged', 'removed'], {}],
  ['a run that only captures', ['captured'], { comparing: false }],
  ['a run that takes all baselines anew', ['added', 'removed'], { updating: true }],
  ['an empty share of a run', [], { sharded: true }],
  ['a first run whose captures failed', ['failed', 'added'], {}],
  ['a run that compared something and failed besides', [failed, 'unchanged', 'removed'], {}],
  ['a run that compared something and took JPEGs besides', [jpeg, 'changed'], {}],
  ['a preview with a page that baseline-url does not have', [besideTwin('added'), besideTwin('unchanged'), 'captured'], {}],
])('%s is as it should be', (_, captures, intent) => {
  expect(decide(captures, intent)).toBeUndefined();
});

test('allow-empty is passed on with the reason', () => {
  expect(decide([], { allowed: true })).toEqual({ reason: 'There was nothing to capture.', allowed: true });
  expect(decide([jpeg], { allowed: true })?.allowed).toBe(true);
});

test('a run whose captures failed before they met their baselines compared nothing, unless nothing fails the step', () => {
  expect(decide([failed, skipped, 'added'])).toEqual({
    reason: 'Nothing was compared although there are baselines (2): 1 capture failed, 1 capture not tried.',
    allowed: false,
  });
  expect(decide(['failed', 'removed'])).toEqual({
    reason: 'Nothing was compared although there are baselines (1): 1 capture failed, 1 baseline without a capture.',
    allowed: false,
  });
  expect(decide([failed], { lenient: true })?.allowed).toBe(true);
  expect(decide(['added', 'removed'], { lenient: true })?.allowed).toBe(false);
});

test('a run of JPEGs that have baselines compared nothing, whatever fails the step', () => {
  expect(decide([jpeg, jpeg, 'removed'], { lenient: true })).toEqual({
    reason:
      'Nothing was compared although there are baselines (3): 2 captures in JPEG, which is never compared (set format: png), 1 baseline without a capture.',
    allowed: false,
  });
});

test('a run whose every page is missing at baseline-url compared nothing', () => {
  expect(decide([besideTwin('added'), besideTwin('added'), 'captured'])).toEqual({
    reason:
      'Nothing was compared with baseline-url: there is no such page for 2 captures (HTTP 404 or 410; is the address right?).',
    allowed: false,
  });
  expect(decide([besideTwin('added'), besideTwin('failed')])?.reason).toContain(
    'baseline-url: 1 capture failed, there is no such',
  );
});
