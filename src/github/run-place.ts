import { context } from '@actions/github';
import type { BaselineBranch, RunPlace } from '../baseline/host.ts';
import { defined, isRecord } from '../basics/record.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { branchEvents } from './branch-events.ts';
import type { WorkflowRun } from './context.ts';
import { connectEarlierRuns } from './earlier-runs.ts';
import { cloneUrl } from './repository.ts';

/** Where a workflow run stands: its repository, and whose baselines it is compared with. */
export function locateRun(run: WorkflowRun, env: ProcessVariables, githubToken: string | undefined): RunPlace {
  return {
    remote: { url: cloneUrl(run.repository), ...defined({ token: githubToken }) },
    branch: decideBaselineBranch(run, env['GITHUB_REF'], context.payload),
    workflowRun: { id: run.id, url: run.url, commit: run.commit },
    ...(githubToken === undefined ? {} : { earlierRuns: connectEarlierRuns(run, githubToken) }),
  };
}

/**
 * Whose baselines a run is compared with. Only runs of a branch itself may write: what a pull request, a merge queue or
 * a tag shows was not merged into the branch that the baselines speak for.
 */
export function decideBaselineBranch(
  { event, pullRequest }: Pick<WorkflowRun, 'event' | 'pullRequest'>,
  ref: string | undefined,
  payload: unknown,
): BaselineBranch {
  if (pullRequest.kind === 'known') {
    const { baseBranch } = pullRequest.pullRequest;
    return {
      ...defined({ name: baseBranch }),
      readOnly: 'what a pull request shows is not reviewed yet. Baselines are written by runs on the branch itself',
    };
  }
  if (event === 'merge_group') {
    const base = branchOf(mergeGroupBase(payload));
    return {
      ...defined({ name: base }),
      readOnly: 'what a merge queue tests is not merged yet. Baselines are written by runs on the branch itself',
    };
  }
  const branch = branchOf(ref);
  return branch === undefined || !belongsToRef(event)
    ? { readOnly: 'this run belongs to no branch. Baselines are written by runs on the branch itself' }
    : { name: branch };
}

/** GITHUB_REF of a deployment is the branch that was deployed, if any; of other events it may say nothing. */
function belongsToRef(event: string): boolean {
  return [...branchEvents, 'deployment', 'deployment_status'].includes(event);
}

function mergeGroupBase(payload: unknown): unknown {
  const group = isRecord(payload) ? payload['merge_group'] : undefined;
  return isRecord(group) ? group['base_ref'] : undefined;
}

function branchOf(ref: unknown): string | undefined {
  const prefix = 'refs/heads/';
  return typeof ref === 'string' && ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}
