import { posix } from 'node:path';
import { UserError } from '../errors/user-error.ts';
import { explainLfsError } from '../git/lfs/explain-lfs.ts';
import type { LfsServer } from '../git/lfs/server.ts';
import { readStored, storeFiles } from '../git/lfs/stored-files.ts';
import { branchRef } from '../git/ref-name.ts';
import { workflowIdentity } from '../git/remote.ts';
import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { parsePictureKey, renderPictureKey } from '../plan/capture-id.ts';
import { renderDay } from './accepted-pictures.ts';
import { manifestEntry, manifestFile, readManifest, renderManifest } from './manifest.ts';
import { placeVariants } from './place-variants.ts';
import type { Baseline } from './source.ts';
import { picturesBelow, readHashes } from './stale.ts';

export interface DirectoryCommit {
  /** The branch that is committed to. */
  readonly branch: string;
  /** The commit that was reviewed; the branch must still be there. */
  readonly parent: ObjectId;
  /** Folder of the baselines in the repository. */
  readonly directory: string;
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Baseline>;
  /** Each stands beside the accepted pictures of its capture, and not in their place. */
  readonly beside: boolean;
  readonly message: string;
  readonly date: Date;
  /** Where the contents go that the branch keeps in Git LFS; asked only then. */
  readonly connectLfs: () => LfsServer;
  /** How a person does the same with git itself, as a sentence, for what cannot be done here. */
  readonly byHand: string;
}

/**
 * Commits baselines to a branch without a checkout, as its .gitattributes ask for. Returns the new commit.
 * @throws UserError when the branch moved or refuses, or its Git LFS does; GitError when it cannot be reached.
 */
export async function commitToDirectory(repository: ScratchRepository, request: DirectoryCommit): Promise<ObjectId> {
  const { branch, parent, message, date } = request;
  const ref = branchRef(branch);
  const moved = new UserError(
    `The branch ${branch} has a newer commit than the one that was reviewed.`,
    'Wait for the check of that commit, review it, and accept then.',
  );
  if ((await repository.fetchRef(ref)) !== parent) {
    throw moved;
  }
  const placed = await placePictures(repository, request);
  const write = await storePictures(repository, request, placed).catch((error: unknown) => {
    throw explainLfsError(error, { what: 'The pictures could not be given to Git LFS', byHand: request.byHand });
  });
  const remove = placed.remove.map((key) => posix.join(insideOfRepository(request.directory), `${key}.png`));
  const commit = await repository.commit({ parent, write, remove, message, author: workflowIdentity, date });
  const result = await repository.pushRef(ref, commit, parent);
  switch (result.kind) {
    case 'pushed':
      return commit;
    case 'lost-race':
      throw moved;
    case 'rejected':
      throw new UserError(
        `The branch ${branch} refused the commit: ${result.reason}`,
        'Allow this workflow to push to the branch, or use baseline: ref.',
      );
  }
}

/** Where pictures go, by the key that they get, and what gives way to them. */
interface Placed {
  readonly pictures: ReadonlyMap<string, Baseline>;
  readonly remove: readonly string[];
}

/** @throws UserError when a capture has no room for another picture. */
async function placePictures(repository: ScratchRepository, request: DirectoryCommit): Promise<Placed> {
  const { parent, pictures, beside, date } = request;
  const directory = insideOfRepository(request.directory);
  if (!beside) {
    const there = picturesBelow(await repository.readTree(parent), directory);
    const keys = [...pictures.keys()].flatMap((id) => (there.get(id) ?? []).map((number) => renderPictureKey(id, number)));
    return { pictures, remove: keys.filter((key) => !pictures.has(key)) };
  }
  const hashes = await readHashes(repository, parent, directory, [...pictures.keys()]);
  const numbers = placeVariants(pictures, hashes, (id, number) => `${directory}/${renderPictureKey(id, number)}.png`);
  const placed = [...numbers].flatMap(([id, number]): [string, Baseline][] => {
    const picture = pictures.get(id);
    return picture === undefined ? [] : [[renderPictureKey(id, number), { ...picture, seen: renderDay(date) }]];
  });
  return { pictures: new Map(placed), remove: [] };
}

async function storePictures(
  repository: ScratchRepository,
  request: DirectoryCommit,
  { pictures, remove }: Placed,
): Promise<Tree> {
  const { parent, beside, date, connectLfs } = request;
  const directory = insideOfRepository(request.directory);
  const manifestPath = posix.join(directory, manifestFile);
  const manifestBlob = (await repository.readTree(parent)).get(manifestPath);
  const before = manifestBlob === undefined ? undefined : await readStored(repository, manifestBlob, connectLfs);
  const known = readManifest(before);
  const manifest = new Map(known.manifest);
  const files = new Map<string, Uint8Array>();
  for (const key of remove) {
    manifest.delete(key);
  }
  for (const [key, baseline] of pictures) {
    files.set(posix.join(directory, `${key}.png`), baseline.png);
    const entry = manifestEntry(baseline);
    if (entry !== undefined) {
      manifest.set(key, entry);
    }
  }
  // What another picture stands beside is watched from now on.
  const watched = new Set([...pictures.keys()].map((key) => parsePictureKey(key).id));
  for (const [key, entry] of manifest) {
    if (beside && entry.seen === undefined && watched.has(parsePictureKey(key).id)) {
      manifest.set(key, { ...entry, seen: renderDay(date) });
    }
  }
  if (manifest.size > 0) {
    files.set(manifestPath, new TextEncoder().encode(renderManifest(manifest, known)));
  }
  return storeFiles(repository, parent, files, connectLfs);
}

/**
 * The folder as a path in the repository, without a trailing slash.
 * @throws UserError when it lies outside.
 */
export function insideOfRepository(directory: string): string {
  const path = posix.normalize(directory.replaceAll('\\', '/'));
  if (posix.isAbsolute(path) || path === '..' || path.startsWith('../')) {
    throw new UserError(
      `baseline-directory "${directory}" is not inside of the repository, so nothing can be committed to it.`,
      'Set baseline-directory to a folder of the repository.',
    );
  }
  return path.replace(/\/$/, '');
}
