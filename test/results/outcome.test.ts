import { describe, expect, test } from 'vitest';
import { type CaptureStatus, captureStatuses } from '../../src/results/model.ts';
import {
  countTotals,
  decideFailReasons,
  decideOutcome,
  decideStepFails,
  describeFailReasons,
} from '../../src/results/outcome.ts';
import { makeCapture, makeReport } from '../report/support/reports.ts';

const withStatuses = (...statuses: CaptureStatus[]) => statuses.map((status, index) => makeCapture(`page-${index}`, { status }));

test('totals count every status and add up', () => {
  const totals = countTotals(withStatuses('changed', 'changed', 'failed', 'unchanged'));
  expect(totals).toMatchObject({ captures: 4, changed: 2, failed: 1, unchanged: 1, added: 0 });
  expect(captureStatuses.reduce((sum, status) => sum + totals[status], 0)).toBe(totals.captures);
});

describe('the outcome says what was found', () => {
  test.each<[CaptureStatus[], string]>([
    [['unchanged', 'captured'], 'passed'],
    [['added', 'removed'], 'passed'],
    [['changed', 'unchanged'], 'changed'],
    [['changed', 'failed'], 'failed'],
    [['changed', 'skipped'], 'failed'],
    [[], 'passed'],
  ])('%j is %s', (statuses, outcome) => {
    expect(decideOutcome(countTotals(withStatuses(...statuses)))).toBe(outcome);
  });
});

describe('whether the step fails is the word of fail-on', () => {
  test.each<[CaptureStatus[], CaptureStatus[], boolean]>([
    [['changed'], ['changed', 'failed'], true],
    [['changed'], ['failed'], false],
    [['failed', 'changed'], [], false],
    [['skipped'], ['changed', 'failed'], true],
    [['skipped'], ['changed'], false],
    [['skipped'], ['skipped'], true],
    [['added'], ['added'], true],
  ])('%j with fail-on %j: %s', (statuses, failOn, fails) => {
    expect(decideStepFails(makeReport(withStatuses(...statuses), { run: { failOn } }))).toBe(fails);
  });

  test('a difference that was just taken as the baseline is no reason', () => {
    const report = makeReport([makeCapture('a', { status: 'changed', baselineUpdated: true })]);
    expect(report.outcome).toBe('changed');
    expect(decideStepFails(report)).toBe(false);
  });

  test('a run that compared nothing fails unless that is allowed', () => {
    const run = { nothingCompared: { reason: 'There was nothing to capture.', allowed: false } };
    expect(decideStepFails(makeReport([], { run }))).toBe(true);
    expect(decideStepFails(makeReport([], { run: { nothingCompared: { ...run.nothingCompared, allowed: true } } }))).toBe(false);
  });

  test('the reasons are told worst first', () => {
    const report = makeReport(withStatuses('changed', 'failed', 'changed'));
    expect(describeFailReasons(decideFailReasons(report))).toBe('1 capture failed, 2 captures changed');
  });
});
