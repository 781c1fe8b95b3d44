import { appendFile } from 'node:fs/promises';
import { reasonOf } from '../errors/user-error.ts';
import type { Environment } from '../inputs/environment.ts';

/** Adds markdown to the step's summary. Returns what did not work, if anything; a lost summary is no lost run. */
export async function publishSummary(markdown: string, env: Environment): Promise<string | undefined> {
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
