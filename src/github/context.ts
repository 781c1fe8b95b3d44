import { context } from '@actions/github';
import type { Environment } from '../inputs/environment.ts';
import { isRecord } from '../inputs/value-types.ts';
import { workflowFileOf } from '../inputs/workflow-places.ts';

/** What the step knows of the workflow run it belongs to. */
export interface WorkflowRun {
  /** The address of the run, without a trailing slash. */
  readonly url: string;
  readonly commit: string;
  /** Workflow file and job that hold this step, where the file is the checked-out repository's. */
  readonly workflow?: { readonly file: string; readonly job?: string };
  /** The run belongs to a pull request from another repository, which is given no secrets and a read-only token. */
  readonly fork: boolean;
}

/** Reads the run from GitHub's environment and event; undefined outside of a workflow. */
export function readWorkflowRun(env: Environment): WorkflowRun | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId, GITHUB_SHA: commit } = env;
  if (server === undefined || repository === undefined || runId === undefined) {
    return undefined;
  }
  const file = workflowFileOf(env['GITHUB_WORKFLOW_REF'], repository);
  const job = env['GITHUB_JOB'];
  const pull: unknown = context.payload.pull_request;
  return {
    url: `${server}/${repository}/actions/runs/${runId}`,
    commit: headCommit(pull) ?? commit ?? '',
    ...(file === undefined ? {} : { workflow: { file, ...(job === undefined ? {} : { job }) } }),
    fork: isFork(pull),
  };
}

/** On a pull request GITHUB_SHA is a merge commit that nobody knows; the head is what people see. */
function headCommit(pull: unknown): string | undefined {
  const head = isRecord(pull) ? pull['head'] : undefined;
  const sha = isRecord(head) ? head['sha'] : undefined;
  return typeof sha === 'string' ? sha : undefined;
}

function isFork(pull: unknown): boolean {
  if (!isRecord(pull)) {
    return false;
  }
  const [head, base] = [pull['head'], pull['base']].map((side) =>
    isRecord(side) && isRecord(side['repo']) ? side['repo']['full_name'] : undefined,
  );
  // The head's repository is null when the fork was deleted.
  return head !== base;
}
