import { reasonOf } from '../errors/user-error.ts';
import { readOutputFolder } from '../inputs/load.ts';
import { removeOldResults } from '../output/claim-output.ts';
import { markResults } from '../output/last-run.ts';
import { openWorkspace } from '../system/workspace.ts';
import type { WorkflowStep } from './workflow-step.ts';
import { workspaceOf } from './workspace.ts';

/** These work on results of other runs and write none. */
const modesWithoutResults: readonly string[] = ['accept', 'cleanup'];

/**
 * Does what a step does, and when that ends without results of its own, takes away those of an earlier run in the same
 * workspace: a later step would upload them as if they were this run's. A step whose mode cannot be read counts as one
 * that writes results.
 */
export async function withOwnResultsOnly<T>(
  { values, env, log }: Pick<WorkflowStep, 'values' | 'env' | 'log'>,
  work: () => Promise<T>,
): Promise<T> {
  if (modesWithoutResults.includes(values.get('mode')?.trim() ?? '')) {
    return await work();
  }
  const workspace = openWorkspace(workspaceOf({ env }));
  const path = await readOutputFolder({ values, env }, workspace);
  if (path === undefined) {
    return await work();
  }
  const output = workspace.openFolder(path);
  const old = await markResults(output);
  try {
    return await work();
  } finally {
    try {
      if (await removeOldResults(output, old)) {
        log.info(`The results of an earlier run are removed from ${path}: this one has none.`);
      }
    } catch (error) {
      log.warn(`The results of an earlier run are still in ${path}, and are not this run's: ${reasonOf(error)}`);
    }
  }
}
