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
import { mask } from '../publish/runner-commands.ts';
import { publishSummary } from '../publish/summary.ts';
import type { Annotation } from '../report/annotations.ts';
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

/** Does the job that `mode` names, as a workflow step. Returns whether the step passes; never throws. */
export async function runStep(env: ProcessVariables, bundles: Bundles, signal: AbortSignal): Promise<boolean> {
  try {
    const { values, unknown } = readStepInputs(env);
    maskSecrets(values);
    for (const name of unknown) {
      stepLog.warn(
        `The input "${name}" is not known and has no effect. ${suggestKnown(name, invocationInputNames, docsUrl('inputs.md'))}`,
      );
    }
    return await withOwnResultsOnly({ values, env, log: stepLog }, async () => {
      const { mode, ...settings } = readStepSettings(values);
      const workflowRun = readWorkflowRun(env);
      return await runMode(mode, { ...settings, values, env, workflowRun, bundles, log: stepLog, signal });
    });
  } catch (error) {
    if (error instanceof InputError) {
      stepLog.info(error.message);
      const unwritten = await publishSummary(renderProblemsSummary(error.problems), env);
      if (unwritten !== undefined) {
        stepLog.info(unwritten);
      }
    }
    publishAnnotations(annotateError(error));
    publishOutputs({ outcome: 'failed' });
    return false;
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
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    {
      level: 'error',
      title: 'Fault of Visual Capture',
      message: `This is a fault of Visual Capture itself; please report it with this text.\n${text}`,
    },
  ];
}
