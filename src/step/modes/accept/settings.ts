import { defined } from '../../../basics/record.ts';
import { readBaseline } from '../../../inputs/baseline.ts';
import type { BaselineChoice } from '../../../inputs/inputs.ts';
import { loadSettings } from '../../../inputs/load.ts';
import { openWorkspace } from '../../../system/workspace.ts';
import type { WorkflowStep } from '../../workflow-step.ts';
import { workspaceOf } from '../../workspace.ts';

/** What `mode: accept` needs of the inputs and the config file. */
export interface AcceptSettings {
  /** Several, where one step accepts for several configs. */
  readonly artifactNames: readonly string[];
  /** Of all artifacts alike; undefined: each has its own name as its key. */
  readonly commentKey?: string;
  readonly baseline: BaselineChoice;
  /** The commit's status follows what is accepted. */
  readonly status: boolean;
}

/** @throws InputError with all problems at once. */
export function readAcceptSettings(step: WorkflowStep): Promise<AcceptSettings> {
  const workspace = openWorkspace(workspaceOf(step));
  return loadSettings(step, workspace, (values, problems) => ({
    artifactNames: splitNames(values.require('artifact-name')),
    // Of a deployment to compare with nothing is known here, and there would be nothing to accept.
    baseline: values.require('baseline') === 'url' ? { kind: 'none' } : readBaseline(values, undefined, problems),
    status: values.require('status'),
    ...defined({ commentKey: values.get('comment-key')?.trim() }),
  }));
}

/** Separated by commas or lines, each once. */
function splitNames(written: string): string[] {
  const names = written.split(/[,\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
