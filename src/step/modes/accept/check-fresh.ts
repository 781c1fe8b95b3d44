import { chooseRef } from '../../../baseline/choose-ref.ts';
import { insideOfRepository } from '../../../baseline/commit-directory.ts';
import type { RunPlace } from '../../../baseline/host.ts';
import { checkRelated, findStale, nameCaptures, type ReadRightHashes, readHashes } from '../../../baseline/stale.ts';
import { formatCommit } from '../../../basics/format.ts';
import { UserError } from '../../../errors/user-error.ts';
import { isObjectId, type ScratchRepository } from '../../../git/scratch-repository.ts';
import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { BaselineChoice } from '../../../inputs/inputs.ts';
import type { CaptureReport, RunReport } from '../../../results/model.ts';

/** Whose baselines count, and what a person knows them by. */
export interface RightBaselines {
  /** Completes "… compared with other baselines than ". */
  readonly description: string;
  readonly readHashes: ReadRightHashes;
}

/**
 * Makes sure that the captures were compared with the baselines that are right now: a picture that looks different only
 * because the base branch moved must not become a baseline, which would undo what moved it.
 * @throws UserError that names what moved and how to go on; GitError.
 */
export async function checkFresh(
  captures: readonly CaptureReport[],
  run: Pick<RunReport, 'baselines'>,
  right: RightBaselines,
  { baseBranch, headBranch }: AcceptedPullRequest,
): Promise<void> {
  const mend = `Merge ${baseBranch} into ${headBranch}, let the check run again, look at it, and accept then.`;
  checkRelated(captures, run, mend);
  const hashes = await right.readHashes(captures.map(({ id }) => id));
  const stale = findStale(captures, hashes);
  if (stale.length > 0) {
    throw new UserError(
      `The check compared ${nameCaptures(stale)} with other baselines than ${right.description}: ${baseBranch} has moved, so these pictures are not what the pull request changes.`,
      mend,
    );
  }
}

/**
 * The baselines that are right for a pull request.
 * @throws UserError when the captured commit cannot be had; GitError.
 */
export async function findRightBaselines(
  repository: ScratchRepository,
  baseline: Extract<BaselineChoice, { kind: 'directory' | 'ref' }>,
  run: Pick<RunReport, 'commit' | 'checkout'>,
  pull: AcceptedPullRequest,
  place: Pick<RunPlace, 'remote' | 'commits' | 'nameOfBranch'>,
): Promise<RightBaselines> {
  switch (baseline.kind) {
    case 'directory':
      return rightInDirectory(repository, insideOfRepository(baseline.directory), run, pull);
    case 'ref':
      return rightInRef(repository, baseline.ref, run, pull, place);
  }
}

/** Those of the captured commit, whatever was checked out beside it. */
async function rightInDirectory(
  repository: ScratchRepository,
  directory: string,
  { commit: captured, checkout }: Pick<RunReport, 'commit' | 'checkout'>,
  { headCommit }: AcceptedPullRequest,
): Promise<RightBaselines> {
  const wanted = checkout !== undefined || captured === undefined || !isObjectId(captured) ? headCommit : captured;
  const commit = await repository.fetchCommit(wanted);
  if (commit === undefined) {
    throw new UserError(
      `The commit that was captured, ${wanted}, is not in the repository any more.`,
      'Let the check run again, look at it, and accept then.',
    );
  }
  return {
    description: `${directory} has at ${formatCommit(wanted)}`,
    readHashes: (ids) => readHashes(repository, commit, directory, ids),
  };
}

/** Those of the newest ancestor of the captured commit, as a check would be compared with now. */
async function rightInRef(
  repository: ScratchRepository,
  written: string | undefined,
  { commit: captured }: Pick<RunReport, 'commit'>,
  { headCommit, baseBranch }: AcceptedPullRequest,
  place: Pick<RunPlace, 'remote' | 'commits' | 'nameOfBranch'>,
): Promise<RightBaselines> {
  const commit = captured ?? headCommit;
  const at: RunPlace = { ...place, branch: { name: baseBranch }, commit };
  const { ref, chosen } = await chooseRef(repository, written, at, () => false);
  return {
    description: `${chosen?.update.ref ?? ref} has for ${formatCommit(commit)} now`,
    readHashes: async (ids) => (chosen === undefined ? new Map() : readHashes(repository, chosen.update.commit, '', ids)),
  };
}
