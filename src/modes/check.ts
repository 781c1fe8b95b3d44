import { type Checked, check } from '../check.ts';
import { locateRun } from '../github/run-place.ts';
import { lineProgress } from '../progress/lines.ts';
import { decideStepFails } from '../report/outcome.ts';
import { systemClock } from '../system/clock.ts';
import { publishReport } from './publish-report.ts';
import type { Step } from './step.ts';

/** `mode: check`: captures, compares, and publishes what came of it. Returns whether the step passes. */
export async function runCheck(step: Step): Promise<boolean> {
  const checked = await checkInWorkflow(step);
  await publishReport({ ...checked, settings: checked.inputs }, step);
  if (checked.fault !== undefined) {
    throw checked.fault;
  }
  return !decideStepFails(checked.report);
}

function checkInWorkflow({ values, env, githubToken, workflowRun, parts, log, signal }: Step): Promise<Checked> {
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
