import { isRecord } from '../basics/record.ts';
import { asWrongInput } from '../errors/user-error.ts';
import type { AccountLimit } from '../results/model.ts';
import { pictureFolders, reportPaths } from '../results/output-paths.ts';
import { readAccountLimit } from '../results/report-shape.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';

/** What is taken from an earlier results.json. Anything in it may be wrong, so only what has the right form is kept. */
export interface LastCapture {
  readonly id: string;
  readonly status: string;
  readonly durationMs: number;
  /** Paths below the output folder, only those in the folders that a run writes pictures to. */
  readonly files: readonly string[];
}

export interface LastRun {
  readonly captures: readonly LastCapture[];
  /** It was one job's share of a run. */
  readonly isShard: boolean;
  /** The account's limit as it was met. */
  readonly limit: AccountLimit | undefined;
}

/** The last run into this folder; without captures when there is no results.json that can be read. */
export async function readLastRun(output: Folder): Promise<LastRun> {
  try {
    const results: unknown = JSON.parse(new TextDecoder().decode(await output.read(reportPaths.json)));
    const { captures, run, service } = isRecord(results) ? results : {};
    return {
      captures: Array.isArray(captures) ? captures.filter(isRecord).map(readCapture) : [],
      isShard: isRecord(run) && run['shard'] !== undefined,
      limit: isRecord(service) ? readAccountLimit(service['limit']) : undefined,
    };
  } catch {
    return { captures: [], isShard: false, limit: undefined };
  }
}

function readCapture({ id, status, durationMs, files }: Readonly<Record<string, unknown>>): LastCapture {
  const paths = isRecord(files)
    ? Object.values(files)
        .flat()
        .filter((path) => typeof path === 'string')
    : [];
  return {
    id: String(id),
    status: String(status),
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
    files: paths.filter(isPicture),
  };
}

/** Whether it lies where a run writes pictures to. */
function isPicture(path: string): boolean {
  return pictureFolders.some((folder) => path.startsWith(`${folder}/`)) && !path.split(/[/\\]/).includes('..');
}

/**
 * Takes away pictures, reports and results of the last run, so that none is mistaken for one of this run. Only files that
 * the last results.json names are touched, and the reports: the folder may hold others that are not ours.
 * @throws UserError when the folder cannot be written, before anything was captured.
 */
export async function clearLastRun(output: Folder): Promise<void> {
  try {
    await removeReportsAndPictures(output);
    await output.write(reportPaths.json, '');
    await output.remove(reportPaths.json);
  } catch (error) {
    throw asWrongInput(error);
  }
}

/** By which two results are told apart; undefined: there are none that can be read. */
export type ResultsMark = string | undefined;

export async function markResults(output: Folder): Promise<ResultsMark> {
  const bytes = await output.read(reportPaths.json).catch(() => undefined);
  return bytes === undefined ? undefined : sha256(bytes);
}

/**
 * Takes away what `clearLastRun` does, unless there are other results than those of the mark: then a run has written its
 * own since. Returns whether there was anything. @throws UserError when the folder cannot be written.
 */
export async function removeOldResults(output: Folder, old: ResultsMark): Promise<boolean> {
  const now = await markResults(output);
  if (now !== undefined && now !== old) {
    return false;
  }
  const removed = await removeReportsAndPictures(output);
  await output.remove(reportPaths.json);
  return removed || now !== undefined;
}

/** The results that name them are left to the last: until then, who is interrupted can begin anew. */
async function removeReportsAndPictures(output: Folder): Promise<boolean> {
  const { captures } = await readLastRun(output);
  const { json: _, ...reports } = reportPaths;
  let removed = false;
  for (const path of [...Object.values(reports), ...captures.flatMap(({ files }) => files)]) {
    removed ||= (await output.sizeOf(path)) !== undefined;
    await output.remove(path);
  }
  return removed;
}
