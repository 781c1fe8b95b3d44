import type { ObjectId, ScratchRepository } from '../../git/scratch-repository.ts';
import type { Acceptances } from '../host.ts';
import { type ManifestEntry, parseManifest } from '../manifest.ts';
import { acceptancesRef } from './ref.ts';
import { type HeldPicture, listAccepted } from './tree.ts';

/** The accepted pictures of each capture on one pull request, the newest first. */
type OfPullRequest = ReadonlyMap<string, readonly HeldPicture[]>;

/** What was accepted and counts. */
export interface FetchedAcceptances {
  /** The pictures of a capture. */
  read(id: string): Promise<Uint8Array[]>;
  /** The captures of which a picture was accepted beside others. */
  readonly withVariants: readonly string[];
  /** What was accepted of a capture, oldest first. */
  of(id: string): readonly HeldPicture[];
  /** How a picture was taken, where that is known. */
  readEntry(picture: HeldPicture): Promise<ManifestEntry | undefined>;
}

/**
 * Fetches what was accepted of these captures, one request for the pictures of each pull request, and with `variants` what was
 * accepted beside other pictures of any capture. Throws GitError.
 */
export async function fetchAccepted(
  repository: ScratchRepository,
  { pullRequests, rule }: Acceptances,
  ids: readonly string[],
  { variants }: { readonly variants: boolean },
): Promise<FetchedAcceptances> {
  const accepted: OfPullRequest[] = [];
  for (const pullRequest of pullRequests) {
    accepted.push(await fetchFrom(repository, pullRequest, ids, variants));
  }
  const countingOf = (id: string): ObjectId[] =>
    chooseCounting(
      accepted.map((pictures) => (pictures.get(id) ?? []).map(({ blob }) => blob)),
      rule,
    );
  return {
    read: (id) => Promise.all(countingOf(id).map((blob) => repository.readBlob(blob))),
    withVariants: [...new Set(accepted.flatMap((pictures) => [...pictures].filter(hasVariant).map(([id]) => id)))],
    of: (id) => {
      const counting = countingOf(id);
      return accepted.flatMap((pictures) => (pictures.get(id) ?? []).toReversed()).filter(({ blob }) => counting.includes(blob));
    },
    readEntry: async ({ id, manifest }) =>
      manifest === undefined ? undefined : parseManifest(await repository.readBlob(manifest)).get(id),
  };
}

function hasVariant([, pictures]: readonly [string, readonly HeldPicture[]]): boolean {
  return pictures.some(({ variant }) => variant);
}

/** SHA-256 of all pictures that are kept as accepted on a pull request, by capture id. Throws GitError. */
export async function readAcceptedHashes(
  repository: ScratchRepository,
  pullRequest: number,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const commit = await repository.fetchRef(acceptancesRef(pullRequest));
  const accepted: OfPullRequest = commit === undefined ? new Map() : listAccepted(await repository.readTree(commit));
  return new Map([...accepted].map(([id, pictures]) => [id, new Set(pictures.map(({ sha256 }) => sha256))]));
}

/** The pictures that count, of those that were accepted on each pull request. Equal bytes are one object of git's. */
export function chooseCounting(accepted: readonly (readonly ObjectId[])[], rule: Acceptances['rule']): ObjectId[] {
  const all = [...new Set(accepted.flat())];
  switch (rule) {
    case 'any':
      return all;
    case 'every':
      return all.filter((blob) => accepted.every((blobs) => blobs.includes(blob)));
  }
}

async function fetchFrom(
  repository: ScratchRepository,
  pullRequest: number,
  ids: readonly string[],
  variants: boolean,
): Promise<OfPullRequest> {
  const commit = await repository.fetchRef(acceptancesRef(pullRequest));
  if (commit === undefined) {
    return new Map();
  }
  const pictures = listAccepted(await repository.readTree(commit));
  const wantedIds = new Set([...ids, ...(variants ? [...pictures].filter(hasVariant).map(([id]) => id) : [])]);
  const wanted = [...wantedIds].flatMap((id) =>
    (pictures.get(id) ?? []).flatMap(({ blob, manifest }) => (manifest === undefined || !variants ? [blob] : [blob, manifest])),
  );
  if (wanted.length > 0) {
    await repository.fetchBlobs(commit, wanted);
  }
  return pictures;
}
