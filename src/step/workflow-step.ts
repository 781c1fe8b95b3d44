import type { Bundles } from '../check/bundles.ts';
import type { WorkflowRun } from '../github/context.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { InputName } from '../inputs/spec.ts';
import type { Log } from '../system/ports.ts';

/** The workflow step as every mode sees it. */
export interface WorkflowStep {
  /** The step's inputs as they were written. */
  readonly values: ReadonlyMap<InputName, string>;
  readonly env: ProcessVariables;
  /** Speaks to GitHub; undefined where the runner gave none. */
  readonly githubToken?: string;
  /** Undefined outside of a workflow. */
  readonly workflowRun: WorkflowRun | undefined;
  readonly bundles: Bundles;
  readonly log: Log;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}
