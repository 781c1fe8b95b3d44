import type { RunPlace } from '../baseline/host.ts';
import { defined } from '../basics/record.ts';
import { type CommitHistory, firstThatKnows, localHistory } from '../git/commit-history.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import { type GithubApi, readRefusal } from './api.ts';
import { githubHistory } from './commit-history.ts';
import type { WorkflowRun } from './context.ts';
import { connectEarlierRuns } from './earlier-runs.ts';
import { cloneUrl, type Repository } from './repository.ts';
import { decideBranch } from './subject/decide-branch.ts';
import { findAcceptances } from './subject/find-acceptances.ts';
import type { Questions, Subject } from './subject/subject.ts';

/** How GitHub is reached by a step that has a token. */
export interface GithubAccess {
  readonly api: GithubApi;
  readonly token: string;
  /** Ends whatever is waited for. */
  readonly signal: AbortSignal;
}

/** What is known of the order of commits: a full clone answers without GitHub. */
export function knownHistory(
  { repository }: WorkflowRun,
  directory: string,
  env: ProcessVariables,
  github: GithubAccess | undefined,
): CommitHistory {
  const remote = github === undefined ? [] : [githubHistory(github.api, repository)];
  return firstThatKnows(localHistory(directory, env), ...remote);
}

/** Where a workflow run stands: its repository, and whose baselines and acceptances count for what it is about. */
export async function locateRun(
  run: WorkflowRun,
  subject: Subject,
  ask: Questions,
  commits: CommitHistory,
  github: GithubAccess | undefined,
): Promise<RunPlace> {
  const { repository } = run;
  return {
    remote: { url: cloneUrl(repository), ...defined({ token: github?.token }) },
    branch: await decideBranch(subject, run.defaultBranch, ask),
    commit: subject.commit,
    ...defined({ defaultBranch: run.defaultBranch }),
    commits,
    acceptances: (recorded) => findAcceptances(subject, recorded, ask),
    workflowRun: { id: run.id, url: run.url, commit: subject.commit },
    ...(github === undefined
      ? {}
      : {
          earlierRuns: connectEarlierRuns(github.api, run, github.token, github.signal),
          nameOfBranch: (branch: string) => nameOfBranch(github.api, repository, branch),
        }),
  };
}

/** What a branch is called today: GitHub redirects from its old name. Undefined: there is none, or GitHub does not tell. */
export async function nameOfBranch(api: GithubApi, { owner, name }: Repository, branch: string): Promise<string | undefined> {
  try {
    return (await api.rest.repos.getBranch({ owner, repo: name, branch })).data.name;
  } catch (error) {
    if (readRefusal(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}
