import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { defuseJson } from '../basics/defuse-commands.ts';
import { defined } from '../basics/record.ts';
import type { CompareResult } from '../compare/comparer.ts';
import { pictureLimits } from '../compare/limits.ts';
import { describeShades } from '../compare/shades/describe-shades.ts';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { mayHaveMoved } from '../judge/explain.ts';
import { describeComparison } from '../report/changes.ts';
import { describeFindings } from '../report/describe-findings.ts';
import type { Comparison } from '../results/model.ts';
import { exitCodes, type Terminal } from './command.ts';
import type { CompareJob } from './compare-job.ts';

/** Compares two PNG files and returns the exit code. */
export async function compareFiles(job: CompareJob, terminal: Terminal): Promise<number> {
  const [baseline, actual] = await Promise.all(
    [job.baseline, job.actual].map((path) =>
      readPicture(resolve(terminal.directory, path)).catch((error: unknown) => {
        throw new UserError(`Cannot read ${path}: ${reasonOf(error)}`, 'Give a PNG file that this user may read.', {
          cause: error,
        });
      }),
    ),
  );
  const result = await job.comparer.compare({
    baseline: baseline ?? new Uint8Array(),
    actual: actual ?? new Uint8Array(),
    scale: 1,
    settings: job.settings,
  });
  if (result.kind === 'unreadable') {
    const path = result.which === 'baseline' ? job.baseline : job.actual;
    terminal.log.error(`${path} cannot be read as a PNG: ${result.reason}.`);
    return exitCodes.wrongInput;
  }
  const { status, picture } = result;
  const comparison = withShades(result, job.settings.shades === 'fail');
  const diff = picture === undefined || job.output === undefined ? undefined : await job.comparer.draw(picture, []);
  if (diff !== undefined) {
    await job.output?.write('diff.png', diff);
  }
  const explanation = describeFindings(comparison);
  terminal.print(
    job.json
      ? defuseJson(JSON.stringify({ status, comparison: { ...comparison, ...defined({ explanation }) } }, null, 2))
      : [`${status}: ${describeComparison(comparison)}`, ...(explanation === undefined ? [] : [explanation])].join('\n'),
  );
  return status === 'changed' ? exitCodes.failed : exitCodes.passed;
}

/** A file, or what a pipe or a device gives, as far as a picture may reach and a byte more. */
async function readPicture(path: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: pictureLimits.fileBytes, highWaterMark: 1024 * 1024 })) {
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** With what is told of shades; where a page moved, a plain area may lie where another one was. */
function withShades({ status, comparison, shades }: Extract<CompareResult, { kind: 'compared' }>, count: boolean): Comparison {
  const moved = status === 'changed' && mayHaveMoved(comparison) && !count;
  const shade = moved ? undefined : describeShades(shades, comparison, count);
  return shade === undefined ? comparison : { ...comparison, findings: [...(comparison.findings ?? []), shade] };
}
