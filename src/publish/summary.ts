import { readFile, writeFile } from 'node:fs/promises';
import { attempt } from '../basics/attempt.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { githubLimits } from '../report/limits.ts';

/** What a step says in its summary. It may be said again: with links, once there are any. */
export interface StepSummary {
  /** Room for it in bytes, beside what was there before. */
  readonly limitBytes: number;
  /** Puts markdown in the place of what was written before. Returns what did not work, if anything: a lost summary is no lost run. */
  write(markdown: string): Promise<string | undefined>;
}

/** Opens the summary of the step. What is there already, from an earlier part of a composite action, stays. */
export async function openSummary(env: ProcessVariables): Promise<StepSummary> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') {
    return { limitBytes: githubLimits.summaryBytes, write: async () => undefined };
  }
  const before = (await attempt(() => readFile(file))).value ?? Buffer.alloc(0);
  return {
    limitBytes: Math.max(0, githubLimits.summaryBytes - before.length),
    write: async (markdown) => {
      const written = await attempt(() => writeFile(file, Buffer.concat([before, Buffer.from(markdown)])));
      return written.kind === 'done' ? undefined : `The step summary could not be written: ${reasonOf(written.fault)}`;
    },
  };
}
