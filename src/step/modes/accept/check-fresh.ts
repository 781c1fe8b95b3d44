import { insideOfRepository } from '../../../baseline/commit-directory.ts';
import { checkRelated, findStale, nameCaptures, type ReadRightHashes, readHashes } from '../../../baseline/stale.ts';
import { UserError } from '../../../errors/user-error.ts';
import { fullRefName } from '../../../git/ref-name.ts';
import { isObjectId, type ObjectId, type ScratchRepository } from '../../../git/scratch-repository.ts';
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
  run: Pick<RunReport, 'commit' | 'checkoutCommit'>,
  pull: AcceptedPullRequest,
): Promise<RightBaselines> {
  switch (baseline.kind) {
    case 'directory':
      return rightInDirectory(repository, insideOfRepository(baseline.directory), run, pull);
    case 'ref':
      return rightInRef(repository, baseline.ref, pull);
  }
}

/** Those of the captured commit, whatever was checked out beside it. */
async function rightInDirectory(
  repository: ScratchRepository,
  directory: string,
  { commit: captured, checkoutCommit }: Pick<RunReport, 'commit' | 'checkoutCommit'>,
  { headCommit }: AcceptedPullRequest,
): Promise<RightBaselines> {
  const wanted = checkoutCommit !== undefined || captured === undefined || !isObjectId(captured) ? headCommit : captured;
  const commit = await repository.fetchCommit(wanted);
  if (commit === undefined) {
    throw new UserError(
      `The commit that was captured, ${wanted}, is not in the repository any more.`,
      'Let the check run again, look at it, and accept then.',
    );
  }
  return {
    description: `${directory} has at ${wanted.slice(0, 7)}`,
    readHashes: (ids) => readHashes(repository, commit, directory, ids),
  };
}

/** The newest of the ref. */
async function rightInRef(
  repository: ScratchRepository,
  written: string | undefined,
  { baseBranch }: AcceptedPullRequest,
): Promise<RightBaselines> {
  const { ref, commit } = await fetchBaselines(repository, written, baseBranch);
  return {
    description: `${ref} has now`,
    readHashes: async (ids) => (commit === undefined ? new Map() : readHashes(repository, commit, '', ids)),
  };
}

/** The default branch's stand in for those of a branch that has none of its own yet. */
async function fetchBaselines(
  repository: ScratchRepository,
  written: string | undefined,
  baseBranch: string,
): Promise<{ readonly ref: string; readonly commit: ObjectId | undefined }> {
  const refOf = (branch: string): string => `refs/visual-capture/baselines/${branch}`;
  const ref = written === undefined ? refOf(baseBranch) : fullRefName(written);
  const commit = await repository.fetchRef(ref);
  const fallback = commit === undefined && written === undefined ? await repository.defaultBranch() : undefined;
  return fallback === undefined || fallback === baseBranch
    ? { ref, commit }
    : { ref: refOf(fallback), commit: await repository.fetchRef(refOf(fallback)) };
}
