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
import { commentOnPullRequest } from './comment.ts';
import type { CheckedRun, WrittenReport } from './written-report.ts';

/** Shows a report to people in every place that GitHub has for it: artifacts, summary, log, annotations, outputs. */
export async function publishReport(written: WrittenReport, step: WorkflowStep): Promise<void> {
  const { settings, report, output } = written;
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
    ...defined({ pullRequestHead: headOf(written.checked ?? workflowRun) }),
    limitBytes: githubLimits.summaryBytes,
  });
  const lostSummary = await publishSummary(summary, env);
  const comment = await commentOnPullRequest(written, { ...reportUrl, ...artifactUrl }, step);
  const warnings = [
    ...artifact.warnings,
    ...(lostSummary === undefined ? [] : [lostSummary]),
    ...(comment.kind === 'failed' ? [comment.warning] : []),
  ];

  const shown = written.checked === undefined && artifact.everything === undefined ? withoutArtifact(report) : report;
  log.info(renderTerminalSummary(shown, { color: true, reportPath: artifact.reportUrl ?? `${output.path}/${reportPaths.html}` }));
  log.info(describeComment(comment));
  publishAnnotations([
    ...(written.checked === undefined ? planAnnotations(shown, { ...reportUrl, reserved: { warning: warnings.length } }) : []),
    ...warnings.map((message): Annotation => ({ level: 'warning', title: 'Visual Capture', message })),
  ]);
  publishOutputs(
    planOutputs(
      report,
      { results: output.resolve(reportPaths.json), report: output.resolve(reportPaths.html) },
      artifact,
      comment,
    ),
  );
}

/** As nothing was uploaded, there is nothing to accept from. */
function withoutArtifact(report: Report): Report {
  const { ci, ...run } = report.run;
  return ci === undefined ? report : { ...report, run: { ...run, ci: { url: ci.url, commit: ci.commit } } };
}

/** Of the pull request that the run itself knows of; of others the comment tells. */
function headOf(run: CheckedRun | undefined): PullRequestHead | undefined {
  if (run?.pullRequest.kind !== 'known') {
    return undefined;
  }
  return run.pullRequest.pullRequest.fork ? 'fork' : 'own';
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
