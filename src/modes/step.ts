import type { WorkflowRun } from '../github/context.ts';
import type { Environment } from '../inputs/environment.ts';
import type { InputName } from '../inputs/spec.ts';
import type { Parts } from '../parts.ts';
import type { Log } from '../ports.ts';

/** The workflow step as every mode sees it. */
export interface Step {
  /** The step's inputs as they were written. */
  readonly values: ReadonlyMap<InputName, string>;
  readonly env: Environment;
  /** Speaks to GitHub; undefined where the runner gave none. */
  readonly githubToken?: string;
  /** Undefined outside of a workflow. */
  readonly workflowRun: WorkflowRun | undefined;
  readonly parts: Parts;
  readonly log: Log;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}
