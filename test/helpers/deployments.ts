import type { GithubAnswer, GithubOperation, GithubRequest } from './github-server.ts';
import { exampleOf } from './openapi.ts';

/** A status of a deployment, in GitHub's words. */
export interface StatusFacts {
  readonly state: 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';
  readonly environment_url?: string;
  readonly target_url?: string;
  readonly log_url?: string;
  readonly description?: string;
}

export interface DeploymentFacts {
  readonly sha: string;
  readonly environment: string;
  /** Login of the app or person that deploys. */
  readonly creator: string;
  readonly production?: boolean;
  /** Newest first. */
  readonly statuses?: readonly StatusFacts[];
}

export interface CommitStatusFacts {
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly target_url: string;
  readonly description?: string;
}

export interface CheckFacts {
  readonly sha: string;
  readonly name: string;
  /** The slug of the app that checks. */
  readonly app: string;
  readonly status?: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: string;
  readonly details_url: string;
  readonly title?: string;
  readonly summary?: string;
}

/** What GitHub knows of deployments. Their ids are their places in the lists. */
export interface DeploymentWorld {
  readonly deployments?: readonly DeploymentFacts[];
  readonly statuses?: readonly CommitStatusFacts[];
  readonly checks?: readonly CheckFacts[];
}

/** Answers to the questions about deployments, in the shapes of GitHub's own description. */
export function deploymentOperations(world: () => DeploymentWorld): Readonly<Record<string, GithubOperation>> {
  return {
    'repos/list-deployments': ({ url }) => {
      const [sha, environment] = ['sha', 'environment'].map((name) => url.searchParams.get(name));
      const known = (world().deployments ?? []).map((facts, at) => ({ ...facts, id: at + 1 }));
      const asked = known.filter(
        (one) => (sha === null || one.sha === sha) && (environment === null || one.environment === environment),
      );
      return { status: 200, body: asked.toReversed().map(showDeployment) };
    },
    'repos/list-deployment-statuses': ({ path }) => {
      const statuses = world().deployments?.[Number(path['deployment_id']) - 1]?.statuses ?? [];
      const [example] = exampleOf('repos/list-deployment-statuses', 200) as object[];
      const none = { environment_url: '', target_url: '', log_url: '', description: '' };
      return { status: 200, body: statuses.map((facts) => ({ ...example, ...none, ...facts })) };
    },
    'repos/get-combined-status-for-ref': ({ path }) => {
      const example = exampleOf('repos/get-combined-status-for-ref', 200) as { statuses: object[] };
      const own = (world().statuses ?? []).filter(({ sha }) => sha === path['ref']);
      const statuses = own.map(({ sha: _, ...facts }, at) => ({ ...example.statuses[0], description: '', id: at + 1, ...facts }));
      return { status: 200, body: { ...example, statuses, total_count: statuses.length } };
    },
    'checks/list-for-ref': ({ path }) => {
      const own = (world().checks ?? []).filter(({ sha }) => sha === path['ref']);
      return { status: 200, body: { total_count: own.length, check_runs: own.map(showCheck) } };
    },
  };
}

/** The same, with some of it refused as GitHub refuses what a job has no permission for. */
export function withoutPermission(
  operations: Readonly<Record<string, GithubOperation>>,
  ...denied: readonly string[]
): Readonly<Record<string, GithubOperation>> {
  const refuse = (): GithubAnswer => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
  return { ...operations, ...Object.fromEntries(denied.map((name) => [name, refuse])) };
}

/** The questions about deployments, in the order in which they were asked. */
export function askedForDeployments(requests: readonly GithubRequest[]): string[] {
  return requests.map(({ operation }) => operation).filter((operation) => /deployment|status|checks/.test(operation));
}

function showDeployment({ id, sha, environment, creator, production = false }: DeploymentFacts & { id: number }): unknown {
  const [example] = exampleOf('repos/list-deployments', 200) as { creator: object }[];
  return {
    ...example,
    id,
    sha,
    environment,
    creator: { ...example?.creator, login: creator },
    production_environment: production,
  };
}

function showCheck({ app, title, summary, status = 'completed', sha, ...facts }: CheckFacts, at: number): unknown {
  const { check_runs: runs } = exampleOf('checks/list-for-ref', 200) as { check_runs: { app: object; output: object }[] };
  const [example] = runs;
  return {
    ...example,
    id: at + 1,
    head_sha: sha,
    ...facts,
    status,
    conclusion: status === 'completed' ? (facts.conclusion ?? 'success') : null,
    app: { ...example?.app, slug: app },
    output: { ...example?.output, title: title ?? null, summary: summary ?? null },
  };
}
