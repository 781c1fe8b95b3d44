import { neutralize } from '../basics/text.ts';
import type { CaptureReport, Report } from '../results/model.ts';
import { failsStep } from '../results/outcome.ts';
import { statusWords } from '../results/statuses.ts';
import { describeComparison } from './changes.ts';
import { groupByTarget } from './order.ts';
import { explainCapture } from './warnings.ts';

/**
 * junit.xml for test views of CI servers: a suite for each target, a case for each viewport. A status fails its case
 * only where it would fail the step (`fail-on`), so that both say the same.
 */
export function renderJunit(report: Report): string {
  const groups = groupByTarget(report.captures);
  const suites = groups.map(({ name, captures }) => {
    const cases = captures.map((capture) => renderCase(capture, report));
    return element('testsuite', { name, ...countCases(captures, report), time: seconds(sumDuration(captures)) }, cases);
  });
  const all = { name: 'visual-capture', ...countCases(report.captures, report), time: seconds(report.run.durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', all, suites)}\n`;
}

type CaseResult = 'passed' | 'failure' | 'error' | 'skipped';

function decideResult(capture: CaptureReport, report: Report): CaseResult {
  const undecided = capture.status === 'failed' || capture.status === 'skipped';
  if (failsStep(capture, report.run.failOn)) {
    return undecided ? 'error' : 'failure';
  }
  return undecided ? 'skipped' : 'passed';
}

function countCases(captures: readonly CaptureReport[], report: Report): Record<string, string> {
  const count = (result: CaseResult): string =>
    String(captures.filter((capture) => decideResult(capture, report) === result).length);
  return { tests: String(captures.length), failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function renderCase(capture: CaptureReport, report: Report): string {
  const { name, viewport, source } = capture;
  const attributes = {
    name: viewport.name,
    classname: name,
    time: seconds(capture.durationMs),
    ...(source === undefined ? {} : { file: source.file, line: String(source.line) }),
  };
  const type = capture.error?.code ?? capture.status;
  const result = decideResult(capture, report);
  switch (result) {
    case 'passed':
      return element('testcase', attributes, renderOutput(capture));
    case 'skipped':
      return element('testcase', attributes, [element('skipped', { message: describe(capture) })]);
    case 'failure':
    case 'error':
      return element('testcase', attributes, [
        element(result, { type, message: describe(capture) }, [escapeXml(explain(capture))]),
      ]);
    default:
      return result satisfies never;
  }
}

/** What a passed case has to say: nothing, for a page that is as it was. */
function renderOutput(capture: CaptureReport): string[] {
  const sentences = [...(capture.status === 'unchanged' ? [] : [describe(capture)]), ...explainCapture(capture)];
  return sentences.length === 0 ? [] : [element('system-out', {}, [escapeXml(sentences.join('\n'))])];
}

function describe({ error, comparison, status }: CaptureReport): string {
  if (error !== undefined) {
    return error.message;
  }
  return comparison === undefined
    ? statusWords[status].meaning
    : `${statusWords[status].label}: ${describeComparison(comparison)}.`;
}

function explain(capture: CaptureReport): string {
  const lines = [
    ...explainCapture(capture),
    ...(capture.url === undefined ? [] : [`URL: ${capture.url}`]),
    ...(capture.error === undefined ? [] : [`Fix: ${capture.error.fix}`]),
    ...Object.entries(capture.files).map(([kind, path]) => `${kind}: ${[path].flat().join(', ')}`),
  ];
  return `${describe(capture)}\n${lines.join('\n')}`;
}

function sumDuration(captures: readonly CaptureReport[]): number {
  return captures.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** JUnit counts in seconds. */
function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

function element(name: string, attributes: Readonly<Record<string, string>>, children: readonly string[] = []): string {
  const head = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(value).replaceAll('\n', '&#10;')}"`),
  ].join(' ');
  if (children.length === 0) {
    return `<${head}/>`;
  }
  const isText = children.every((child) => !child.startsWith('<'));
  return isText ? `<${head}>${children.join('')}</${name}>` : `<${head}>\n${indent(children.join('\n'))}\n</${name}>`;
}

function indent(lines: string): string {
  return lines.replace(/^(?=\s*<)/gm, '  ');
}

/** XML 1.0 has no way to write most control characters, so those are spelled out. */
function escapeXml(value: string): string {
  return neutralize(value)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
