import { describe, expect, test } from 'vitest';
import { type Annotation, planAnnotations } from '../../src/report/annotations.ts';
import { githubLimits } from '../../src/report/limits.ts';
import type { Report } from '../../src/results/model.ts';
import {
  doubtful,
  everyStatus,
  hostile,
  makeCapture,
  makeComparison,
  makeFailure,
  makeReport,
  outOfCredits,
} from './support/reports.ts';

test.each([
  ['every-status', everyStatus()],
  ['out-of-credits', outOfCredits()],
  ['doubtful', doubtful()],
  ['hostile', hostile()],
])('golden: %s', async (name, report) => {
  await expect(render(planAnnotations(report))).toMatchFileSnapshot(`../golden/annotations-${name}.txt`);
});

describe('GitHub shows ten of each level', () => {
  const many = makeReport(
    Array.from({ length: 30 }, (_, index) =>
      makeCapture(`page-${index}`, { status: 'changed', comparison: makeComparison({ diffRatio: (index + 1) / 100 }) }),
    ),
  );

  test('the ten largest changes are kept and the last one says how many more there are, and where', () => {
    const annotations = planAnnotations(many, { reportUrl: 'https://example.test/report' });
    expect(annotations).toHaveLength(githubLimits.annotationsPerStepAndLevel);
    expect(annotations[0]?.title).toBe('changed — page-29 (1280x800)');
    expect(annotations[9]?.message).toContain(
      '20 more errors like this: read them in the step summary and https://example.test/report.',
    );
    expect(annotations[8]?.message).not.toContain('more errors');
  });

  test('annotations that the step makes besides take their share', () => {
    const annotations = planAnnotations(many, { reserved: { error: 1 } });
    expect(annotations).toHaveLength(9);
    expect(annotations[8]?.message).toContain('21 more errors');
  });

  test('errors and warnings have ten each', () => {
    const failed = Array.from({ length: 12 }, (_, index) =>
      makeCapture(`broken-${index}`, { status: 'failed', error: makeFailure('selector_not_found') }),
    );
    const report = makeReport([...many.captures, ...failed], { run: { failOn: ['failed'] } });
    const levels = planAnnotations(report).map(({ level }) => level);
    expect(levels).toEqual([...Array(10).fill('error'), ...Array(10).fill('warning')]);
  });
});

test('what does not fail the step is a warning', () => {
  const report = makeReport(everyStatus().captures, { run: { failOn: [] } });
  expect(new Set(planAnnotations(report).map(({ level }) => level))).toEqual(new Set(['warning']));
});

test('a status that fails the step is annotated even if it is neither failed nor changed', () => {
  const report = makeReport([makeCapture('new', { status: 'added' })], { run: { failOn: ['added'] } });
  expect(planAnnotations(report)).toMatchObject([
    { level: 'error', title: 'added — new (1280x800)', file: 'visual-capture.yml', line: 6 },
  ]);
});

test('a change that was taken as the new baseline needs no annotation', () => {
  expect(planAnnotations(makeReport([makeCapture('a', { status: 'changed', baselineUpdated: true })]))).toEqual([]);
});

test('a reason of the run has a line only when all captures stand on it', () => {
  const busy = (line: number) =>
    makeCapture('a', { status: 'failed', error: makeFailure('engine_busy'), source: { file: 'visual-capture.yml', line } });
  expect(planAnnotations(makeReport([busy(3), busy(3)]))).toMatchObject([{ line: 3 }]);
  expect(planAnnotations(makeReport([busy(3), busy(4)]))[0]).not.toHaveProperty('line');
});

test('titles and messages stay within what GitHub takes', () => {
  const name = 'n'.repeat(500);
  const error = makeFailure('unexpected_response', { detail: '漢'.repeat(100_000) });
  const [annotation] = planAnnotations(makeReport([makeCapture(name, { status: 'failed', error })]));
  expect([...(annotation?.title ?? '')].length).toBeLessThanOrEqual(githubLimits.annotationTitleLength);
  expect(Buffer.byteLength(annotation?.message ?? '')).toBeLessThanOrEqual(githubLimits.annotationMessageBytes);
});

function render(annotations: readonly Annotation[]): string {
  return annotations
    .map(
      ({ level, title, message, file, line }) =>
        `${level} ${file === undefined ? '(no line)' : `${file}:${line}`}\n${title}\n${message}\n`,
    )
    .join('\n');
}

test.each([
  [
    'a change against baseline-url',
    { status: 'changed', baselineUrl: 'https://www.dev/a', comparison: makeComparison() },
    'url',
    'once baseline-url shows the same',
  ],
  ['a change against an artifact', { status: 'changed', comparison: makeComparison() }, 'artifact', 'look at the report'],
  ['a removed capture', { status: 'removed' }, 'directory', 'delete its baseline; if not, bring its target'],
  [
    'a doubtful page',
    { pageProblem: { kind: 'error_status', message: 'HTTP 500.' } },
    'directory',
    'Open https://preview.example/a (visual-capture.yml:6) in a private window',
  ],
] as const)('%s is told with what to do', (_, change, baselineKind, fix) => {
  const report = makeReport([makeCapture('a', change)], { run: { baselineKind, failOn: ['changed', 'removed'] } });
  expect(planAnnotations(report).map(({ message }) => message)).toEqual([expect.stringMatching(/\nFix: /)]);
  expect(planAnnotations(report)[0]?.message).toContain(fix);
});

test('a change of a run that uploaded nothing is not told to be accepted from there', () => {
  const ci = { url: 'https://github.com/acme/site/actions/runs/1', commit: 'a'.repeat(40) };
  const change = makeCapture('a', {
    status: 'changed',
    comparison: makeComparison(),
    files: { actual: 'actual/a/1280x800.png' },
  });
  const message = (run: Partial<Report['run']>): string | undefined =>
    planAnnotations(makeReport([change], { run: { ci, ...run } }))[0]?.message;
  expect(message({ ci: { ...ci, artifactName: 'shots' } })).toContain('visual-capture accept --run 1');
  expect(message({})).toContain('with update-baselines: true. The run uploaded no artifact to accept it from.');
  expect(message({})).not.toContain('visual-capture accept');
});

test('what is told about pictures takes the last place alone, however much there is', () => {
  const doubtfulPages = Array.from({ length: 4 }, (_, n) =>
    makeCapture(`page-${n}`, { pageProblem: { kind: 'blank', message: 'The picture shows nothing.' } }),
  );
  const noted = Array.from({ length: 12 }, (_, n) =>
    makeCapture(`feed-${n}`, { pageWarnings: [{ kind: 'endless', heightPx: 30_000 + n }] }),
  );
  const annotations = planAnnotations(makeReport([...noted, ...doubtfulPages]));
  expect(annotations.map(({ title }) => title.split(' — ')[0])).toEqual([
    ...doubtfulPages.map(() => 'May not be the intended page'),
    'About the picture',
  ]);
  expect(annotations.at(-1)?.message).toContain('The report tells 7 more notes.');
});
