import type { Clock, Random } from '../ports.ts';
import type { ObjectId, ScratchRepository } from './scratch-repository.ts';

/** How often a lost race is run again. Each round is won by somebody, so this serves as many writers at once. */
const maxRounds = 20;
/** Most of the pause before another round, so that those who lost do not meet again. */
const pauseMs = 1000;

export type RefUpdate =
  | { readonly kind: 'pushed'; readonly commit: ObjectId }
  /** There was nothing left to change. */
  | { readonly kind: 'unchanged' }
  /** The server lets nobody like us set the ref; its words. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Somebody else was faster, in every round. */
  | { readonly kind: 'outrun'; readonly rounds: number };

/**
 * Changes a ref that others write too, and takes nothing of theirs away: what is there is fetched, `change` makes a commit
 * of it (undefined: nothing is to be done), and that is pushed if the ref is still the same; else all of it again.
 * Throws GitError and what `change` throws.
 */
export async function updateRef(
  repository: ScratchRepository,
  ref: string,
  change: (current: ObjectId | undefined) => Promise<ObjectId | undefined>,
  { clock, random }: { readonly clock: Pick<Clock, 'sleep'>; readonly random: Random },
): Promise<RefUpdate> {
  for (let round = 1; round <= maxRounds; round += 1) {
    const current = await repository.fetchRef(ref);
    const commit = await change(current);
    if (commit === undefined) {
      return { kind: 'unchanged' };
    }
    const result = await repository.pushRef(ref, commit, current);
    switch (result.kind) {
      case 'pushed':
        return { kind: 'pushed', commit };
      case 'rejected':
        return result;
      case 'lost-race':
        await clock.sleep(random.next() * pauseMs);
    }
  }
  return { kind: 'outrun', rounds: maxRounds };
}
