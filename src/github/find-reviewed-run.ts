import { formatCommit } from '../basics/format.ts';
import { UserError } from '../errors/user-error.ts';
import { type GithubApi, readRefusal } from './api.ts';
import type { StoredArtifact } from './artifacts.ts';
import { findArtifact } from './find-artifact.ts';
import type { AcceptedPullRequest } from './open-pull-request.ts';
import type { Repository } from './repository.ts';

/** The results that a person could see on a pull request. */
export interface ReviewedArtifact {
  readonly runId: number;
  readonly runUrl: string;
  readonly artifact: StoredArtifact;
}

interface Run {
  readonly id: number;
  readonly url: string;
}

/** Events whose runs GitHub knows by the newest commit of their pull request. Others may be about any commit. */
const headEvents: readonly string[] = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/**
 * The newest artifact of that name of the run that the comment on the pull request shows; where there is no such comment,
 * among the runs of its newest commit. Whether it is about that commit, only the results tell: runs that something else
 * than the pull request started belong to the default branch.
 * @throws UserError when there is none.
 */
export async function findReviewedArtifact(
  api: GithubApi,
  repository: Repository,
  pull: AcceptedPullRequest,
  artifactName: string,
  shownRunId: number | undefined,
): Promise<ReviewedArtifact> {
  const runs =
    shownRunId === undefined
      ? await listRunsOfHead(api, repository, pull)
      : [await getShownRun(api, repository, pull, shownRunId)];
  const found: ReviewedArtifact[] = [];
  for (const { id, url } of runs) {
    const search = await findArtifact(api, repository, id, artifactName);
    if (search.kind === 'found') {
      found.push({ runId: id, runUrl: url, artifact: search.artifact });
    }
  }
  const newest = found.toSorted((a, b) => b.artifact.id - a.artifact.id)[0];
  if (newest === undefined) {
    const commit = formatCommit(pull.headCommit);
    throw new UserError(
      shownRunId === undefined
        ? `No run of ${commit}, the newest commit, has an artifact "${artifactName}".`
        : `The run that the comment on the pull request shows (${runs[0]?.url}) has no artifact "${artifactName}" any more.`,
      'Wait until the check has run on the newest commit, or run it again if its artifact is expired.',
    );
  }
  return newest;
}

/** Of the pull request's own repository alone: anybody can push the same commit to a fork. */
async function listRunsOfHead(
  api: GithubApi,
  { owner, name }: Repository,
  { headCommit, headRepositoryId }: AcceptedPullRequest,
): Promise<Run[]> {
  const search = { owner, repo: name, head_sha: headCommit, per_page: 100 };
  const runs = await api.paginate(api.rest.actions.listWorkflowRunsForRepo, search);
  return runs.filter((run) => run.head_repository?.id === headRepositoryId).map(({ id, html_url: url }) => ({ id, url }));
}

async function getShownRun(
  api: GithubApi,
  { owner, name }: Repository,
  { headCommit }: AcceptedPullRequest,
  runId: number,
): Promise<Run> {
  const { data } = await api.rest.actions.getWorkflowRun({ owner, repo: name, run_id: runId }).catch((error: unknown) => {
    throw readRefusal(error)?.status === 404 ? goneRun(runId, error) : error;
  });
  if (headEvents.includes(data.event) && data.head_sha !== headCommit) {
    throw otherCommit(headCommit);
  }
  return { id: data.id, url: data.html_url };
}

function goneRun(runId: number, cause: unknown): UserError {
  return new UserError(
    `The run that the comment on the pull request shows (${runId}) is gone.`,
    'Let the check run again, look at what the comment shows then, and ask again.',
    { cause },
  );
}

/** The comment shows something else than the newest commit. */
export function otherCommit(headCommit: string): UserError {
  return new UserError(
    `The comment on the pull request does not show the results of ${formatCommit(headCommit)}, the newest commit.`,
    'Let the check run on that commit, look at what the comment shows then, and ask again.',
  );
}
