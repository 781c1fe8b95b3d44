import { posix } from 'node:path';
import { formatPlural } from '../basics/format.ts';
import { oneLine } from '../basics/text.ts';
import { UserError } from '../errors/user-error.ts';
import { hashContent } from '../git/lfs/pointer.ts';
import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { listPictures, renderPictureKey } from '../plan/capture-id.ts';
import type { CaptureReport, RunReport } from '../results/model.ts';

/** The hashes of a capture's accepted pictures, by their number. */
export type PictureHashes = ReadonlyMap<number, string>;

/** The hashes of the baselines that are right now for these captures, by id; a capture without a baseline is left out. */
export type ReadRightHashes = (ids: readonly string[]) => Promise<ReadonlyMap<string, PictureHashes>>;

/** How many captures are named before the others are counted. */
const namedCaptures = 3;

/** The captures that were compared with something else than the baselines that are right now. */
export function findStale(captures: readonly CaptureReport[], right: ReadonlyMap<string, PictureHashes>): CaptureReport[] {
  return captures.filter(({ id, sha256 }) => {
    const hashes = [...(right.get(id)?.values() ?? [])];
    return sha256?.baseline === undefined ? hashes.length > 0 : !hashes.includes(sha256.baseline);
  });
}

/**
 * Makes sure that the captures were not compared with baselines that their commit does not contain.
 * @throws UserError with `fix`.
 */
export function checkRelated(captures: readonly CaptureReport[], { baselines }: Pick<RunReport, 'baselines'>, fix: string): void {
  const compared = captures.filter(({ status }) => status !== 'added');
  if (baselines?.relation === 'unrelated' && compared.length > 0) {
    throw new UserError(
      `The check compared ${nameCaptures(compared)} with baselines of ${baselines.branch} that the pull request does not contain, so what differs may be the work of others.`,
      fix,
    );
  }
}

/** A few by name and how many more, e.g. `pricing/mobile, docs/mobile and 7 more captures`. */
export function nameCaptures(captures: readonly CaptureReport[]): string {
  const names = captures.slice(0, namedCaptures).map(({ id }) => oneLine(id));
  const more = captures.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatPlural(more, 'more capture')}`;
}

/** The numbers of the pictures that each capture has in a folder of a commit; empty: at its top. */
export function picturesBelow(tree: Tree, directory: string): ReadonlyMap<string, readonly number[]> {
  const below = directory === '' ? '' : `${directory}/`;
  return listPictures([...tree.keys()].filter((path) => path.startsWith(below)).map((path) => path.slice(below.length)));
}

/**
 * Reads the hashes of baselines in a fetched commit, in one request for all that are kept by git itself. Throws GitError.
 * @param directory where they lie in the commit; empty: at its top.
 */
export async function readHashes(
  repository: ScratchRepository,
  commit: ObjectId,
  directory: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PictureHashes>> {
  const tree = await repository.readTree(commit);
  const wanted = new Set(ids);
  const pictures = [...picturesBelow(tree, directory)].filter(([id]) => wanted.has(id));
  const blobs = pictures.flatMap(([id, numbers]) =>
    numbers.flatMap((number): [string, number, ObjectId][] => {
      const blob = tree.get(posix.join(directory, `${renderPictureKey(id, number)}.png`));
      return blob === undefined ? [] : [[id, number, blob]];
    }),
  );
  await repository.fetchBlobs(
    commit,
    blobs.map(([, , blob]) => blob),
  );
  const hashes = new Map<string, Map<number, string>>();
  for (const [id, number, blob] of blobs) {
    const known = hashes.get(id) ?? new Map<number, string>();
    known.set(number, hashContent(await repository.readBlob(blob)));
    hashes.set(id, known);
  }
  return hashes;
}
