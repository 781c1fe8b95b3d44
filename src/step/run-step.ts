import { findSecrets } from '../address/hide-secrets.ts';
import { spellSecrets } from '../address/secret-spellings.ts';
import { docsUrl } from '../basics/product.ts';
import type { Bundles } from '../check/bundles.ts';
import { InputError } from '../errors/problem.ts';
import { isUserError } from '../errors/user-error.ts';
import { readWorkflowRun } from '../github/context.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { type InputName, inputSpec, invocationInputNames } from '../inputs/spec.ts';
import { readStepSettings, type StepSettings } from '../inputs/step-settings.ts';
import { publishAnnotations } from '../publish/annotations.ts';
import { publishOutputs } from '../publish/outputs.ts';
import { info, mask } from '../publish/runner-commands.ts';
import { openSummary } from '../publish/summary.ts';
import type { Annotation } from '../report/annotations.ts';
import { escapeMarkdown } from '../report/markdown/escape.ts';
import { describeStop } from '../system/describe-stop.ts';
import { stackOf } from '../system/source-stack.ts';
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
    maskSecrets(values);
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
    const unwritten = await publishOutputs({ outcome: 'failed' });
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
    info(error.message);
    await summarize(renderProblemsSummary(error.problems), env);
  }
  publishAnnotations(annotateError(error));
}

async function summarize(markdown: string, env: ProcessVariables): Promise<void> {
  const unwritten = await (await openSummary(env)).write(markdown);
  if (unwritten !== undefined) {
    info(unwritten);
  }
}

/** A shorter parameter of an address may be an ordinary word, which would be missing in every line and output of the job. */
const shortestInAddress = 8;

/** Masks what the inputs say in secret, and what opens something in the addresses that they name. */
function maskSecrets(values: ReadonlyMap<InputName, string>): void {
  const given = [...values].flatMap(([name, value]) =>
    inputSpec(name).secret === true ? [value] : findSecrets(value).filter((secret) => secret.length >= shortestInAddress),
  );
  for (const spelling of spellSecrets(given)) {
    mask(spelling);
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
  return [
    {
      level: 'error',
      title: 'Fault of Visual Capture',
      message: `This is a fault of Visual Capture itself; please report it with this text.\n${stackOf(error)}`,
    },
  ];
}
