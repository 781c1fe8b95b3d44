import type { ArtifactSearch, EarlierRuns } from '../baseline/host.ts';
import { reasonOf, UserError } from '../errors/user-error.ts';
import { systemClock } from '../system/clock.ts';
import { connectGithub, type GithubApi, readRefusal } from './api.ts';
import { artifactsOfRun } from './artifacts.ts';
import { branchEvents } from './branch-events.ts';
import type { WorkflowRun } from './context.ts';
import { isEnterpriseServer } from './repository.ts';

/**
 * How many successful runs are looked at, one request each. The newest one nearly always has the artifact; older ones
 * are for runs of the workflow in which the check was left out, e.g. because no page was touched.
 */
const maxRuns = 20;

/** The successful runs of the workflow that `run` belongs to. */
export function connectEarlierRuns(run: Pick<WorkflowRun, 'id' | 'repository'>, token: string): EarlierRuns {
  const api = connectGithub(token, run.repository.apiUrl, systemClock);
  return {
    findArtifact: async (name, branch) => {
      if (isEnterpriseServer(run.repository.serverUrl)) {
        throw new UserError(
          'baseline: artifact does not work on GitHub Enterprise Server, which does not keep artifacts of this kind.',
          'Set baseline to directory or ref.',
        );
      }
      try {
        return await findArtifact(api, run, token, name, branch);
      } catch (error) {
        throw explain(error, name);
      }
    },
  };
}

async function findArtifact(
  api: GithubApi,
  { id, repository }: Pick<WorkflowRun, 'id' | 'repository'>,
  token: string,
  artifactName: string,
  wantedBranch: string | undefined,
): Promise<ArtifactSearch> {
  const { owner, name } = repository;
  const place = { owner, repo: name };
  const branch = wantedBranch ?? (await api.rest.repos.get(place)).data.default_branch;
  const { data: own } = await api.rest.actions.getWorkflowRun({ ...place, run_id: id });
  const search = { ...place, workflow_id: own.workflow_id, branch, status: 'success', per_page: maxRuns } as const;
  // One event a request is all that GitHub takes. The runs of others would fill every page: anybody may open pull requests.
  const answers = await Promise.all(branchEvents.map((event) => api.rest.actions.listWorkflowRuns({ ...search, event })));
  const runs = answers
    .flatMap(({ data }) => data.workflow_runs)
    .filter(({ head_repository: head }) => head?.id === own.repository.id)
    .toSorted((one, other) => other.id - one.id)
    .slice(0, maxRuns);
  let expired = 0;
  for (const run of runs) {
    const answer = await api.rest.actions.listWorkflowRunArtifacts({ ...place, run_id: run.id, name: artifactName });
    const artifacts = answer.data.artifacts.toSorted((one, other) => other.id - one.id);
    const found = artifacts.find((artifact) => !artifact.expired);
    if (found !== undefined) {
      const { id: artifactId, size_in_bytes: sizeBytes, digest } = found;
      const stored = { id: artifactId, name: artifactName, sizeBytes, ...(typeof digest === 'string' ? { digest } : {}) };
      return {
        kind: 'found',
        runUrl: run.html_url,
        open: () => artifactsOfRun(repository, run.id, token).open(stored),
      };
    }
    expired += artifacts.length > 0 ? 1 : 0;
  }
  return { kind: 'none', branch, runs: runs.length, expired };
}

function explain(error: unknown, name: string): unknown {
  const refusal = readRefusal(error);
  if (refusal === undefined) {
    return error;
  }
  const denied = [401, 403, 404].includes(refusal.status);
  return new UserError(
    `The artifact "${name}" of earlier runs could not be looked for: ${reasonOf(error).split('\n')[0]}`,
    denied
      ? 'Give the job the permission actions: read, and pass github-token: ${{ github.token }}.'
      : 'Run the job again; if it stays so, look at githubstatus.com.',
    { cause: error },
  );
}
