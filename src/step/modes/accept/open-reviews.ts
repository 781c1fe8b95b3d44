import { refusedArtifact } from '../../../archive/refused.ts';
import { findUnwritable } from '../../../baseline/reviewed-pictures.ts';
import { formatCommit } from '../../../basics/format.ts';
import type { Opened } from '../../../basics/opened.ts';
import { isUserError, UserError } from '../../../errors/user-error.ts';
import type { GithubApi } from '../../../github/api.ts';
import { artifactsOfRun } from '../../../github/artifacts.ts';
import { findReviewedArtifact, otherCommit, type ReviewedArtifact } from '../../../github/find-reviewed-run.ts';
import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { Repository } from '../../../github/repository.ts';
import type { BaselineKind } from '../../../results/model.ts';
import { readUploadedResults, type UploadedResults } from '../../../results/take-results.ts';
import { systemClock } from '../../../system/clock.ts';
import type { Review } from './decide-acceptance.ts';

/** Results that somebody reviewed, and the run that uploaded them. */
export type ReviewedResults = UploadedResults & { readonly run: ReviewedArtifact };

export interface ReviewQuestion {
  readonly repository: Repository;
  readonly token: string;
  readonly pull: AcceptedPullRequest;
  /** By artifact name; undefined: no comment shows one. */
  readonly shownRuns: ReadonlyMap<string, number | undefined>;
  /** When the person asked, where that is known. */
  readonly requestedAt?: Date;
  /** Where accepted pictures would go. */
  readonly baselineKind: BaselineKind;
  /** Ends whatever is waited for. */
  readonly signal: AbortSignal;
}

/**
 * Finds, downloads and opens the results under each artifact name; `opened` closes them.
 * Throws what GitHub's API throws.
 */
export async function openReviews(api: GithubApi, question: ReviewQuestion, opened: Opened): Promise<Review<ReviewedResults>[]> {
  const reviews: Review<ReviewedResults>[] = [];
  for (const [artifactName, shownRunId] of question.shownRuns) {
    const shown = shownRunId !== undefined;
    try {
      const results = await openResults(api, question, artifactName, shownRunId, opened);
      const error = findReasonAgainst(results, question, shown);
      reviews.push({
        artifactName,
        shown,
        found: error === undefined ? { kind: 'usable', results } : { kind: 'refused', error, results },
      });
    } catch (error) {
      if (!isUserError(error)) {
        throw error;
      }
      reviews.push({ artifactName, shown, found: { kind: 'missing', error } });
    }
  }
  return reviews;
}

async function openResults(
  api: GithubApi,
  { repository, token, pull, signal }: ReviewQuestion,
  artifactName: string,
  shownRunId: number | undefined,
  opened: Opened,
): Promise<ReviewedResults> {
  const run = await findReviewedArtifact(api, repository, pull, artifactName, shownRunId);
  const archive = opened.use(
    await artifactsOfRun(repository, run.runId, token, { clock: systemClock, signal }).open(run.artifact),
  );
  const results = await readUploadedResults(archive, (reason, cause) => refusedArtifact(artifactName, reason, cause));
  return { ...results, run };
}

/** Why these results cannot be what the person looked at, or cannot be taken; undefined: they can. */
function findReasonAgainst(
  { report, run }: ReviewedResults,
  { pull: { headCommit }, requestedAt, baselineKind }: ReviewQuestion,
  shown: boolean,
): UserError | undefined {
  const { name, createdAt } = run.artifact;
  const { ci, shard, baselineKind: compared } = report.run;
  if (ci?.commit !== headCommit) {
    return shown
      ? otherCommit(headCommit)
      : new UserError(
          `The artifact "${name}" is about another commit than ${headCommit}.`,
          'Let the check run on the newest commit, and accept then.',
        );
  }
  if (requestedAt !== undefined && createdAt !== undefined && createdAt > requestedAt) {
    return new UserError(
      `The results of ${formatCommit(headCommit)} are younger than the request, so they cannot be what was reviewed.`,
      `Look at them (${run.runUrl}) and ask again.`,
    );
  }
  if (shard !== undefined) {
    return new UserError(
      `The artifact "${name}" holds one shard only of ${headCommit}.`,
      'Let the check run on the newest commit, with its shards merged, and accept then.',
    );
  }
  const unwritable = findUnwritable(report.run);
  if (unwritable !== undefined) {
    return unwritable;
  }
  if (compared !== undefined && compared !== baselineKind) {
    return new UserError(
      `The reviewed run compared with baseline: ${compared}, and this step would accept into baseline: ${baselineKind}.`,
      `Set baseline: ${compared} for both, best in visual-capture.yml, and ask again.`,
    );
  }
  return undefined;
}
