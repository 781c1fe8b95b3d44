import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { parsePictureKey } from '../plan/capture-id.ts';
import type { AccountLimit } from '../results/model.ts';
import {
  type Manifest,
  type ManifestEntry,
  manifestFile,
  parseManifest,
  parseManifestBrowsers,
  parseManifestLimit,
} from './manifest.ts';
import type { KnownBrowsers } from './source.ts';

/** What a commit of a baseline ref holds. */
export interface Held {
  /** Undefined: there is no such commit, so it holds nothing. */
  readonly commit: ObjectId | undefined;
  readonly tree: Tree;
  readonly manifest: Manifest;
  /** The account's limit, where the manifest tells it. */
  readonly limit: AccountLimit | undefined;
  readonly browsers: KnownBrowsers;
}

/** What a run wrote, by the key of the picture: a picture, or undefined for one that it took away. */
export type Changes = Map<string, { readonly blob: ObjectId; readonly entry: ManifestEntry | undefined } | undefined>;

/** Reads it. Throws GitError. */
export async function readHeld(repository: ScratchRepository, commit: ObjectId | undefined): Promise<Held> {
  if (commit === undefined) {
    return { commit, tree: new Map(), manifest: new Map(), limit: undefined, browsers: new Map() };
  }
  const tree = await repository.readTree(commit);
  const blob = tree.get(manifestFile);
  const written = blob === undefined ? undefined : await repository.readBlob(blob);
  return {
    commit,
    tree,
    manifest: parseManifest(written),
    limit: parseManifestLimit(written),
    browsers: parseManifestBrowsers(written),
  };
}

/** Path of a picture in the tree. */
export function pathOf(key: string): string {
  return `${key}.png`;
}

/** How many captures the changes are about. */
export function countCaptures(changes: Changes): number {
  return new Set([...changes.keys()].map((key) => parsePictureKey(key).id)).size;
}
