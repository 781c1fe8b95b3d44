import * as core from '@actions/core';
import { docsUrl } from '../basics/product.ts';
import type { Bundles } from '../check/bundles.ts';
import { InputError } from '../errors/problem.ts';
import { isUserError } from '../errors/user-error.ts';
import { readWorkflowRun } from '../github/context.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { inputNames, inputSpec, invocationInputNames } from '../inputs/spec.ts';
import { readStepSettings, type StepSettings } from '../inputs/step-settings.ts';
import { publishAnnotations } from '../publish/annotations.ts';
import { publishOutputs } from '../publish/outputs.ts';
import { openSummary } from '../publish/summary.ts';
import type { Annotation } from '../report/annotations.ts';
import { escapeMarkdown } from '../report/markdown/escape.ts';
import { describeStop } from '../system/describe-stop.ts';
import { isStopped, type Stop, type Stopped, stopReason } from '../system/stop-signal.ts';
import { countAnnotations } from './annotating-log.ts';
import { runAccept } from './modes/accept/accept.ts';
import { runCheck } from './modes/check.ts';
import { runCleanup } from './modes/cleanup.ts';
import { runMerge } from './modes/merge.ts';
import { runPublish } from './modes/publish.ts';
import { withOwnResultsOnly } from './own-results.ts';
import { readStepInputs } from './step-inputs.ts';
import { stepLog } from './step-log.ts';
import type { WorkflowStep } from './workflow-step.ts';
import { annotateProblems, renderProblemsSummary } from './wrong-inputs.ts';

/**
 * Does the job that `mode` names, as a workflow step. Returns whether the step passes; never throws. When the run was
 * stopped, that is the last word, and the step fails.
 */
export async function runStep(env: ProcessVariables, bundles: Bundles, { signal, timeUp }: Stop): Promise<boolean> {
  const { log, annotated } = countAnnotations(stepLog);
  let passed = false;
  let thrown: unknown;
  try {
    const { values, unknown } = readStepInputs(env);
    for (const name of inputNames.filter((input) => inputSpec(input).secret === true)) {
      const secret = values.get(name)?.trim();
      if (secret !== undefined) {
        maskSecret(secret);
      }
    }
    if (unknown.length > 0) {
      log.warn(describeUnknown(unknown));
    }
    passed = await withOwnResultsOnly({ values, env, log }, async () => {
      const { mode, ...settings } = readStepSettings(values);
      const workflowRun = readWorkflowRun(env);
      return await runMode(mode, { ...settings, values, env, workflowRun, bundles, log, annotated, signal, timeUp });
    });
  } catch (error) {
    thrown = error;
    const unwritten = publishOutputs({ outcome: 'failed' });
    if (unwritten !== undefined) {
      log.info(unwritten);
    }
  }
  if (signal.aborted) {
    await tellStopped(isStopped(thrown) ? thrown : stopReason(signal), thrown !== undefined, env);
    return false;
  }
  if (thrown !== undefined) {
    await tellError(thrown, env);
  }
  return passed;
}

/** All of them in one warning: GitHub keeps few. */
function describeUnknown(names: readonly string[]): string {
  const [only = ''] = names;
  return names.length === 1
    ? `The input "${only}" is not known and has no effect. ${suggestInput(only)}`
    : `${names.length} inputs are not known and have no effect:\n${names.map((name) => `"${name}": ${suggestInput(name)}`).join('\n')}`;
}

function suggestInput(name: string): string {
  return suggestKnown(name, invocationInputNames, docsUrl('inputs.md'));
}

/** `unreported`: there is no report that says so. */
async function tellStopped(why: Stopped, unreported: boolean, env: ProcessVariables): Promise<void> {
  const { title, message } = describeStop(why);
  if (unreported) {
    await summarize(`### ⏹️ Visual Capture: ${escapeMarkdown(message)}\n`, env);
  }
  publishAnnotations([{ level: 'error', title, message }]);
}

async function tellError(error: unknown, env: ProcessVariables): Promise<void> {
  if (error instanceof InputError) {
    core.info(error.message);
    await summarize(renderProblemsSummary(error.problems), env);
  }
  publishAnnotations(annotateError(error));
}

async function summarize(markdown: string, env: ProcessVariables): Promise<void> {
  const unwritten = await (await openSummary(env)).write(markdown);
  if (unwritten !== undefined) {
    core.info(unwritten);
  }
}

/** Masks a secret, each of its lines, and of a header line the value alone. */
function maskSecret(secret: string): void {
  const lines = secret.split('\n').map((line) => line.trim());
  for (const part of new Set([secret.trim(), ...lines, ...lines.map((line) => line.slice(line.indexOf(':') + 1).trim())])) {
    // Shorter ones would mask half of the log.
    if (part.length >= 4) {
      core.setSecret(part);
    }
  }
}

function runMode(mode: StepSettings['mode'], step: WorkflowStep): Promise<boolean> {
  switch (mode) {
    case 'check':
      return runCheck(step);
    case 'cleanup':
      return runCleanup(step);
    case 'accept':
      return runAccept(step);
    case 'merge':
      return runMerge(step);
    case 'publish':
      return runPublish(step);
  }
}

/** What ended the step before there was a report, for a person. */
function annotateError(error: unknown): Annotation[] {
  if (error instanceof InputError) {
    return annotateProblems(error.problems);
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
