import { describe, expect, test } from 'vitest';
import { githubLimits } from '../../../src/report/limits.ts';
import { renderSummary } from '../../../src/report/markdown/summary.ts';
import {
  doubtful,
  everyStatus,
  hostile,
  inWorkflow,
  makeCapture,
  makeComparison,
  makeFailure,
  makeReport,
  outOfCredits,
  withAccepted,
  withSharedChanges,
} from '../support/reports.ts';

const options = { limitBytes: githubLimits.summaryBytes };

test.each([
  ['every-status', everyStatus()],
  ['out-of-credits', outOfCredits()],
  ['doubtful', doubtful()],
  ['hostile', hostile()],
  ['accepted', withAccepted()],
  ['groups', withSharedChanges()],
  ['passed', makeReport([makeCapture('index'), makeCapture('pricing')])],
])('golden: %s', async (name, report) => {
  const artifacts = 'https://github.com/acme/site/actions/runs/1/artifacts';
  const links = { reportUrl: `${artifacts}/3`, artifactUrl: `${artifacts}/2` };
  await expect(renderSummary(inWorkflow(report), { ...options, ...links, pullRequestHead: 'own' })).toMatchFileSnapshot(
    `../../golden/summary-${name}.md`,
  );
});

describe('the summary never passes its limit', () => {
  const huge = makeReport([
    ...Array.from({ length: 2000 }, (_, index) =>
      makeCapture(`section-${index}/${'x'.repeat(200)}`, {
        status: 'changed',
        comparison: makeComparison({ diffRatio: (index + 1) / 4000 }),
      }),
    ),
    ...Array.from({ length: 2000 }, (_, index) =>
      makeCapture(`broken-${index}/${'x'.repeat(200)}`, {
        status: 'failed',
        error: makeFailure('render_timeout', { detail: `${index}` }),
      }),
    ),
    ...Array.from({ length: 2000 }, (_, index) => makeCapture(`new-${index}/${'x'.repeat(200)}`, { status: 'added' })),
  ]);

  test.each([githubLimits.summaryBytes, 300_000, 60_000, 10_000, 3000, 800])('%d bytes', (limitBytes) => {
    const summary = renderSummary(huge, { limitBytes });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limitBytes);
    expect(summary).toContain('2,000 failed, 2,000 changed');
    expect(summary).toMatch(/left out here for size: read them in report\.html/);
    expect(summary.match(/<details>/g)?.length).toBe(summary.match(/<\/details>/g)?.length);
  });

  test('lists of the rest give way first, then changes, then failures; the largest stay', () => {
    const summary = renderSummary(huge, { limitBytes: 60_000 });
    expect(summary).not.toContain('new-0/');
    expect(summary).toContain('section-1999/');
    expect(summary).not.toContain('section-3/');
    expect(summary).toContain('broken-0/');
  });
});
