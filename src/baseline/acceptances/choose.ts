import type { ScratchRepository } from '../../git/scratch-repository.ts';
import type { Acceptances, RunPlace } from '../host.ts';
import { acceptancesRefs, pullRequestOf } from './ref.ts';

const noAcceptances: Acceptances = { pullRequests: [], rule: 'any' };

/** Whose acceptances count for a run; GitHub is asked only where there are any at all. Throws GitError. */
export async function chooseAcceptances(
  repository: ScratchRepository,
  { acceptances }: Pick<RunPlace, 'acceptances'>,
): Promise<Acceptances> {
  if (acceptances === undefined) {
    return noAcceptances;
  }
  const recorded = [...(await repository.listRefs(`${acceptancesRefs}*`)).keys()].flatMap((ref) => pullRequestOf(ref) ?? []);
  return acceptances(recorded);
}
