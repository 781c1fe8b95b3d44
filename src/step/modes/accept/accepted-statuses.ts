import { readAcceptedHashes } from '../../../baseline/acceptances/fetch.ts';
import { attempt } from '../../../basics/attempt.ts';
import { reasonOf } from '../../../errors/user-error.ts';
import type { ScratchRepository } from '../../../git/scratch-repository.ts';
import type { GithubApi } from '../../../github/api.ts';
import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { Repository } from '../../../github/repository.ts';
import { CommitStatus, type ToldStatus } from '../../../publish/status/commit-status.ts';
import { renderAcceptedStatus } from '../../../report/commit-status.ts';
import { decideSettled } from './decide-settled.ts';
import type { ReviewedResults } from './open-reviews.ts';

/** Whose statuses may be set, and by what they are known. */
export interface AcceptedStatusTask {
  readonly repository: Repository;
  readonly pull: AcceptedPullRequest;
  readonly chosen: readonly ReviewedResults[];
  /** The key of an artifact's comment and status. */
  readonly keyOf: (artifactName: string) => string;
}

/**
 * Sets the status of each config to success for which nothing is open any more, now that the acceptance is kept. A capture
 * that equals an accepted picture would count as unchanged in another run, which is all that such a run could find out.
 * Never throws for what a server does: the pictures are accepted, whatever becomes of the status.
 */
export async function tellAcceptedStatuses(
  api: GithubApi,
  scratch: ScratchRepository,
  { repository, pull, chosen, keyOf }: AcceptedStatusTask,
): Promise<ToldStatus[]> {
  const hashes = await attempt(() => readAcceptedHashes(scratch, pull.number));
  if (hashes.kind !== 'done') {
    const why = `what was accepted could not be read again (${reasonOf(hashes.fault)})`;
    return [{ kind: 'failed', warning: `The commit was given no status: ${why}. Run the failed job again.` }];
  }
  const told: ToldStatus[] = [];
  for (const { report, run } of chosen) {
    const settled = decideSettled(report, pull, repository, hashes.value);
    if (settled.kind === 'settled') {
      const key = keyOf(run.artifact.name);
      const status = new CommitStatus(api, { repository, commit: pull.headCommit, key, runUrl: run.runUrl, fork: false });
      told.push(await status.end(renderAcceptedStatus(report, settled.accepted)));
    }
  }
  return told;
}
