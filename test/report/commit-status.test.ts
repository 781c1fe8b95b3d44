import { describe, expect, it } from 'vitest';
import { renderCommitStatus } from '../../src/report/commit-status.ts';
import { changedCapture } from '../helpers/uploaded-results.ts';
import { makeReport } from './support/reports.ts';

describe('what a commit status says', () => {
  it('is in counts, and in GitHub’s 140 characters whatever there is to count', () => {
    const statuses = ['failed', 'changed', 'added', 'removed', 'skipped'] as const;
    const totals = Object.fromEntries(statuses.map((status) => [status, 99_999]));
    const report = makeReport([changedCapture('pricing')]);
    const stopped = { code: 'engine_unavailable', message: '', fix: '' } as const;
    const many = { ...report, totals: { ...report.totals, captures: 100_000, ...totals }, stopped };
    const { description } = renderCommitStatus(many, true);
    expect(description).toMatch(/^99,999 failed, 99,999 changed/);
    expect([...description].length).toBeLessThanOrEqual(140);
  });

  it('is a failure where the step fails for another reason than the captures', () => {
    expect(renderCommitStatus(makeReport([]), true).state).toBe('failure');
  });
});
