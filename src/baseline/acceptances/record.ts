import { defined } from '../../basics/record.ts';
import { UserError } from '../../errors/user-error.ts';
import { workflowIdentity } from '../../git/remote.ts';
import type { ObjectId, ScratchRepository, Tree } from '../../git/scratch-repository.ts';
import { updateRef } from '../../git/update-ref.ts';
import { sha256 } from '../../system/sha256.ts';
import type { BaselinePorts } from '../host.ts';
import { acceptancesRef } from './ref.ts';
import { type AcceptedPicture, decideAcceptance } from './tree.ts';

export interface Acceptance {
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Who accepted what, for the history. */
  readonly message: string;
}

/**
 * Adds pictures that were accepted on a pull request, in one commit and one push that never takes another acceptance
 * away, but for the oldest ones of a capture that has too many.
 * @throws UserError, GitError when it cannot be pushed.
 */
export async function recordAccepted(
  repository: ScratchRepository,
  pullRequest: number,
  { pictures, message }: Acceptance,
  ports: Pick<BaselinePorts, 'clock' | 'random'>,
): Promise<void> {
  const ref = acceptancesRef(pullRequest);
  const accepted = new Map<string, AcceptedPicture>();
  for (const [id, png] of pictures) {
    accepted.set(id, { sha256: sha256(png), blob: await repository.writeBlob(png) });
  }
  const change = async (parent: ObjectId | undefined): Promise<ObjectId> => {
    const held: Tree = parent === undefined ? new Map() : await repository.readTree(parent);
    return repository.commit({
      ...defined({ parent }),
      ...decideAcceptance(held, accepted),
      message,
      author: workflowIdentity,
      date: ports.clock.date(),
    });
  };
  const result = await updateRef(repository, ref, change, ports);
  switch (result.kind) {
    case 'pushed':
    case 'unchanged':
      return;
    case 'rejected':
      throw new UserError(
        `The acceptance was refused by ${ref}: ${result.reason}`,
        'A rule or a hook of the repository protects that ref. Allow this workflow to push to it.',
      );
    case 'outrun':
      throw new UserError(
        `The acceptance could not be pushed to ${ref}: others wrote to it ${result.rounds} times meanwhile`,
        'Ask again.',
      );
    default:
      result satisfies never;
  }
}
