import { UserError } from '../errors/user-error.ts';
import type { GithubApi } from './api.ts';
import type { StoredArtifact } from './artifacts.ts';
import type { Repository } from './repository.ts';

/** What must be known of a pull request to accept something on it. */
export interface AcceptedPullRequest {
  readonly number: number;
  readonly headCommit: string;
  readonly headBranch: string;
  /** `owner/name`; undefined when the fork is gone. */
  readonly headRepository: string | undefined;
  readonly headRepositoryId: number | undefined;
  readonly baseBranch: string;
}

/** Whether GitHub lets somebody write to the repository. Throws what the API throws. */
export async function mayWrite(api: GithubApi, { owner, name }: Repository, username: string): Promise<boolean> {
  const { data } = await api.rest.repos.getCollaboratorPermissionLevel({ owner, repo: name, username });
  // Maintain and the like are told as the nearest of these.
  return data.permission === 'admin' || data.permission === 'write';
}

/** @throws UserError when it is closed. */
export async function getOpenPullRequest(
  api: GithubApi,
  { owner, name }: Repository,
  number: number,
): Promise<AcceptedPullRequest> {
  const { data } = await api.rest.pulls.get({ owner, repo: name, pull_number: number });
  if (data.state !== 'open') {
    throw new UserError(`Pull request ${number} is closed.`, 'Open it again, or update the baselines on the branch itself.');
  }
  return {
    number,
    headCommit: data.head.sha,
    headBranch: data.head.ref,
    headRepository: data.head.repo?.full_name,
    headRepositoryId: data.head.repo?.id,
    baseBranch: data.base.ref,
  };
}

/** What is known of the results that a person looked at. */
export interface Review {
  readonly artifactName: string;
  /** When the person asked, where that is known. */
  readonly requestedAt?: Date;
  /** The run that the comment on the pull request shows, if there is such a comment. */
  readonly shownRunId?: number;
}

/** The results that a person could see on the newest commit of a pull request. */
export interface ReviewedArtifact {
  readonly runId: number;
  readonly runUrl: string;
  readonly artifact: StoredArtifact;
}

/**
 * The newest artifact of that name among the runs of the pull request's newest commit, of which only the one counts that
 * the comment shows: a branch can be set back to an older commit, whose results nobody looks at any more.
 * @throws UserError when there is none, or it is younger than the request, so that nobody can have reviewed it.
 */
export async function findReviewedArtifact(
  api: GithubApi,
  { owner, name }: Repository,
  { headCommit, headRepositoryId }: AcceptedPullRequest,
  { artifactName, requestedAt, shownRunId }: Review,
): Promise<ReviewedArtifact> {
  const place = { owner, repo: name };
  const commit = headCommit.slice(0, 7);
  const all = await api.paginate(api.rest.actions.listWorkflowRunsForRepo, { ...place, head_sha: headCommit, per_page: 100 });
  const own = all.filter((run) => run.head_repository?.id === headRepositoryId);
  const runs = own.filter(({ id }) => shownRunId === undefined || id === shownRunId);
  if (own.length > 0 && runs.length === 0) {
    throw new UserError(
      `The comment on the pull request does not show the results of ${commit}, the newest commit.`,
      'Let the check run on that commit, look at what the comment shows then, and ask again.',
    );
  }
  const found: ReviewedArtifact[] = [];
  for (const { id, html_url: runUrl } of runs) {
    const answer = await api.rest.actions.listWorkflowRunArtifacts({ ...place, run_id: id, name: artifactName });
    for (const artifact of answer.data.artifacts.filter(({ expired }) => !expired)) {
      found.push({ runId: id, runUrl, artifact: readArtifact(artifact) });
    }
  }
  const newest = found.toSorted((a, b) => b.artifact.id - a.artifact.id)[0];
  if (newest === undefined) {
    throw new UserError(
      `No run of ${commit}, the newest commit, has an artifact "${artifactName}".`,
      'Wait until the check has run on that commit, or run it again if its artifact is expired.',
    );
  }
  const { createdAt } = newest.artifact;
  if (requestedAt !== undefined && createdAt !== undefined && createdAt > requestedAt) {
    throw new UserError(
      `The results of ${commit} are younger than the request, so they cannot be what was reviewed.`,
      `Look at them (${newest.runUrl}) and ask again.`,
    );
  }
  return newest;
}

interface ListedArtifact {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly created_at: string | null;
  readonly digest?: string | null;
}

function readArtifact({ id, name, size_in_bytes: sizeBytes, created_at: createdAt, digest }: ListedArtifact): StoredArtifact {
  return {
    id,
    name,
    sizeBytes,
    ...(createdAt === null ? {} : { createdAt: new Date(createdAt) }),
    ...(digest === undefined || digest === null ? {} : { digest }),
  };
}
