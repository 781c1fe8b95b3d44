import { expect, test } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { doubtful, everyStatus, hostile, makeCapture, makeComparison, makeReport, outOfCredits } from './support/reports.ts';

test.each([
  ['every-status', everyStatus()],
  ['out-of-credits', outOfCredits()],
  ['doubtful', doubtful()],
  ['hostile', hostile()],
])('golden: %s', async (name, report) => {
  await expect(renderJunit(report)).toMatchFileSnapshot(`../golden/junit-${name}.xml`);
});

test('what does not fail the step fails no test case', () => {
  const report = makeReport(everyStatus().captures, { run: { failOn: [] } });
  expect(renderJunit(report)).toMatch(/^<testsuites [^>]*tests="9" failures="0" errors="0" skipped="2"/m);
});

test('a change fails its case when fail-on names it', () => {
  const report = makeReport([makeCapture('a', { status: 'changed', comparison: makeComparison() })]);
  expect(renderJunit(report)).toContain('<failure type="changed"');
});
