import { defined } from '../basics/record.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { workflowFileOf } from '../inputs/workflow-places.ts';
import { readEventPayload } from './event-payload.ts';
import { type Repository, usualApiUrl } from './repository.ts';
import { readDefaultBranch, readRunEvent } from './subject/event-rules.ts';
import type { RunEvent } from './subject/run-event.ts';

/** What the step knows of the workflow run it belongs to. */
export interface WorkflowRun {
  /** Grows with every run of the repository; a re-run keeps it. */
  readonly id: number;
  /** 1 for the first, one more with every re-run. */
  readonly attempt: number;
  /** The address of the run, without a trailing slash; the same for all of its attempts. */
  readonly url: string;
  readonly repository: Repository;
  /** The event that started the run, e.g. `pull_request`. */
  readonly event: string;
  /** What that event says of what the run is about. */
  readonly about: RunEvent;
  /** What a workflow checks out to have the captured commit, where that is not GITHUB_SHA. */
  readonly capturedRef?: string;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** The repository's default branch, where the event tells it. */
  readonly defaultBranch?: string;
  /** Workflow file and job that hold this step, where the file is the checked-out repository's. */
  readonly workflow?: { readonly file: string; readonly job?: string };
  /** The run belongs to a pull request from another repository, which is given no secrets and a read-only token. */
  readonly fork: boolean;
}

/** Reads the run from GitHub's environment and event; undefined outside of a workflow. */
export function readWorkflowRun(env: ProcessVariables, payload: unknown = readEventPayload()): WorkflowRun | undefined {
  const { GITHUB_SERVER_URL: serverUrl, GITHUB_REPOSITORY: fullName, GITHUB_RUN_ID: runId, GITHUB_SHA: sha } = env;
  if (serverUrl === undefined || fullName === undefined || runId === undefined) {
    return undefined;
  }
  const event = env['GITHUB_EVENT_NAME'] ?? '';
  const [owner = '', name = ''] = fullName.split('/');
  const { about, ref } = readRunEvent({ name: event, payload, sha: sha ?? '', ref: env['GITHUB_REF'] });
  const file = workflowFileOf(env['GITHUB_WORKFLOW_REF'], fullName);
  const job = env['GITHUB_JOB'];
  return {
    id: Number(runId),
    attempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
    url: `${serverUrl}/${fullName}/actions/runs/${runId}`,
    repository: { owner, name, serverUrl, apiUrl: env['GITHUB_API_URL'] ?? usualApiUrl },
    event,
    about,
    ...defined({ capturedRef: ref }),
    sha: sha ?? '',
    ...defined({ defaultBranch: readDefaultBranch(payload) }),
    ...(file === undefined ? {} : { workflow: { file, ...defined({ job }) } }),
    fork: isWithoutSecrets(event, about),
  };
}

/** `pull_request_target` and `issue_comment` run for forks too, but as the base repository: with its secrets and token. */
function isWithoutSecrets(event: string, about: RunEvent): boolean {
  return about.kind === 'pull-request' && about.pullRequest.fork && event !== 'pull_request_target';
}
