import type { Clock, Random } from '../system/ports.ts';
import type { PushResult } from './push-answer.ts';
import type { ObjectId, ScratchRepository } from './scratch-repository.ts';

/** How often a lost race is run again. Each round is won by somebody, so this serves as many writers at once. */
const maxRounds = 20;
/** Most of the pause before another round, so that those who lost do not meet again. */
const pauseMs = 1000;

/** What rounds of pushes need to keep out of each other's way. */
export interface RoundPorts {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly random: Random;
}

/** A change of a ref that was not made. */
type NotPushed =
  /** There was nothing left to change. */
  | { readonly kind: 'unchanged' }
  /** The server lets nobody like us set the ref; its words. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Somebody else was faster, in every round. */
  | { readonly kind: 'outrun'; readonly rounds: number };

export type RefUpdate = { readonly kind: 'pushed'; readonly commit: ObjectId } | NotPushed;
export type RefDeletion = { readonly kind: 'pushed' } | NotPushed;

/**
 * Changes a ref that others write too, and takes nothing of theirs away: what is there is fetched, `change` makes a commit
 * of it (undefined: nothing is to be done), and that is pushed if the ref is still the same; else all of it again.
 * Throws GitError and what `change` throws.
 */
export function updateRef(
  repository: ScratchRepository,
  ref: string,
  change: (current: ObjectId | undefined) => Promise<ObjectId | undefined>,
  ports: RoundPorts,
): Promise<RefUpdate> {
  return untilNotLost(ports, async () => {
    const current = await repository.fetchRef(ref);
    const commit = await change(current);
    if (commit === undefined) {
      return { kind: 'unchanged' };
    }
    const result = await repository.pushRef(ref, commit, current);
    return result.kind === 'pushed' ? { kind: 'pushed', commit } : result;
  });
}

/** Deletes a ref that others write too, with all that they wrote meanwhile. Throws GitError. */
export function deleteRef(repository: ScratchRepository, ref: string, ports: RoundPorts): Promise<RefDeletion> {
  return untilNotLost(ports, async () => {
    const current = await repository.fetchRef(ref);
    return current === undefined ? { kind: 'unchanged' } : repository.deleteRef(ref, current);
  });
}

type LostRace = Extract<PushResult, { kind: 'lost-race' }>;

async function untilNotLost<Result extends RefUpdate | RefDeletion>(
  { clock, random }: RoundPorts,
  round: () => Promise<Result | LostRace>,
): Promise<Result | NotPushed> {
  for (let rounds = 1; rounds <= maxRounds; rounds += 1) {
    const result = await round();
    if (result.kind !== 'lost-race') {
      return result;
    }
    await clock.sleep(random.next() * pauseMs);
  }
  return { kind: 'outrun', rounds: maxRounds };
}
