import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { describeComparison } from '../report/changes.ts';
import { exitCodes, type Terminal } from './command.ts';
import type { CompareJob } from './compare-job.ts';

/** Compares two PNG files and returns the exit code. */
export async function compareFiles(job: CompareJob, terminal: Terminal): Promise<number> {
  const [baseline, actual] = await Promise.all(
    [job.baseline, job.actual].map((path) =>
      readFile(resolve(terminal.directory, path)).catch((error: unknown) => {
        throw new UserError(`Cannot read ${path}: ${reasonOf(error)}`, 'Give a PNG file that this user may read.', {
          cause: error,
        });
      }),
    ),
  );
  const result = await job.comparer.compare({
    baseline: new Uint8Array(baseline ?? []),
    actual: new Uint8Array(actual ?? []),
    scale: 1,
    settings: job.settings,
  });
  if (result.kind === 'unreadable') {
    const path = result.which === 'baseline' ? job.baseline : job.actual;
    terminal.log.error(`${path} cannot be read as a PNG: ${result.reason}.`);
    return exitCodes.wrongInput;
  }
  const { status, comparison, picture } = result;
  const diff = picture === undefined || job.output === undefined ? undefined : await job.comparer.draw(picture, []);
  if (diff !== undefined) {
    await job.output?.write('diff.png', diff);
  }
  terminal.print(job.json ? JSON.stringify({ status, comparison }, null, 2) : `${status}: ${describeComparison(comparison)}`);
  return status === 'changed' ? exitCodes.failed : exitCodes.passed;
}
