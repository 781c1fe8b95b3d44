import type { Bundles } from '../check/bundles.ts';
import type { WorkflowRun } from '../github/context.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { InputName } from '../inputs/spec.ts';
import type { AnnotationLevel } from '../report/annotations.ts';
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
  /** How many annotations of each level the log has made so far. */
  readonly annotated: { readonly [Level in AnnotationLevel]: number };
  /** Aborts when the run must stop: nothing is waited for any more, and what was found is told. */
  readonly signal: AbortSignal;
  /** Aborts when what may hang must not be tried any longer either, such as an upload of what was found. */
  readonly timeUp: AbortSignal;
}
