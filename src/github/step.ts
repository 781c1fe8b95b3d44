import * as core from '@actions/core';
import { type Checked, check } from '../check.ts';
import { isUserError } from '../errors/user-error.ts';
import type { Environment } from '../inputs/environment.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { InputError, sourceOf } from '../inputs/problem.ts';
import { invocationInputNames } from '../inputs/spec.ts';
import type { Parts } from '../parts.ts';
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
import { readWorkflowRun, type WorkflowRun } from './context.ts';
import { readStepInputs } from './step-inputs.ts';
import { stepLog } from './step-log.ts';

/** Runs the check as a workflow step and publishes what came of it. Returns whether the step passes; never throws. */
export async function runStep(env: Environment, parts: Parts, signal: AbortSignal): Promise<boolean> {
  try {
    const workflowRun = readWorkflowRun(env);
    const checked = await checkInWorkflow(env, workflowRun, parts, signal);
    await publish(checked, workflowRun, env);
    return !decideStepFails(checked.report);
  } catch (error) {
    publishAnnotations(annotateError(error));
    publishOutputs({ outcome: 'failed' });
    return false;
  }
}

async function checkInWorkflow(
  env: Environment,
  workflowRun: WorkflowRun | undefined,
  parts: Parts,
  signal: AbortSignal,
): Promise<Checked> {
  const { values, unknown } = readStepInputs(env);
  const apiKey = values.get('api-key');
  if (apiKey !== undefined) {
    core.setSecret(apiKey.trim());
  }
  for (const name of unknown) {
    core.warning(`The input "${name}" is not known and has no effect. ${suggestKnown(name, invocationInputNames)}`);
  }
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
      log: stepLog,
      progress: () => lineProgress(stepLog, systemClock),
      ...(workflowRun === undefined ? {} : { ci: { url: workflowRun.url, commit: workflowRun.commit } }),
    },
    signal,
  );
}

async function publish(
  { inputs, report, output }: Checked,
  workflowRun: WorkflowRun | undefined,
  env: Environment,
): Promise<void> {
  const files = [...report.captures.flatMap((capture) => Object.values(capture.files)), ...Object.values(reportPaths)];
  const artifact = await core.group('Artifacts', () =>
    publishArtifact(inputs.artifact, output, files, workflowRun?.url ?? '', env),
  );

  const reportUrl = artifact.reportUrl === undefined ? {} : { reportUrl: artifact.reportUrl };
  const artifactUrl = artifact.everything === undefined ? {} : { artifactUrl: artifact.everything.url };
  const summary = renderSummary(report, { ...reportUrl, ...artifactUrl, limitBytes: githubLimits.summaryBytes });
  const lostSummary = await publishSummary(summary, env);
  const warnings = [...artifact.warnings, ...(lostSummary === undefined ? [] : [lostSummary])];

  core.info(
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

/** What ended the step before there was a report, for a person: each wrong input on its line. */
function annotateError(error: unknown): Annotation[] {
  if (error instanceof InputError) {
    core.info(error.message);
    return error.problems
      .slice(0, githubLimits.annotationsPerStepAndLevel)
      .map(({ place, message }) => ({ level: 'error', title: 'Wrong input', message, ...sourceOf(place) }));
  }
  if (isUserError(error)) {
    return [{ level: 'error', title: 'Visual Capture could not run', message: `${error.message}\n${error.fix}` }];
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    {
      level: 'error',
      title: 'Fault of Visual Capture',
      message: `This is a fault of Visual Capture itself; please report it with this text.\n${text}`,
    },
  ];
}
