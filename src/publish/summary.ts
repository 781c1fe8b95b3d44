import { appendFile } from 'node:fs/promises';
import { reasonOf } from '../errors/user-error.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';

/** Adds markdown to the step's summary. Returns what did not work, if anything; a lost summary is no lost run. */
export async function publishSummary(markdown: string, env: ProcessVariables): Promise<string | undefined> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') {
    return undefined;
  }
  try {
    await appendFile(file, markdown);
    return undefined;
  } catch (error) {
    return `The step summary could not be written: ${reasonOf(error)}`;
  }
}
