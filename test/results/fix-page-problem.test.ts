import { describe, expect, test } from 'vitest';
import { fixPageProblem } from '../../src/results/fix-page-problem.ts';
import { pageProblemKinds } from '../../src/results/model.ts';

const about = { url: 'https://pr.example/a', place: 'visual-capture.yml:6' };

describe('what to do about a doubtful page', () => {
  test.each(pageProblemKinds)('%s names the page, its line and the way to let it be', (kind) => {
    const fix = fixPageProblem({ kind }, about, 'off');
    expect(fix).toContain('https://pr.example/a');
    expect(fix).toContain('(visual-capture.yml:6)');
    expect(fix).toMatch(/ set page-check: off in its target\.$/);
    expect(fixPageProblem({ kind }, {}, 'off')).not.toMatch(/undefined|\(\)/);
  });

  test('fits the status', () => {
    const fix = (status: number): string => fixPageProblem({ kind: 'error_status', status }, about, 'off');
    expect(fix(401)).toContain('private window');
    expect(fix(404)).toContain('expect-status: 404');
    expect(fix(500)).toContain('the log of its server');
    expect(fix(200)).not.toContain('expect-status');
  });
});
