import type { ObjectId, ScratchRepository } from '../../git/scratch-repository.ts';
import type { Acceptances } from '../host.ts';
import { acceptancesRef } from './ref.ts';
import { type AcceptedPicture, listAccepted } from './tree.ts';

/** The accepted pictures of each capture on one pull request, the newest first. */
type OfPullRequest = ReadonlyMap<string, readonly AcceptedPicture[]>;

/**
 * Fetches what was accepted of these captures, one request for the pictures of each pull request; they are read by id,
 * the newest first. Throws GitError.
 */
export async function fetchAccepted(
  repository: ScratchRepository,
  { pullRequests, rule }: Acceptances,
  ids: readonly string[],
): Promise<(id: string) => Promise<Uint8Array[]>> {
  const accepted: OfPullRequest[] = [];
  for (const pullRequest of pullRequests) {
    accepted.push(await fetchFrom(repository, pullRequest, ids));
  }
  return (id) => {
    const counting = chooseCounting(
      accepted.map((pictures) => (pictures.get(id) ?? []).map(({ blob }) => blob)),
      rule,
    );
    return Promise.all(counting.map((blob) => repository.readBlob(blob)));
  };
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

async function fetchFrom(repository: ScratchRepository, pullRequest: number, ids: readonly string[]): Promise<OfPullRequest> {
  const commit = await repository.fetchRef(acceptancesRef(pullRequest));
  if (commit === undefined) {
    return new Map();
  }
  const pictures = listAccepted(await repository.readTree(commit));
  const wanted = ids.flatMap((id) => pictures.get(id)?.map(({ blob }) => blob) ?? []);
  if (wanted.length > 0) {
    await repository.fetchBlobs(commit, wanted);
  }
  return pictures;
}
