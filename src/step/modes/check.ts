import { defined } from '../../basics/record.ts';
import { type Checked, check } from '../../check/check.ts';
import { locateRun } from '../../github/run-place.ts';
import { lineProgress } from '../../progress/lines.ts';
import { decideStepFails } from '../../results/outcome.ts';
import { systemClock } from '../../system/clock.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { publishReport } from './publish-report.ts';

/** `mode: check`: captures, compares, and publishes what came of it. Returns whether the step passes. */
export async function runCheck(step: WorkflowStep): Promise<boolean> {
  const checked = await checkInWorkflow(step);
  await publishReport({ ...checked, settings: checked.inputs }, step);
  if (checked.fault !== undefined) {
    throw checked.fault;
  }
  return !decideStepFails(checked.report);
}

function checkInWorkflow({ values, env, githubToken, workflowRun, bundles, log, signal }: WorkflowStep): Promise<Checked> {
  return check(
    {
      values,
      env,
      ...defined({ workflow: workflowRun?.workflow }),
      fork: workflowRun?.fork ?? false,
      purpose: 'check',
    },
    {
      directory: env['GITHUB_WORKSPACE'] ?? process.cwd(),
      bundles,
      log,
      progress: () => lineProgress(log, systemClock),
      ...(workflowRun === undefined
        ? {}
        : {
            ci: { url: workflowRun.url, commit: workflowRun.commit },
            place: async () => locateRun(workflowRun, env, githubToken),
          }),
    },
    signal,
  );
}
