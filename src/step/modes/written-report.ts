import type { WorkflowRun } from '../../github/context.ts';
import type { Settings } from '../../inputs/inputs.ts';
import type { Report } from '../../results/model.ts';
import type { Folder } from '../../system/ports.ts';

/** A report with its pictures, written to the output folder. */
export interface WrittenReport {
  readonly settings: Settings;
  readonly report: Report;
  readonly output: Folder;
  /** The run that found it, where it is not this one: then only that run makes annotations. */
  readonly checked?: CheckedRun;
}

/** The run that a report is about. */
export type CheckedRun = Pick<WorkflowRun, 'id' | 'attempt' | 'url' | 'commit' | 'pullRequest'>;
