import type { EarlierRuns, PastArtifact, PastRun } from '../baseline/host.ts';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { systemClock } from '../system/clock.ts';
import { type GithubApi, readRefusal } from './api.ts';
import { artifactsOfRun } from './artifacts.ts';
import { branchEvents } from './branch-events.ts';
import type { WorkflowRun } from './context.ts';
import { findArtifact } from './find-artifact.ts';
import { isEnterpriseServer } from './repository.ts';

/** As many as GitHub lists at once, of each event. */
const mostRuns = 100;

/** Newest runs that are looked at for one that is not finished. */
const mostUnderWay = 20;

/** Runs of the workflow that `run` belongs to. */
export function connectEarlierRuns(
  api: GithubApi,
  { id: ownId, repository }: Pick<WorkflowRun, 'id' | 'repository'>,
  token: string,
  signal?: AbortSignal,
): EarlierRuns {
  const place = { owner: repository.owner, repo: repository.name };
  const { actions, repos } = api.rest;
  const getRun = async (id: number) => (await actions.getWorkflowRun({ ...place, run_id: id })).data;
  return {
    successful: (wanted) =>
      explained(repository.serverUrl, async () => {
        const branch = wanted ?? (await repos.get(place)).data.default_branch;
        const own = await getRun(ownId);
        const search = { ...place, workflow_id: own.workflow_id, branch, status: 'success', per_page: mostRuns } as const;
        // One event a request is all that GitHub takes. The runs of others would fill every page: anybody may open pull requests.
        const answers = await Promise.all(branchEvents.map((event) => actions.listWorkflowRuns({ ...search, event })));
        const runs = answers
          .flatMap(({ data }) => data.workflow_runs)
          .filter(({ head_repository: head }) => head?.id === own.repository.id)
          .toSorted((one, other) => other.id - one.id)
          .map((run): PastRun => ({ id: run.id, url: run.html_url, commit: run.head_sha }));
        return { branch, runs };
      }),
    artifactOf: (run, name) =>
      explained(repository.serverUrl, async (): Promise<PastArtifact> => {
        const found = await findArtifact(api, repository, run.id, name);
        return found.kind === 'found'
          ? {
              kind: 'found',
              open: () => artifactsOfRun(repository, run.id, token, { clock: systemClock, signal }).open(found.artifact),
            }
          : found;
      }),
    underWay: async (branch, like) => {
      try {
        const { workflow_id, repository: own } = await getRun(like ?? ownId);
        const { data } = await actions.listWorkflowRuns({ ...place, workflow_id, branch, per_page: mostUnderWay });
        return data.workflow_runs
          .filter(({ status, event, head_repository: head }) => {
            return status !== 'completed' && branchEvents.includes(event) && head?.id === own.id;
          })
          .map(({ html_url: url, head_sha: commit }) => ({ url, commit }));
      } catch (error) {
        // It takes the permission actions: read, which a check needs for nothing else with baseline: ref.
        if (readRefusal(error) === undefined) {
          throw error;
        }
        return [];
      }
    },
  };
}

async function explained<T>(serverUrl: string, ask: () => Promise<T>): Promise<T> {
  if (isEnterpriseServer(serverUrl)) {
    throw new UserError(
      'baseline: artifact does not work on GitHub Enterprise Server, which does not keep artifacts of this kind.',
      'Set baseline to directory or ref.',
    );
  }
  try {
    return await ask();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  const refusal = readRefusal(error);
  if (refusal === undefined) {
    return error;
  }
  const denied = [401, 403, 404].includes(refusal.status);
  return new UserError(
    `The artifacts of earlier runs could not be looked for: ${reasonOf(error).split('\n')[0]}`,
    denied
      ? 'Give the job the permission actions: read, and pass github-token: ${{ github.token }}.'
      : 'Run the job again; if it stays so, look at githubstatus.com.',
    { cause: error },
  );
}
