import type { WorkflowStep } from './workflow-step.ts';

/** The folder that the job checked the repository out to, which relative paths start from. */
export function workspaceOf({ env }: Pick<WorkflowStep, 'env'>): string {
  return env['GITHUB_WORKSPACE'] ?? process.cwd();
}
