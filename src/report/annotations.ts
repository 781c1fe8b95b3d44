import { formatPlural } from '../basics/format.ts';
import { neutralize, oneLine, shorten } from '../basics/text.ts';
import { fixPageProblem } from '../results/fix-page-problem.ts';
import type { CaptureReport, CaptureStatus, PageProblem, Report } from '../results/model.ts';
import { decideFailReasons, failsStep } from '../results/outcome.ts';
import { statusWords } from '../results/statuses.ts';
import { isAcceptable } from './acceptable.ts';
import { describeComparison, hasWritableBaselines } from './changes.ts';
import { type FailureGroup, groupFailures } from './failures.ts';
import { githubLimits } from './limits.ts';
import { compareBySeverity } from './order.ts';
import { findsCaptures, renderAcceptCommand } from './render-accept-command.ts';
import { allowEmptyHint } from './verdict.ts';
import { explainCapture, findWarnings, type Warning } from './warnings.ts';

export type AnnotationLevel = 'error' | 'warning';

/** A note on a line of the repository. Plain text: whoever emits it escapes it. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export interface AnnotationOptions {
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** How many annotations of each level the step makes besides these. */
  readonly reserved?: { readonly [Level in AnnotationLevel]?: number };
}

/**
 * One annotation for each reason of failure and each changed capture, most severe first, at most as many of each
 * level as GitHub shows; the last one kept says how many more there are. What does not fail the step is a warning.
 */
export function planAnnotations(report: Report, options: AnnotationOptions = {}): Annotation[] {
  const warnings = findWarnings(report);
  const annotations = [
    ...annotateNothingCompared(report),
    ...groupFailures(report)
      .flatMap(splitByCapture)
      .map((group) => annotateFailure(group, report.run.failOn)),
    ...report.captures
      .filter((capture) => needsAnnotation(capture, report.run.failOn))
      .toSorted(compareBySeverity)
      .map((capture) => annotateDifference(capture, report.run)),
    ...warnings.filter(({ kind }) => kind !== 'picture').flatMap((warning) => annotateWarning(warning, report.run.failOn)),
    ...annotatePictures(warnings.filter(({ kind }) => kind === 'picture')),
  ];
  return (['error', 'warning'] as const).flatMap((level) =>
    keepWhatIsShown(
      annotations.filter((annotation) => annotation.level === level),
      githubLimits.annotationsPerStepAndLevel - (options.reserved?.[level] ?? 0),
      options.reportUrl,
    ),
  );
}

/** Where that alone fails the step: what else does has annotations of its own. */
function annotateNothingCompared(report: Report): Annotation[] {
  const { nothingCompared } = report.run;
  if (nothingCompared?.allowed !== false || decideFailReasons(report).length > 0) {
    return [];
  }
  const empty = report.totals.captures === report.totals.removed;
  const fix = empty
    ? 'name what to capture (urls, or targets in the config file)'
    : 'bring the captures and their baselines together';
  return [
    finish({
      level: 'error',
      title: empty ? 'Nothing was captured' : 'Nothing was compared',
      message: `${nothingCompared.reason}\nFix: ${fix}, or ${allowEmptyHint}.`,
    }),
  ];
}

function needsAnnotation(capture: CaptureReport, failOn: readonly CaptureStatus[]): boolean {
  if (capture.status === 'failed' || capture.status === 'skipped') {
    return false;
  }
  return (capture.status === 'changed' && capture.baselineUpdated !== true) || failsStep(capture, failOn);
}

/** A reason of the run is told once; a reason of the captures, for each of them on its own line. */
function splitByCapture(group: FailureGroup): FailureGroup[] {
  return group.runWide
    ? [group]
    : [
        ...group.failed.map((capture) => ({ ...group, failed: [capture], skipped: [] })),
        ...group.skipped.map((capture) => ({ ...group, failed: [], skipped: [capture] })),
      ];
}

function annotateFailure({ failure, failed, skipped, docs }: FailureGroup, failOn: readonly CaptureStatus[]): Annotation {
  const captures = [...failed, ...skipped];
  const hit = captures.length > 1 ? [`${countHit(failed.length, skipped.length)}.`] : [];
  return finish({
    level: captures.some((capture) => failsStep(capture, failOn)) ? 'error' : 'warning',
    title: `${failure.code} — ${titleOf(captures)}`,
    message: [failure.message, ...hit, `Fix: ${failure.fix}`, ...(docs === undefined ? [] : [`See ${docs}`])].join('\n'),
    ...placeOf(captures),
  });
}

function annotateDifference(capture: CaptureReport, run: Report['run']): Annotation {
  const what =
    capture.comparison === undefined ? statusWords[capture.status].meaning : `${describeComparison(capture.comparison)}.`;
  return finish({
    level: failsStep(capture, run.failOn) ? 'error' : 'warning',
    title: `${capture.status} — ${titleOf([capture])}`,
    message: [what, ...explainCapture(capture), `Fix: ${fixDifference(capture, run)}`].join('\n'),
    ...placeOf([capture]),
  });
}

function fixDifference(capture: CaptureReport, run: Report['run']): string {
  if (capture.status === 'removed') {
    return 'if the page is gone on purpose, delete its baseline; if not, bring its target or viewport back.';
  }
  if (capture.pageProblem !== undefined) {
    return fixDoubtfulPage(capture, capture.pageProblem);
  }
  if (hasWritableBaselines(run) && isAcceptable(capture)) {
    return findsCaptures(run)
      ? `if this is meant, take it as the new baseline (${renderAcceptCommand(run, [capture.id])}); if not, look at the report.`
      : 'look at the report; if this is meant, take it as the new baseline with update-baselines: true. The run uploaded no artifact to accept it from.';
  }
  return run.baselineKind === 'url'
    ? 'if this is meant, there is nothing to accept: it is gone once baseline-url shows the same; if not, look at the report.'
    : 'look at the report; if this is meant, it becomes the baseline with the next run that baselines are taken from.';
}

function fixDoubtfulPage({ url, baselineUrl, source }: CaptureReport, problem: PageProblem): string {
  const pages = [url, baselineUrl].filter((page) => page !== undefined).join(' and ');
  const place = source === undefined ? {} : { place: `${source.file}:${source.line}` };
  return fixPageProblem(problem, { ...(pages === '' ? {} : { url: pages }), ...place }, 'off');
}

/** Warnings about captures that have no annotation already; a page that only moves is told in the report. */
function annotateWarning({ kind, title, message, captures }: Warning, failOn: readonly CaptureStatus[]): Annotation[] {
  const untold = captures.filter((capture) => !needsAnnotation(capture, failOn) && capture.status !== 'failed');
  const groups = kind === 'page' ? untold.map((capture) => [capture]) : [untold];
  return kind === 'unstable'
    ? []
    : groups
        .filter((group) => group.length > 0)
        .map((group) =>
          finish({
            level: 'warning',
            title: `${title} — ${titleOf(group)}`,
            message: [message, ...(kind === 'page' ? group.flatMap(fixesOfPage) : [])].join('\n'),
            ...placeOf(group),
          }),
        );
}

function fixesOfPage(capture: CaptureReport): string[] {
  return capture.pageProblem === undefined ? [] : [`Fix: ${fixDoubtfulPage(capture, capture.pageProblem)}`];
}

/** How many notes about pictures an annotation tells; GitHub shows so few warnings that they share the last place. */
const notesInAnnotation = 5;

/** Everything about how pictures were taken, as one annotation, so that it takes no other warning's place. */
function annotatePictures(warnings: readonly Warning[]): Annotation[] {
  const captures = [...new Set(warnings.flatMap((warning) => warning.captures))];
  const lines = warnings.map(({ message, captures: about }) => `${titleOf(about)}: ${message}`);
  const rest = lines.length - notesInAnnotation;
  return captures.length === 0
    ? []
    : [
        finish({
          level: 'warning',
          title: `${warnings[0]?.title ?? ''} — ${titleOf(captures)}`,
          message: [
            ...lines.slice(0, notesInAnnotation),
            ...(rest > 0 ? [`The report tells ${formatPlural(rest, 'more note')}.`] : []),
          ].join('\n'),
          ...placeOf(captures),
        }),
      ];
}

/** `name (viewport)`, or how many captures it is about. */
function titleOf(captures: readonly CaptureReport[]): string {
  const [only, ...others] = captures;
  return only === undefined || others.length > 0
    ? formatPlural(captures.length, 'capture')
    : `${shorten(only.name, 150)} (${shorten(only.viewport.name, 50)})`;
}

function countHit(failed: number, skipped: number): string {
  const parts = [
    ...(failed > 0 ? [`${formatPlural(failed, 'capture')} failed`] : []),
    ...(skipped > 0 ? [`${formatPlural(skipped, 'capture')} not tried`] : []),
  ];
  return parts.join(', ');
}

/** The line that names the target, when all captures share it; a reason of many targets has no line of its own. */
function placeOf(captures: readonly CaptureReport[]): { file?: string; line?: number } {
  const source = captures[0]?.source;
  const shared = captures.every((capture) => capture.source?.file === source?.file && capture.source?.line === source?.line);
  return shared && source !== undefined ? { file: source.file, line: source.line } : {};
}

function finish(annotation: Annotation): Annotation {
  return {
    ...annotation,
    title: shorten(oneLine(annotation.title), githubLimits.annotationTitleLength),
    // Four bytes a character at most, and room for the sentence that says how many more there are.
    message: shorten(neutralize(annotation.message), githubLimits.annotationMessageBytes / 4 - 1000),
  };
}

function keepWhatIsShown(annotations: readonly Annotation[], room: number, reportUrl: string | undefined): Annotation[] {
  const kept = annotations.slice(0, Math.max(room, 0));
  const last = kept.at(-1);
  const dropped = annotations.length - kept.length;
  if (last === undefined || dropped === 0) {
    return kept;
  }
  const where = `the step summary and ${reportUrl === undefined ? 'report.html in the artifact' : reportUrl}`;
  const more = `${formatPlural(dropped, `more ${last.level}`)} like this: read them in ${where}.`;
  return [...kept.slice(0, -1), { ...last, message: `${last.message}\n${more}` }];
}
