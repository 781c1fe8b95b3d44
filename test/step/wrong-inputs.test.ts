import { expect, it } from 'vitest';
import type { Problem } from '../../src/errors/problem.ts';
import { githubLimits } from '../../src/report/limits.ts';
import { annotateProblems, renderProblemsSummary } from '../../src/step/wrong-inputs.ts';

const problems = (count: number): Problem[] =>
  Array.from({ length: count }, (_, index) => ({
    place: { kind: 'file', file: 'visual-capture.yml', line: index + 1 },
    message: `threshold must be <b>, not "@${index}"`,
  }));

it('annotates each wrong input on its line', () => {
  expect(annotateProblems([...problems(1), { place: { kind: 'input', name: 'urls' }, message: 'nothing' }])).toEqual([
    { level: 'error', title: 'Wrong input', message: 'threshold must be <b>, not "@0"', file: 'visual-capture.yml', line: 1 },
    { level: 'error', title: 'Wrong input', message: 'nothing' },
  ]);
});

it('says in the last annotation that GitHub shows how many more there are', () => {
  const messages = annotateProblems(problems(14)).map(({ message }) => message);
  expect(messages).toHaveLength(10);
  expect(messages[9]).toBe('threshold must be <b>, not "@9"\n4 more wrong inputs: read them in the step summary or the log.');
  expect(annotateProblems(problems(10)).at(-1)?.message).toBe('threshold must be <b>, not "@9"');
});

it('lists all in the summary, as text', () => {
  expect(renderProblemsSummary(problems(14)).split('\n')).toHaveLength(16);
  expect(renderProblemsSummary(problems(1))).toBe(
    '### ❌ Visual Capture: One input is wrong; nothing was captured\n' +
      '- <code>visual-capture.yml:1</code> threshold must be &#60;b&#62;, not &#34;&#64;&#8203;0&#34;\n',
  );
});

it('stays below the size over which GitHub drops a summary', () => {
  const summary = renderProblemsSummary(problems(20_000));
  expect(Buffer.byteLength(summary)).toBeLessThan(githubLimits.summaryBytes);
  expect(summary).toMatch(/\n[\d,]+ more wrong inputs in the log\.\n$/);
});
