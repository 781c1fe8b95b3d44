import { reasonOf } from '../../errors/user-error.ts';
import type { ScratchRepository } from '../../git/scratch-repository.ts';
import { deleteRef, type RefDeletion, type RoundPorts } from '../../git/update-ref.ts';
import type { Acceptances, BaselinePorts } from '../host.ts';
import { acceptancesRef } from './ref.ts';

/** Ends what was accepted on a pull request; `unchanged`: nothing was. Throws GitError. */
export function endAcceptances(repository: ScratchRepository, pullRequest: number, ports: RoundPorts): Promise<RefDeletion> {
  return deleteRef(repository, acceptancesRef(pullRequest), ports);
}

/**
 * Ends the acceptances that the baselines have taken up, after a run of the branch itself has written all of them. Never throws
 * for what the server does: they count for nothing but their pull request, so what is left does no harm.
 */
export async function endMergedAcceptances(
  repository: ScratchRepository,
  { pullRequests }: Acceptances,
  ports: Pick<BaselinePorts, 'clock' | 'random' | 'log'>,
): Promise<void> {
  for (const pullRequest of pullRequests) {
    try {
      const result = await endAcceptances(repository, pullRequest, ports);
      ports.log.info(describeEnd(result, pullRequest));
    } catch (error) {
      ports.log.info(`${acceptancesRef(pullRequest)} is left behind, and does no harm: ${reasonOf(error)}.`);
    }
  }
}

function describeEnd(result: RefDeletion, pullRequest: number): string {
  switch (result.kind) {
    case 'pushed':
      return `What was accepted on pull request ${pullRequest} is among the baselines now; ${acceptancesRef(pullRequest)} is deleted.`;
    case 'unchanged':
      return `Nothing is kept as accepted on pull request ${pullRequest}.`;
    case 'rejected':
      return `${acceptancesRef(pullRequest)} is left behind, and does no harm: ${result.reason}.`;
    case 'outrun':
      return `${acceptancesRef(pullRequest)} is left behind, and does no harm: others wrote to it meanwhile.`;
  }
}
