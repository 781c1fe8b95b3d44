import { formatDuration } from '../../basics/format.ts';
import { fieldOf } from '../../basics/record.ts';
import type { Clock } from '../../system/ports.ts';
import { type GithubApi, readRefusal } from '../api.ts';
import { askedToWaitMs, type RefusedCall } from '../repeat.ts';
import type { Repository } from '../repository.ts';
import type { RequestLimit } from './poll-delay.ts';
import { readCheckRun } from './read-check-run.ts';
import { readDeployment } from './read-deployment.ts';
import { readStatus } from './read-status.ts';
import type { Sighting, SightingContext } from './sighting.ts';

/** Where GitHub has what it knows of the deployments of a commit, and the permission that lets a job ask. */
export const sightingSources = {
  deployments: 'deployments: read',
  'commit statuses': 'statuses: read',
  checks: 'checks: read',
} as const;

export type SightingSource = keyof typeof sightingSources;

/** What one look at GitHub came to. */
export interface Look {
  readonly sightings: readonly Sighting[];
  /** What this job may not ask for, or the repository does not have. */
  readonly denied: readonly SightingSource[];
  /** Why something was not told this time. */
  readonly trouble?: string;
  readonly requests: number;
  readonly limit?: RequestLimit;
  readonly askedToWaitMs?: number;
}

/** What is looked at. */
export interface LookedAt extends SightingContext {
  readonly repository: Repository;
  /** The captured commit. */
  readonly commit: string;
  /**
   * A merge of it with its base that GitHub made for its pull request: workflows of pull requests deploy that
   * (https://github.com/npm/action-deploy/issues/41).
   */
  readonly mergeCommit?: string;
}

/** Deployments of a commit that are looked at, the newest: most hosts make one for each build. */
const mostDeployments = 20;
/** Newer deployments of an environment that are asked whether they have taken over an address. */
const mostSuccessors = 3;

/** Looks once at all that GitHub knows, but for what it denied before. Throws only what is no answer of GitHub's, such as a stop. */
export async function lookForDeployments(
  at: LookedAt,
  api: GithubApi,
  clock: Pick<Clock, 'date'>,
  denied: readonly SightingSource[] = [],
): Promise<Look> {
  const glance = new Glance(at, api, clock, denied);
  const sightings = [
    ...(await glance.ask('deployments', () => glance.deployments())),
    ...(await glance.ask('commit statuses', () => glance.statuses())),
    ...(await glance.ask('checks', () => glance.checks())),
  ];
  return { sightings, ...glance.said };
}

interface Answer<T> {
  readonly data: T;
  readonly headers: object;
}

class Glance {
  readonly #at: LookedAt;
  readonly #api: GithubApi;
  readonly #clock: Pick<Clock, 'date'>;
  readonly #denied: Set<SightingSource>;
  #requests = 0;
  #trouble: string | undefined;
  #limit: RequestLimit | undefined;
  #askedToWaitMs: number | undefined;

  constructor(at: LookedAt, api: GithubApi, clock: Pick<Clock, 'date'>, denied: readonly SightingSource[]) {
    this.#at = at;
    this.#api = api;
    this.#clock = clock;
    this.#denied = new Set(denied);
  }

  get said(): Omit<Look, 'sightings'> {
    return {
      denied: [...this.#denied],
      requests: this.#requests,
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
      ...(this.#limit === undefined ? {} : { limit: this.#limit }),
      ...(this.#askedToWaitMs === undefined ? {} : { askedToWaitMs: this.#askedToWaitMs }),
    };
  }

  async ask(source: SightingSource, look: () => Promise<Sighting[]>): Promise<Sighting[]> {
    // Who is asked to wait asks no more.
    if (this.#denied.has(source) || this.#askedToWaitMs !== undefined) {
      return [];
    }
    try {
      return await look();
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) {
        throw error;
      }
      this.#note(source, refusal);
      return [];
    }
  }

  #note(source: SightingSource, { status, message, ...refusal }: RefusedCall): void {
    this.#askedToWaitMs = askedToWaitMs({ status, message, ...refusal }, this.#clock.date());
    if (this.#askedToWaitMs !== undefined) {
      this.#trouble = `it asks to be left alone for ${formatDuration(this.#askedToWaitMs)}`;
    } else if ([401, 403, 404].includes(status)) {
      this.#denied.add(source);
    } else {
      this.#trouble = status === 0 ? message.split('\n')[0] : `HTTP ${status}`;
    }
  }

  async deployments(): Promise<Sighting[]> {
    const { commit, mergeCommit } = this.#at;
    const sightings: Sighting[] = [];
    for (const sha of [commit, ...(mergeCommit === undefined ? [] : [mergeCommit])]) {
      const deployments = await this.#get(() =>
        this.#api.rest.repos.listDeployments({ ...this.#place, sha, per_page: mostDeployments }),
      );
      for (const deployment of deployments) {
        const read = readDeployment(deployment, await this.#statusesOf(deployment.id), this.#at);
        sightings.push(...(read === undefined ? [] : [await this.#orStillThere(read)]));
      }
    }
    return sightings;
  }

  async statuses(): Promise<Sighting[]> {
    const { commit: ref } = this.#at;
    const { statuses } = await this.#get(() =>
      this.#api.rest.repos.getCombinedStatusForRef({ ...this.#place, ref, per_page: 100 }),
    );
    return statuses.flatMap((status) => readStatus(status, this.#at) ?? []);
  }

  async checks(): Promise<Sighting[]> {
    const { commit: ref } = this.#at;
    const runs = await this.#get(() =>
      this.#api.rest.checks.listForRef({ ...this.#place, ref, filter: 'latest', per_page: 100 }),
    );
    return runs.check_runs.flatMap((run) => readCheckRun(run, this.#at) ?? []);
  }

  get #place(): { readonly owner: string; readonly repo: string } {
    const { owner, name } = this.#at.repository;
    return { owner, repo: name };
  }

  #statusesOf(id: number): Promise<readonly unknown[]> {
    return this.#get(() => this.#api.rest.repos.listDeploymentStatuses({ ...this.#place, deployment_id: id, per_page: 30 }));
  }

  /**
   * GitHub calls a deployment inactive as soon as another one of its environment is served
   * (https://docs.github.com/en/rest/deployments/deployments#inactive-deployments), also where each has an address of its own. So
   * it is gone only if a newer one has its address.
   */
  async #orStillThere(sighting: Sighting): Promise<Sighting> {
    const { state, address, name: environment, order } = sighting;
    if (state !== 'gone' || address === undefined) {
      return sighting;
    }
    const others = await this.#get(() => this.#api.rest.repos.listDeployments({ ...this.#place, environment, per_page: 30 }));
    const newer = others.filter(({ id }) => id > order).slice(0, mostSuccessors);
    for (const deployment of newer) {
      const successor = readDeployment(deployment, await this.#statusesOf(deployment.id), this.#at);
      if (successor?.address?.href === address.href) {
        return sighting;
      }
    }
    return { ...sighting, state: 'ready' };
  }

  async #get<T>(request: () => Promise<Answer<T>>): Promise<T> {
    this.#requests += 1;
    const { data, headers } = await request();
    const remaining = Number(fieldOf(headers, 'x-ratelimit-remaining'));
    const resetMs = Number(fieldOf(headers, 'x-ratelimit-reset')) * 1000;
    if (Number.isFinite(remaining) && resetMs > 0) {
      this.#limit = { remaining, resetInMs: Math.max(0, resetMs - this.#clock.date().getTime()) };
    }
    return data;
  }
}
