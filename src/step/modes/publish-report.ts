import { defined } from '../../basics/record.ts';
import { publishAnnotations } from '../../publish/annotations.ts';
import { publishArtifact } from '../../publish/artifact.ts';
import type { PublishedComment } from '../../publish/comment/publish-comment.ts';
import { planOutputs, publishOutputs } from '../../publish/outputs.ts';
import { publishSummary } from '../../publish/summary.ts';
import { type Annotation, planAnnotations } from '../../report/annotations.ts';
import { githubLimits } from '../../report/limits.ts';
import type { PullRequestHead } from '../../report/markdown/accept-hint.ts';
import { renderSummary } from '../../report/markdown/summary.ts';
import { renderTerminalSummary } from '../../report/terminal.ts';
import type { Report } from '../../results/model.ts';
import { pathsOf, reportPaths } from '../../results/output-paths.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { commentOnPullRequests } from './comment.ts';
import type { ReportedRun, WrittenReport } from './written-report.ts';

/** Shows a report to people in every place that GitHub has for it: artifacts, summary, log, annotations, outputs. */
export async function publishReport(written: WrittenReport, step: WorkflowStep): Promise<void> {
  const { settings, report, output, run } = written;
  const isOwn = run?.by !== 'other';
  const { env, workflowRun, log } = step;
  const there = new Set(await output.list());
  const files = [...report.captures.flatMap((capture) => pathsOf(capture.files)), ...Object.values(reportPaths)].filter((path) =>
    there.has(path),
  );
  log.startGroup('Artifacts');
  const artifact = await publishArtifact(settings.artifact, output, files, workflowRun?.url ?? '', env);
  log.endGroup();

  const reportUrl = artifact.reportUrl === undefined ? {} : { reportUrl: artifact.reportUrl };
  const artifactUrl = artifact.everything === undefined ? {} : { artifactUrl: artifact.everything.url };
  const summary = renderSummary(report, {
    ...reportUrl,
    ...artifactUrl,
    ...defined({ pullRequestHead: headOf(run) }),
    limitBytes: githubLimits.summaryBytes,
  });
  const lostSummary = await publishSummary(summary, env);
  const comments = await commentOnPullRequests(written, { ...reportUrl, ...artifactUrl }, step);
  const warnings = [
    ...artifact.warnings,
    ...(lostSummary === undefined ? [] : [lostSummary]),
    ...comments.flatMap((comment) => (comment.kind === 'failed' ? [comment.warning] : [])),
  ];

  const shown = isOwn && artifact.everything === undefined ? withoutArtifact(report) : report;
  log.info(renderTerminalSummary(shown, { color: true, reportPath: artifact.reportUrl ?? `${output.path}/${reportPaths.html}` }));
  for (const comment of comments) {
    log.info(describeComment(comment));
  }
  publishAnnotations([
    ...(isOwn ? planAnnotations(shown, { ...reportUrl, reserved: { warning: warnings.length } }) : []),
    ...warnings.map((message): Annotation => ({ level: 'warning', title: 'Visual Capture', message })),
  ]);
  publishOutputs(
    planOutputs(
      report,
      { results: output.resolve(reportPaths.json), report: output.resolve(reportPaths.html) },
      artifact,
      comments,
    ),
  );
}

/** As nothing was uploaded, there is nothing to accept from. */
function withoutArtifact(report: Report): Report {
  const { ci, ...run } = report.run;
  return ci === undefined ? report : { ...report, run: { ...run, ci: { url: ci.url, commit: ci.commit } } };
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
