import { defined } from '../../basics/record.ts';
import { UserError } from '../../errors/user-error.ts';
import { workflowIdentity } from '../../git/remote.ts';
import type { ObjectId, ScratchRepository, Tree } from '../../git/scratch-repository.ts';
import { updateRef } from '../../git/update-ref.ts';
import { sha256 } from '../../system/sha256.ts';
import type { BaselinePorts } from '../host.ts';
import { manifestEntry, renderManifest } from '../manifest.ts';
import { noRoom } from '../place-variants.ts';
import type { Baseline } from '../source.ts';
import { acceptancesRef } from './ref.ts';
import { hasRoom } from './room.ts';
import { type AcceptedPicture, decideAcceptance, listAccepted } from './tree.ts';

export interface Acceptance {
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Baseline>;
  /**
   * They are accepted beside what was accepted before, and not in its place: how many pictures each capture had in the reviewed
   * run, by id. Undefined: in its place.
   */
  readonly variants?: ReadonlyMap<string, number> | undefined;
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
  { pictures, variants, message }: Acceptance,
  ports: Pick<BaselinePorts, 'clock' | 'random'>,
): Promise<void> {
  const ref = acceptancesRef(pullRequest);
  const accepted = new Map<string, AcceptedPicture>();
  for (const [id, picture] of pictures) {
    const entry = variants === undefined ? undefined : manifestEntry(picture);
    const manifest =
      entry === undefined
        ? undefined
        : await repository.writeBlob(new TextEncoder().encode(renderManifest(new Map([[id, entry]]))));
    accepted.set(id, { sha256: sha256(picture.png), blob: await repository.writeBlob(picture.png), manifest });
  }
  const change = async (parent: ObjectId | undefined): Promise<ObjectId> => {
    const held: Tree = parent === undefined ? new Map() : await repository.readTree(parent);
    checkRoom(held, accepted, variants);
    return repository.commit({
      ...defined({ parent }),
      ...decideAcceptance(held, accepted, variants !== undefined),
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

/** @throws UserError when a capture has as many accepted pictures as there may be. */
function checkRoom(
  held: Tree,
  accepted: ReadonlyMap<string, AcceptedPicture>,
  variants: Acceptance['variants'] = new Map(),
): void {
  const before = listAccepted(held);
  const full = [...variants].flatMap(([id, count]) => {
    const picture = accepted.get(id);
    const oldestFirst = (before.get(id) ?? []).toReversed();
    return picture === undefined || hasRoom(count, oldestFirst, picture.sha256) ? [] : [id];
  });
  if (full.length > 0) {
    throw noRoom(full, 'Take one that is seen no more out of the ref of the baselines');
  }
}
