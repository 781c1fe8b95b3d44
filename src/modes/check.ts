import { type Checked, check } from '../check.ts';
import { lineProgress } from '../progress/lines.ts';
import { publishAnnotations } from '../publish/annotations.ts';
import { publishArtifact } from '../publish/artifact.ts';
import { planOutputs, publishOutputs } from '../publish/outputs.ts';
import { publishSummary } from '../publish/summary.ts';
import { type Annotation, planAnnotations } from '../report/annotations.ts';
import { githubLimits } from '../report/limits.ts';
import { renderSummary } from '../report/markdown/summary.ts';
import { decideStepFails } from '../report/outcome.ts';
import { reportPaths } from '../report/registry.ts';
import { renderTerminalSummary } from '../report/terminal.ts';
import { systemClock } from '../system/clock.ts';
import type { Step } from './step.ts';

/** `mode: check`: captures, compares, and publishes what came of it. Returns whether the step passes. */
export async function runCheck(step: Step): Promise<boolean> {
  const checked = await checkInWorkflow(step);
  await publish(checked, step);
  if (checked.fault !== undefined) {
    throw checked.fault;
  }
  return !decideStepFails(checked.report);
}

function checkInWorkflow({ values, env, workflowRun, parts, log, signal }: Step): Promise<Checked> {
  return check(
    {
      values,
      env,
      ...(workflowRun?.workflow === undefined ? {} : { workflow: workflowRun.workflow }),
      fork: workflowRun?.fork ?? false,
      purpose: 'check',
    },
    {
      directory: env['GITHUB_WORKSPACE'] ?? process.cwd(),
      parts,
      log,
      progress: () => lineProgress(log, systemClock),
      ...(workflowRun === undefined ? {} : { ci: { url: workflowRun.url, commit: workflowRun.commit } }),
    },
    signal,
  );
}

async function publish({ inputs, report, output }: Checked, { env, workflowRun, log }: Step): Promise<void> {
  const written = new Set(await output.list());
  const files = [...report.captures.flatMap((capture) => Object.values(capture.files)), ...Object.values(reportPaths)].filter(
    (path) => written.has(path),
  );
  log.startGroup('Artifacts');
  const artifact = await publishArtifact(inputs.artifact, output, files, workflowRun?.url ?? '', env);
  log.endGroup();

  const reportUrl = artifact.reportUrl === undefined ? {} : { reportUrl: artifact.reportUrl };
  const artifactUrl = artifact.everything === undefined ? {} : { artifactUrl: artifact.everything.url };
  const summary = renderSummary(report, { ...reportUrl, ...artifactUrl, limitBytes: githubLimits.summaryBytes });
  const lostSummary = await publishSummary(summary, env);
  const warnings = [...artifact.warnings, ...(lostSummary === undefined ? [] : [lostSummary])];

  log.info(
    renderTerminalSummary(report, { color: true, reportPath: artifact.reportUrl ?? `${output.path}/${reportPaths.html}` }),
  );
  publishAnnotations([
    ...planAnnotations(report, { ...reportUrl, reserved: { warning: warnings.length } }),
    ...warnings.map((message): Annotation => ({ level: 'warning', title: 'Visual Capture', message })),
  ]);
  publishOutputs(
    planOutputs(report, { results: output.resolve(reportPaths.json), report: output.resolve(reportPaths.html) }, artifact),
  );
}
