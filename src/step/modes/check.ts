import { isLoopbackHost } from '../../address/loopback.ts';
import { spellSecrets } from '../../address/secret-spellings.ts';
import { defined } from '../../basics/record.ts';
import { type Checked, check, type RunContext } from '../../check/check.ts';
import { readCheckout } from '../../git/checkout.ts';
import type { WorkflowRun } from '../../github/context.ts';
import { knownHistory, locateRun } from '../../github/run-place.ts';
import { findCheckoutGap } from '../../github/subject/checkout-gap.ts';
import { numbersOf } from '../../github/subject/subject.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { lineProgress } from '../../progress/lines.ts';
import { mask } from '../../publish/runner-commands.ts';
import type { CommitStatus } from '../../publish/status/commit-status.ts';
import { decideStepFails } from '../../results/outcome.ts';
import { systemClock } from '../../system/clock.ts';
import { deploymentPlaceOfStep } from '../deployment-place.ts';
import { type FoundSubject, findSubject, reportedRun, type SubjectInputs } from '../find-subject.ts';
import type { WorkflowStep } from '../workflow-step.ts';
import { workspaceOf } from '../workspace.ts';
import { openStatus } from './open-status.ts';
import { publishReport } from './publish-report.ts';

/** `mode: check`: captures, compares, and publishes what came of it. Returns whether the step passes. */
export async function runCheck(step: WorkflowStep): Promise<boolean> {
  const { workflowRun } = step;
  let found: FoundSubject | undefined;
  let status: CommitStatus | undefined;
  const findContext =
    workflowRun === undefined
      ? undefined
      : async (inputs: Inputs): Promise<RunContext> => {
          const given = await subjectInputs(inputs, step);
          found = await findSubject(workflowRun, given, step);
          // Shards leave it to the job that merges them, which alone knows when all is done.
          if (inputs.shard === undefined && !step.signal.aborted) {
            status = await openStatus(inputs, reportedRun(workflowRun, found.subject), step);
            await status?.begin();
          }
          return contextOf(workflowRun, inputs, { ...found, ...given }, step);
        };
  try {
    const checked = await checkInWorkflow(step, findContext);
    const run = workflowRun === undefined || found === undefined ? undefined : reportedRun(workflowRun, found.subject);
    const fails = decideStepFails(checked.report);
    await publishReport({ ...checked, settings: checked.inputs, run, fails, status }, step);
    if (checked.fault !== undefined) {
      throw checked.fault;
    }
    return !fails;
  } finally {
    await endStatus(status, step);
  }
}

/** A run that came to no report leaves no status pending. */
async function endStatus(status: CommitStatus | undefined, { log }: WorkflowStep): Promise<void> {
  const told = await status?.endUnlessEnded();
  if (told?.kind === 'failed') {
    log.warn(told.warning);
  }
}

function checkInWorkflow(
  step: WorkflowStep,
  findContext: ((inputs: Inputs) => Promise<RunContext>) | undefined,
): Promise<Checked> {
  const { values, env, workflowRun, bundles, log, signal } = step;
  return check(
    {
      values,
      env,
      ...defined({ workflow: workflowRun?.workflow }),
      fork: workflowRun?.fork ?? false,
      purpose: 'check',
    },
    {
      directory: workspaceOf(step),
      bundles,
      log,
      progress: () => lineProgress(log, systemClock),
      deploymentPlace: async (commit) => deploymentPlaceOfStep(step, commit),
      onSecrets: (secrets) => spellSecrets(secrets).forEach(mask),
      ...defined({ findContext }),
    },
    signal,
  );
}

async function contextOf(
  run: WorkflowRun,
  inputs: Inputs,
  found: FoundSubject & Pick<SubjectInputs, 'checkout'>,
  step: WorkflowStep,
): Promise<RunContext> {
  const { subject, ask, github, checkout } = found;
  const commits = knownHistory(run, workspaceOf(step), step.env, github);
  const ref = inputs.commit === undefined ? run.capturedRef : undefined;
  const gap = inputs.baseline.kind === 'directory' ? await findCheckoutGap(subject, checkout, ref, commits) : undefined;
  return {
    about: {
      ci: { url: run.url, commit: subject.shownCommit },
      commit: subject.commit,
      ...defined({ pullRequests: numbersOf(subject.pullRequests), checkout: gap }),
    },
    place: () => locateRun(run, subject, ask, commits, github),
  };
}

/** Pages on loopback are served by the job itself, from what it checked out; so is what has no address at all. */
async function subjectInputs(
  { base, captures, commit, comment, shard, baseline }: Inputs,
  step: WorkflowStep,
): Promise<SubjectInputs> {
  const addresses = captures.flatMap(({ page }) => (page.kind === 'url' ? [page.url] : []));
  const capturesCheckout =
    base === undefined
      ? captures.length > 0 && addresses.every((url) => isLoopbackHost(new URL(url).hostname))
      : isLoopbackHost(base.hostname);
  // Shards leave the comment to the job that merges them.
  const comments = comment.when !== 'never' && shard === undefined;
  const needsPullRequests = comments || baseline.kind === 'ref' || baseline.kind === 'artifact';
  // It tells which commit is captured, or whose baselines lie in the folder.
  const matters = capturesCheckout || baseline.kind === 'directory';
  const checkout = matters ? await readCheckout(workspaceOf(step), step.env) : undefined;
  return { capturesCheckout, needsPullRequests, ...defined({ commit, checkout }) };
}
