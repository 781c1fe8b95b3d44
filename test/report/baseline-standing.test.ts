import { describe, expect, test } from 'vitest';
import { describeStanding } from '../../src/report/baseline-standing.ts';
import type { RunReport } from '../../src/results/model.ts';
import { makeReport } from './support/reports.ts';

const commit = 'def5678'.padEnd(40, '0');
const baselineCommit = 'abc1234'.padEnd(40, '0');

function told(run: Partial<RunReport>): string | undefined {
  const report = makeReport([]);
  return describeStanding({ run: { ...report.run, commit, ...run } });
}

describe('which baselines a run was compared with', () => {
  test('is not told where nobody knows more than the place', () => {
    expect(told({})).toBeUndefined();
    expect(told({ baselines: { branch: 'main', relation: 'unknown', behind: 0 } })).toBeUndefined();
  });

  test('the newest of the branch', () => {
    expect(told({ baselineCommit, baselines: { branch: 'main', relation: 'ancestor', behind: 0 } })).toBe(
      'Compared with main at abc1234.',
    );
  });

  test('older ones, with what the branch has changed since, each page once', () => {
    const changedSince = ['index/mobile', 'pricing/1280x800', 'pricing/mobile'];
    expect(told({ baselineCommit, baselines: { branch: 'main', relation: 'ancestor', behind: 1, changedSince } })).toBe(
      'Compared with main at abc1234, 1 update behind its newest. main has changed since: index, pricing.',
    );
    const many = Array.from({ length: 11 }, (_, nth) => `page-${nth}/mobile`);
    expect(told({ baselineCommit, baselines: { branch: 'main', relation: 'ancestor', behind: 3, changedSince: many } })).toMatch(
      /page-6, page-7 and 3 more\.$/,
    );
  });

  test('ones that the commit does not descend from, with the way out', () => {
    expect(told({ baselineCommit, baselines: { branch: 'main', relation: 'unrelated', behind: 0 } })).toBe(
      'Compared with main at abc1234, the newest baselines there are, since no ancestor of def5678 has any: what main changed counts as a difference here. Merge main into the branch to be compared with its own baselines.',
    );
  });

  test('ones that will be outdated soon', () => {
    const expected = { commit: '9999999'.padEnd(40, '0'), url: 'https://github.com/octo/site/actions/runs/9' };
    expect(told({ baselineCommit, baselines: { branch: 'main', relation: 'ancestor', behind: 0, expected } })).toContain(
      'Newer baselines of main are expected: those of 9999999 are still being written (https://github.com/octo/site/actions/runs/9).',
    );
  });

  test('those of another checkout, with the line that mends it', () => {
    const ref = '${{ github.event.pull_request.head.sha }}';
    expect(told({ checkout: { commit: baselineCommit, ref } })).toBe(
      'The baselines are those of the commit that is checked out (abc1234), but the pages are those of def5678, so what lies between the two counts as a difference. Check out the commit that is captured: in actions/checkout, set "ref: ${{ github.event.pull_request.head.sha }}".',
    );
    expect(told({ checkout: { commit: baselineCommit } })).toMatch(/Check out the commit that is captured\.$/);
  });
});
