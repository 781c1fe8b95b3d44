import { expect, test } from 'vitest';
import { type AcceptHintOptions, renderAcceptHint } from '../../../src/report/markdown/accept-hint.ts';
import { tellChanges } from '../../../src/report/tell-changes.ts';
import type { RunReport } from '../../../src/results/model.ts';
import { inWorkflow, makeCapture, makeComparison, makeReport } from '../support/reports.ts';

const changed = makeCapture('pricing', {
  status: 'changed',
  comparison: makeComparison(),
  files: { actual: 'actual/pricing/1280x800.png' },
});

function hint(options: AcceptHintOptions = {}, run: Partial<RunReport> = {}, captures = [changed]): string | undefined {
  const report = inWorkflow(makeReport(captures), run);
  const artifactUrl = 'https://github.com/acme/site/actions/runs/1/artifacts/2';
  return renderAcceptHint(report, tellChanges(report), { artifactUrl, ...options })
    ?.replace(/<\/?code>/g, '`')
    .replaceAll('&#60;', '<')
    .replaceAll('&#62;', '>');
}

test('on a pull request: the comment, or the command for this very run', () => {
  const own = '**Meant?** Comment `/visual accept` or `/visual accept <ids>`, where the accept workflow is set up, or run';
  expect(hint({ pullRequestHead: 'own' })).toBe(`${own} \`visual-capture accept --run 1\` on this commit.`);
  expect(hint({ pullRequestHead: 'own' }, { baselineKind: 'ref' })).toBe(
    `${own} \`visual-capture accept --run 1 --baseline ref\` on this commit.`,
  );
});

test('from a fork: its branch is its author’s, a ref is not', () => {
  expect(hint({ pullRequestHead: 'fork' })).toBe(
    '**Meant?** The author of the pull request runs `visual-capture accept --run 1 --repository acme/site` on this commit, and commits the baselines.',
  );
  expect(hint({ pullRequestHead: 'fork' }, { baselineKind: 'ref' })).toContain('Comment `/visual accept`');
});

test('without a pull request: the command alone', () => {
  expect(hint()).toBe('**Meant?** Run `visual-capture accept --run 1` on this commit.');
});

test.each([
  ['nothing that could be accepted', {}, {}, [makeCapture('index')]],
  ['baselines that cannot be written', {}, { baselineKind: 'artifact' as const }, [changed]],
  ['an artifact that was not uploaded', { artifactUrl: undefined }, {}, [changed]],
  [
    'no artifact asked for',
    {},
    { ci: { url: 'https://github.com/acme/site/actions/runs/1', commit: 'a'.repeat(40) } },
    [changed],
  ],
])('nothing with %s', (_, options, run, captures) => {
  expect(hint(options as AcceptHintOptions, run, captures)).toBeUndefined();
});
