import { fieldOf, isRecord } from '../basics/record.ts';
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
  /** The number of the accepted picture that it equalled, where it has several. */
  readonly variant: number | undefined;
  /** Only those in the folders that a run writes pictures to. */
  readonly files: readonly LastPicture[];
}

export interface LastPicture {
  /** Below the output folder. */
  readonly path: string;
  /** SHA-256 in hex; undefined: it is not known. */
  readonly hash: string | undefined;
}

export interface LastRun {
  /** `YYYY-MM-DD`, where it is told. */
  readonly day: string | undefined;
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
      day: isRecord(run) ? /^\d{4}-\d{2}-\d{2}/.exec(String(run['startedAt']))?.[0] : undefined,
      isShard: isRecord(run) && run['shard'] !== undefined,
      limit: isRecord(service) ? readAccountLimit(service['limit']) : undefined,
    };
  } catch {
    return { day: undefined, captures: [], isShard: false, limit: undefined };
  }
}

function readCapture(written: Readonly<Record<string, unknown>>): LastCapture {
  const { id, status, durationMs, files, sha256: hashes } = written;
  const number = status === 'unchanged' ? fieldOf(written['variant'], 'number') : undefined;
  const pictures = Object.entries(isRecord(files) ? files : {}).flatMap(([kind, paths]) => {
    const known = [isRecord(hashes) ? hashes[kind] : undefined].flat();
    return [paths].flat().map((path, index) => ({ path: String(path), hash: known[index] }));
  });
  return {
    id: String(id),
    status: String(status),
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
    variant: typeof number === 'number' ? number : undefined,
    files: pictures
      .filter(({ path }) => isPicture(path))
      .map(({ path, hash }) => ({ path, hash: typeof hash === 'string' ? hash : undefined })),
  };
}

/** Whether it lies where a run writes pictures to. */
function isPicture(path: string): boolean {
  return pictureFolders.some((folder) => path.startsWith(`${folder}/`)) && !path.split(/[/\\]/).includes('..');
}

/** By which two results are told apart; undefined: there are none that can be read. */
export type ResultsMark = string | undefined;

export async function markResults(output: Folder): Promise<ResultsMark> {
  const bytes = await output.read(reportPaths.json).catch(() => undefined);
  return bytes === undefined ? undefined : sha256(bytes);
}
