import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { renderTerminalSummary } from '../../src/report/terminal.ts';
import {
  doubtful,
  everyStatus,
  hostile,
  inWorkflow,
  makeCapture,
  makeComparison,
  makeReport,
  outOfCredits,
  withAccepted,
  withSharedChanges,
} from './support/reports.ts';

const plain = { color: false, reportPath: 'visual-capture/report.html' };

test.each([
  ['every-status', everyStatus()],
  ['out-of-credits', outOfCredits()],
  ['doubtful', doubtful()],
  ['hostile', hostile()],
  ['accepted', inWorkflow(withAccepted())],
  ['groups', withSharedChanges()],
  ['passed', makeReport([makeCapture('index'), makeCapture('pricing')])],
  ['nothing', makeReport([], { run: { nothingCompared: { reason: 'There was nothing to capture.', allowed: false } } })],
])('golden: %s', async (name, report) => {
  await expect(renderTerminalSummary(report, plain)).toMatchFileSnapshot(`../golden/terminal-${name}.txt`);
});

test('colours only repeat what the words say', () => {
  const report = everyStatus();
  const colored = renderTerminalSummary(report, { ...plain, color: true });
  expect(colored).toContain('\u001b[31m');
  expect(stripVTControlCharacters(colored)).toBe(renderTerminalSummary(report, plain));
});

test('nothing from outside can steer the terminal', () => {
  expect(renderTerminalSummary(hostile(), plain)).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
});

test('lines stay within the width, but for what must be copied whole', () => {
  const lines = renderTerminalSummary(everyStatus(), { ...plain, width: 60 }).split('\n');
  const prose = lines.filter((line) => line.startsWith('  '));
  expect(prose.length).toBeGreaterThan(5);
  expect(prose.filter((line) => line.length > 60)).toEqual([]);
});

test('a command that would find nothing to accept is not given', () => {
  const { artifactName: _, ...ci } = inWorkflow(withAccepted()).run.ci ?? { url: '', commit: '' };
  expect(renderTerminalSummary(inWorkflow(withAccepted(), { ci }), plain)).not.toContain('Accept:');
});

test('a long list is cut and counted', () => {
  const captures = Array.from({ length: 50 }, (_, index) =>
    makeCapture(`page-${index}`, { status: 'changed', comparison: makeComparison() }),
  );
  const text = renderTerminalSummary(makeReport(captures), plain);
  expect(text).toContain('… and 30 more captures in the report');
  expect(text).not.toContain('Accept:');
});
