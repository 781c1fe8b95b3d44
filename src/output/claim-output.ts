import { isRecord } from '../basics/record.ts';
import { asWrongInput, UserError } from '../errors/user-error.ts';
import { pictureFolders, reportPaths } from '../results/output-paths.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import { markResults, type ResultsMark, readLastRun } from './last-run.ts';

/**
 * The output folder may be any, also the top of a repository. So a run takes away and replaces only what it can prove to
 * be its own: reports by their heads or the results.json beside them, pictures by their hashes in that, and what a killed
 * run has left by this file, which lies there while a run goes on that found nothing foreign in its places. In a folder that
 * holds nothing but what a run writes, pictures without such a proof are replaced, and never deleted.
 */
const markFile = '.visual-capture';
const markText = `Written by Visual Capture: ${[...Object.values(reportPaths), ...pictureFolders].join(', ')} are its own here, and the next run replaces them.\n`;

const ourNames: readonly string[] = [...Object.values(reportPaths), ...pictureFolders, markFile];

/** The output folder of this run. It replaces no file of anybody else. */
export interface ClaimedFolder extends Folder {
  /** Says that its results are written, which from now on prove whose the files are. */
  release(): Promise<void>;
}

/**
 * Takes away pictures, reports and results of the last run, so that none is mistaken for one of this run, and gives back
 * the folder to write to.
 * @param ids of the captures that are to be written.
 * @throws UserError when the folder cannot be written, or files that are not ours lie in the way.
 */
export async function claimOutput(output: Folder, ids: readonly string[]): Promise<ClaimedFolder> {
  try {
    return await claim(output, ids);
  } catch (error) {
    throw asWrongInput(error);
  }
}

async function claim(output: Folder, ids: readonly string[]): Promise<ClaimedFolder> {
  await refuseLinks(output, ids);
  const foreign = await removeOwn(output);
  const planned = new Set(ids);
  const inTheWay = [...foreign].find((path) => !pictureFolders.includes(topOf(path)) || planned.has(captureOf(path)));
  if (inTheWay !== undefined) {
    throw refuse(output, inTheWay);
  }
  // Whether it can be written is told before anything is captured.
  await output.write(reportPaths.json, '');
  await output.remove(reportPaths.json);
  if (foreign.size === 0) {
    await output.write(markFile, markText);
  }
  return {
    ...output,
    write: async (path, bytes) => {
      if (foreign.has(path)) {
        throw refuse(output, path);
      }
      await output.write(path, bytes);
    },
    release: () => output.remove(markFile),
  };
}

/**
 * Takes away what `claimOutput` does, unless there are other results than those of the mark: then a run has written its
 * own since. Returns whether there was anything. @throws UserError when the folder cannot be written.
 */
export async function removeOldResults(output: Folder, old: ResultsMark): Promise<boolean> {
  const now = await markResults(output);
  if (now !== undefined && now !== old) {
    return false;
  }
  const before = await countReports(output);
  await removeOwn(output);
  return (await countReports(output)) < before;
}

/** Where a folder is a link the disk refuses even to delete what is not there, and nothing was captured by then. */
async function refuseLinks(output: Folder, ids: readonly string[]): Promise<void> {
  const names = new Set(ids.map((id) => id.slice(0, id.lastIndexOf('/'))));
  for (const path of pictureFolders.flatMap((folder) => [folder, ...[...names].map((name) => `${folder}/${name}`)])) {
    await output.remove(`${path}/${markFile}`);
  }
}

/** Deletes what is proven to be ours, the results that prove it last. Returns what lies in our places and is not. */
async function removeOwn(output: Folder): Promise<ReadonlySet<string>> {
  const foreign = new Set<string>();
  const isAlone = (await output.names()).every((name) => ourNames.includes(name));
  const isOurs = (await output.sizeOf(markFile)) !== undefined;
  const { json, ...reports } = reportPaths;
  const results = await output.read(json).catch(() => undefined);
  const hasResults = isOurs || (results !== undefined && areResults(results));
  for (const path of Object.values(reports)) {
    await removeIf(output, path, (bytes) => hasResults || hasOurMark(bytes), foreign);
  }
  const unproven = await removeOwnPictures(output, isOurs);
  await removeIf(output, json, () => hasResults, foreign);
  return new Set([...foreign, ...(isAlone && foreign.size === 0 ? [] : unproven)]);
}

/** Returns those that nothing proves to be ours. `isOurs`: all are, and those that the results name are deleted. */
async function removeOwnPictures(output: Folder, isOurs: boolean): Promise<ReadonlySet<string>> {
  const { captures } = await readLastRun(output);
  const named = new Map(captures.flatMap(({ files }) => files.map(({ path, hash }) => [path, hash] as const)));
  const unproven = new Set<string>();
  const paths = (await Promise.all(pictureFolders.map((folder) => output.list(folder)))).flat();
  for (const path of paths) {
    const hash = named.get(path);
    if (isOurs) {
      await (named.has(path) ? output.remove(path) : undefined);
    } else if (hash !== undefined || !named.has(path)) {
      await removeIf(output, path, (bytes) => sha256(bytes) === hash, unproven);
    }
  }
  return unproven;
}

async function removeIf(
  output: Folder,
  path: string,
  isOurs: (bytes: Uint8Array) => boolean,
  foreign: Set<string>,
): Promise<void> {
  if ((await output.sizeOf(path)) === undefined) {
    return;
  }
  const bytes = await output.read(path).catch(() => undefined);
  if (bytes !== undefined && isOurs(bytes)) {
    await output.remove(path);
  } else {
    foreign.add(path);
  }
}

/** In the head of report.html and of junit.xml. */
function hasOurMark(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /<meta name="generator" content="visual-capture |<testsuites name="visual-capture"/.test(head);
}

/** An empty file is what an earlier version may have left of them. */
function areResults(bytes: Uint8Array): boolean {
  if (bytes.length === 0) {
    return true;
  }
  try {
    const results: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(results) && results['version'] === 1 && Array.isArray(results['captures']);
  } catch {
    return false;
  }
}

async function countReports(output: Folder): Promise<number> {
  const sizes = await Promise.all(Object.values(reportPaths).map((path) => output.sizeOf(path)));
  return sizes.filter((size) => size !== undefined).length;
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** The capture whose picture lies there: `pricing/1280x800` of `actual/pricing/1280x800.png` and `takes/pricing/1280x800/1.png`. */
function captureOf(path: string): string {
  const [folder, ...rest] = path.split('/');
  const id = rest.join('/');
  return folder === 'takes' ? id.slice(0, id.lastIndexOf('/')) : id.replace(/\.\w+$/, '');
}

function refuse(output: Folder, path: string): UserError {
  return new UserError(
    `${output.path}/${path} lies where results are written, and Visual Capture did not write it.`,
    'Move that file, or set output to a folder of its own.',
  );
}
