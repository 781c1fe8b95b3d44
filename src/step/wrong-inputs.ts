import { formatPlural } from '../basics/format.ts';
import { type Problem, renderHeadline, sourceOf } from '../errors/problem.ts';
import type { Annotation } from '../report/annotations.ts';
import { githubLimits } from '../report/limits.ts';
import { code, escapeMarkdown } from '../report/markdown/escape.ts';

/** Each wrong input on its line, as many as GitHub shows; the last one kept says how many more there are. */
export function annotateProblems(problems: readonly Problem[]): Annotation[] {
  const shown = githubLimits.annotationsPerStepAndLevel;
  const dropped = problems.length - shown;
  return problems.slice(0, shown).map(({ place, message }, index) => ({
    level: 'error',
    title: 'Wrong input',
    message:
      dropped > 0 && index === shown - 1
        ? `${message}\n${formatPlural(dropped, 'more wrong input')}: read them in the step summary or the log.`
        : message,
    ...sourceOf(place),
  }));
}

/** All wrong inputs for the step summary, as markdown; beyond its size limit, those that fit. */
export function renderProblemsSummary(problems: readonly Problem[]): string {
  const head = `### ❌ Visual Capture: ${escapeMarkdown(renderHeadline(problems))}\n`;
  const items = problems.map(({ place, message }) => {
    const source = sourceOf(place);
    return `- ${source === undefined ? '' : `${code(`${source.file}:${source.line}`)} `}${escapeMarkdown(message)}\n`;
  });
  let sizeBytes = Buffer.byteLength(head) + 100;
  const fitting = items.filter((item) => {
    sizeBytes += Buffer.byteLength(item);
    return sizeBytes <= githubLimits.summaryBytes;
  });
  const left = items.length - fitting.length;
  return `${[head, ...fitting, ...(left > 0 ? [`\n${formatPlural(left, 'more wrong input')} in the log.\n`] : [])].join('')}`;
}
