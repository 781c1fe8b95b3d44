import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import { workflowIdentity } from '../git/remote.ts';
import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { updateRef } from '../git/update-ref.ts';
import { sha256 } from '../system/sha256.ts';
import { type AcceptedPicture, decideAcceptance, listAccepted } from './accepted-tree.ts';
import type { BaselinePorts } from './host.ts';

/**
 * Pictures that were accepted and are no baselines yet. They are kept by what they show and not by a commit, so a rebase,
 * a merge queue and the merge itself inherit them.
 */
export const acceptedRef = 'refs/visual-capture/accepted';

/** Fetches the accepted pictures of these captures in one go; they are read by id, the newest first. */
export async function fetchAccepted(
  repository: ScratchRepository,
  ids: readonly string[],
): Promise<(id: string) => Promise<Uint8Array[]>> {
  const commit = await repository.fetchRef(acceptedRef);
  if (commit === undefined) {
    return async () => [];
  }
  const accepted = listAccepted(await repository.readTree(commit));
  const blobsOf = (id: string): ObjectId[] => accepted.get(id)?.map(({ blob }) => blob) ?? [];
  const wanted = ids.flatMap(blobsOf);
  if (wanted.length > 0) {
    await repository.fetchBlobs(commit, wanted);
  }
  return (id) => Promise.all(blobsOf(id).map((blob) => repository.readBlob(blob)));
}

export interface Acceptance {
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Who accepted what, for the history. */
  readonly message: string;
  /** The baselines as they are now: what is among them needs no acceptance any more, and is dropped. */
  readonly baselines: Tree;
}

/**
 * Adds accepted pictures in one commit and one push that never takes another acceptance away, but for the oldest ones of
 * a capture that has too many.
 * @throws UserError, GitError when it cannot be pushed.
 */
export async function recordAccepted(
  repository: ScratchRepository,
  { pictures, message, baselines }: Acceptance,
  ports: Pick<BaselinePorts, 'clock' | 'random'>,
): Promise<void> {
  const accepted = new Map<string, AcceptedPicture>();
  for (const [id, png] of pictures) {
    accepted.set(id, { sha256: sha256(png), blob: await repository.writeBlob(png) });
  }
  const change = async (parent: ObjectId | undefined): Promise<ObjectId> => {
    const held: Tree = parent === undefined ? new Map() : await repository.readTree(parent);
    return repository.commit({
      ...defined({ parent }),
      ...decideAcceptance(held, accepted, baselines),
      message,
      author: workflowIdentity,
      date: ports.clock.date(),
    });
  };
  const result = await updateRef(repository, acceptedRef, change, ports);
  switch (result.kind) {
    case 'pushed':
    case 'unchanged':
      return;
    case 'rejected':
      throw new UserError(
        `The acceptance was refused by ${acceptedRef}: ${result.reason}`,
        'A rule or a hook of the repository protects that ref. Allow this workflow to push to it.',
      );
    case 'outrun':
      throw new UserError(
        `The acceptance could not be pushed to ${acceptedRef}: others wrote to it ${result.rounds} times meanwhile`,
        'Ask again.',
      );
    default:
      result satisfies never;
  }
}
