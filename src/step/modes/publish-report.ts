import { formatPlural } from '../../basics/format.ts';
import { defined } from '../../basics/record.ts';
import { publishAnnotations } from '../../publish/annotations.ts';
import { type PublishedArtifact, planUpload, publishArtifact, type UploadPlan } from '../../publish/artifact.ts';
import type { PublishedComment } from '../../publish/comment/publish-comment.ts';
import { planOutputs, publishOutputs } from '../../publish/outputs.ts';
import type { ToldStatus } from '../../publish/status/commit-status.ts';
import { openSummary, type StepSummary } from '../../publish/summary.ts';
import { type Annotation, planAnnotations } from '../../report/annotations.ts';
import { renderCommitStatus } from '../../report/commit-status.ts';
import type { PullRequestHead } from '../../report/markdown/accept-hint.ts';
import { renderSummary } from '../../report/markdown/summary.ts';
import { renderTerminalSummary } from '../../report/terminal.ts';
import type { Report } from '../../results/model.ts';
import { pathsOf, reportPaths } from '../../results/output-paths.ts';
import { systemClock } from '../../system/clock.ts';
import { unlessStopped } from '../../system/unless-stopped.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { commentOnPullRequests } from './comment.ts';
import type { ReportedRun, WrittenReport } from './written-report.ts';

/**
 * Shows a report to people in every place that GitHub has for it. Its files are written by now; then comes what is at hand
 * and cannot hang, whole: summary, outputs, log and annotations. Only after it come the services, which may fail or never
 * answer, and a run that is cancelled meanwhile has lost nothing but them: the artifact, the status, the comment. What depends on
 * them, addresses in the summary and in the outputs, is told once more when it is known. Annotations cannot be told twice,
 * so those about the services have their places kept.
 */
export async function publishReport(written: WrittenReport, step: WorkflowStep): Promise<void> {
  const upload = planUpload(written.settings.artifact, written.output.path, step.env);
  const summary = await openSummary(step.env);
  const lost = [await tellSummary(written, {}, summary), await tellOutputs(written, {}, [])];
  tellLog(written, upload, step);
  tellAnnotations(written, upload, lost, step);

  const uploading: Promise<PublishedArtifact> =
    upload.kind === 'possible' ? uploadArtifact(written, upload, step) : Promise.resolve({});
  const telling = tellStatus(written, uploading, step);
  const artifact = await uploading;
  const reportUrl = reportUrlOf(artifact);
  if (reportUrl !== undefined) {
    await tellSummary(written, artifact, summary);
    await tellOutputs(written, artifact, []);
    step.log.info(`Report: ${reportUrl}`);
  }
  const status = await telling;
  const comments = await commentOnPullRequests(written, linksOf(artifact), step);
  for (const comment of comments) {
    step.log.info(describeComment(comment));
  }
  await tellOutputs(written, artifact, comments);
  const failed = comments.flatMap((comment) => (comment.kind === 'failed' ? [comment.warning] : []));
  warn(
    [
      artifact.warning,
      status?.kind === 'failed' ? status.warning : undefined,
      failed.length === 0 ? undefined : failed.join('\n'),
    ].filter((warning) => warning !== undefined),
  );
}

/**
 * Gives the captured commit its status, with the address of the report. A job that is cancelled has seconds: its status does
 * not wait for an upload then.
 */
async function tellStatus(
  { report, status, fails, fault }: WrittenReport,
  uploading: Promise<PublishedArtifact>,
  { signal, log }: WorkflowStep,
): Promise<ToldStatus | undefined> {
  if (status === undefined) {
    return undefined;
  }
  const artifact = await unlessStopped(signal, () => uploading);
  const text = renderCommitStatus(report, fails || fault !== undefined || signal.aborted);
  const told = await status.end(text, artifact === undefined ? undefined : reportUrlOf(artifact));
  log.info(told.kind === 'told' ? `Status ${told.name}: ${text.state}` : 'No status: see the warning.');
  return told;
}

function reportUrlOf({ reportUrl, everything }: PublishedArtifact): string | undefined {
  return reportUrl ?? everything?.url;
}

/** Returns what did not work. */
function tellSummary(
  { report, run }: WrittenReport,
  artifact: PublishedArtifact,
  summary: StepSummary,
): Promise<string | undefined> {
  const pullRequestHead = headOf(run);
  const { limitBytes } = summary;
  return summary.write(renderSummary(report, { ...linksOf(artifact), ...defined({ pullRequestHead }), limitBytes }));
}

/** Returns what did not work. */
function tellOutputs(
  { report, output }: WrittenReport,
  artifact: PublishedArtifact,
  comments: readonly PublishedComment[],
): Promise<string | undefined> {
  const paths = { results: output.resolve(reportPaths.json), report: output.resolve(reportPaths.html) };
  return publishOutputs(planOutputs(report, paths, artifact, comments));
}

function tellLog(written: WrittenReport, upload: UploadPlan, { log }: WorkflowStep): void {
  const reportPath = `${written.output.path}/${reportPaths.html}`;
  log.info(renderTerminalSummary(shownReport(written, upload), { color: true, reportPath }));
}

function tellAnnotations(
  written: WrittenReport,
  upload: UploadPlan,
  lost: readonly (string | undefined)[],
  { annotated, signal }: WorkflowStep,
): void {
  const warnings = [upload.kind === 'impossible' ? upload.warning : undefined, ...lost].filter((text) => text !== undefined);
  // Places for what the services may yet come to, and for what ends the step.
  const services =
    (upload.kind === 'possible' ? 1 : 0) +
    (written.status === undefined ? 0 : 1) +
    (written.settings.comment.when === 'never' ? 0 : 1);
  const reserved = {
    warning: annotated.warning + warnings.length + services,
    error: annotated.error + (signal.aborted || written.fault !== undefined ? 1 : 0),
  };
  // Who publishes for another run repeats none of its annotations.
  if (written.run?.by !== 'other') {
    publishAnnotations(planAnnotations(shownReport(written, upload), { reserved }));
  }
  warn(warnings);
}

function warn(messages: readonly string[]): void {
  publishAnnotations(messages.map((message): Annotation => ({ level: 'warning', title: 'Visual Capture', message })));
}

async function uploadArtifact(
  { report, output }: WrittenReport,
  upload: Extract<UploadPlan, { kind: 'possible' }>,
  { log, workflowRun, timeUp }: WorkflowStep,
): Promise<PublishedArtifact> {
  // Asked one by one: the folder may be the top of a repository.
  const files: string[] = [];
  for (const path of [...report.captures.flatMap((capture) => pathsOf(capture.files)), ...Object.values(reportPaths)]) {
    if ((await output.sizeOf(path)) !== undefined) {
      files.push(path);
    }
  }
  const task = { output, files, runUrl: workflowRun?.url ?? '' };
  log.startGroup(`Artifacts: ${formatPlural(files.length, 'file')}`);
  const published = await publishArtifact(upload, task, { clock: systemClock, signal: timeUp });
  log.endGroup();
  return published;
}

function linksOf({ reportUrl, everything }: PublishedArtifact): { reportUrl?: string; artifactUrl?: string } {
  return defined({ reportUrl, artifactUrl: everything?.url });
}

/** Where nothing is uploaded there is nothing to accept from. */
function shownReport({ report, run }: WrittenReport, upload: UploadPlan): Report {
  const { ci, ...facts } = report.run;
  return upload.kind === 'possible' || run?.by === 'other' || ci === undefined
    ? report
    : { ...report, run: { ...facts, ci: { url: ci.url, commit: ci.commit } } };
}

/** Where the pull requests come from; undefined where there is none. */
function headOf(run: ReportedRun | undefined): PullRequestHead | undefined {
  if (run?.pullRequests.kind !== 'found') {
    return undefined;
  }
  return run.pullRequests.pullRequests.some(({ fork }) => fork) ? 'fork' : 'own';
}

function describeComment(comment: PublishedComment): string {
  switch (comment.kind) {
    case 'written':
      return `Comment: ${comment.url}`;
    case 'none':
      return `No comment: ${comment.reason}.`;
    case 'failed':
      return `No comment: see the warning.`;
  }
}
