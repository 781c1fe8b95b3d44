import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { parsePictureKey } from '../plan/capture-id.ts';
import { type ManifestEntry, manifestFile, readManifest, type WholeManifest } from './manifest.ts';

/** What a commit of a baseline ref holds. */
export interface Held extends WholeManifest {
  /** Undefined: there is no such commit, so it holds nothing. */
  readonly commit: ObjectId | undefined;
  readonly tree: Tree;
}

/** What a run wrote, by the key of the picture: a picture, or undefined for one that it took away. */
export type Changes = Map<string, { readonly blob: ObjectId; readonly entry: ManifestEntry | undefined } | undefined>;

/** Reads it. Throws GitError. */
export async function readHeld(repository: ScratchRepository, commit: ObjectId | undefined): Promise<Held> {
  if (commit === undefined) {
    return { commit, tree: new Map(), ...readManifest(undefined) };
  }
  const tree = await repository.readTree(commit);
  const blob = tree.get(manifestFile);
  const written = blob === undefined ? undefined : await repository.readBlob(blob);
  return { commit, tree, ...readManifest(written) };
}

/** Path of a picture in the tree. */
export function pathOf(key: string): string {
  return `${key}.png`;
}

/** How many captures the changes are about. */
export function countCaptures(changes: Changes): number {
  return new Set([...changes.keys()].map((key) => parsePictureKey(key).id)).size;
}
