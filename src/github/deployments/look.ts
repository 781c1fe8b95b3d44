import { formatDuration } from '../../basics/format.ts';
import { defined, fieldOf } from '../../basics/record.ts';
import type { Clock } from '../../system/ports.ts';
import type { GithubReader } from '../reader.ts';
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
  readonly repository: Pick<Repository, 'owner' | 'name'>;
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

/** Looks once at all that GitHub knows, but for what it denied before. Rejects only when it is stopped. */
export async function lookForDeployments(
  at: LookedAt,
  read: GithubReader,
  clock: Pick<Clock, 'date'>,
  denied: readonly SightingSource[] = [],
): Promise<Look> {
  const glance = new Glance(at, read, clock, denied);
  const sightings = [...(await glance.deployments()), ...(await glance.statuses()), ...(await glance.checks())];
  return { sightings, ...glance.said };
}

class Glance {
  readonly #at: LookedAt;
  readonly #read: GithubReader;
  readonly #clock: Pick<Clock, 'date'>;
  readonly #denied: Set<SightingSource>;
  #requests = 0;
  #trouble: string | undefined;
  #limit: RequestLimit | undefined;
  #askedToWaitMs: number | undefined;

  constructor(at: LookedAt, read: GithubReader, clock: Pick<Clock, 'date'>, denied: readonly SightingSource[]) {
    this.#at = at;
    this.#read = read;
    this.#clock = clock;
    this.#denied = new Set(denied);
  }

  get said(): Omit<Look, 'sightings'> {
    return {
      denied: [...this.#denied],
      requests: this.#requests,
      ...defined({ trouble: this.#trouble, limit: this.#limit, askedToWaitMs: this.#askedToWaitMs }),
    };
  }

  async deployments(): Promise<Sighting[]> {
    const { commit, mergeCommit } = this.#at;
    const sightings: Sighting[] = [];
    for (const sha of [commit, ...(mergeCommit === undefined ? [] : [mergeCommit])]) {
      for (const deployment of await this.#list('deployments', 'deployments', { sha, per_page: mostDeployments })) {
        const read = readDeployment(deployment, await this.#statusesOf(deployment), this.#at);
        sightings.push(...(read === undefined ? [] : [await this.#orStillThere(read)]));
      }
    }
    return sightings;
  }

  async statuses(): Promise<Sighting[]> {
    const statuses = await this.#list('commit statuses', `commits/${this.#at.commit}/status`, { per_page: 100 }, 'statuses');
    return statuses.flatMap((status) => readStatus(status, this.#at) ?? []);
  }

  async checks(): Promise<Sighting[]> {
    const query = { filter: 'latest', per_page: 100 };
    const runs = await this.#list('checks', `commits/${this.#at.commit}/check-runs`, query, 'check_runs');
    return runs.flatMap((run) => readCheckRun(run, this.#at) ?? []);
  }

  #statusesOf(deployment: unknown): Promise<readonly unknown[]> {
    return this.#list('deployments', `deployments/${String(fieldOf(deployment, 'id'))}/statuses`, { per_page: 30 });
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
    const others = await this.#list('deployments', 'deployments', { environment, per_page: 30 });
    const newer = others.filter((other) => Number(fieldOf(other, 'id')) > order).slice(0, mostSuccessors);
    for (const deployment of newer) {
      const successor = readDeployment(deployment, await this.#statusesOf(deployment), this.#at);
      if (successor?.address?.href === address.href) {
        return sighting;
      }
    }
    return { ...sighting, state: 'ready' };
  }

  /** A list below the repository, or the one in a field of what stands there. Empty where GitHub does not tell it, which is noted. */
  async #list(
    source: SightingSource,
    path: string,
    query: Readonly<Record<string, string | number>>,
    field?: string,
  ): Promise<readonly unknown[]> {
    // Who is asked to wait asks no more.
    if (this.#denied.has(source) || this.#askedToWaitMs !== undefined) {
      return [];
    }
    const { owner, name } = this.#at.repository;
    this.#requests += 1;
    const answer = await this.#read(`/repos/${owner}/${name}/${path}`, query);
    if (answer.kind === 'refused') {
      this.#note(source, answer.refusal);
      return [];
    }
    this.#limit = readLimit(answer.headers, this.#clock.date()) ?? this.#limit;
    const list = field === undefined ? answer.data : fieldOf(answer.data, field);
    return Array.isArray(list) ? list : [];
  }

  #note(source: SightingSource, refusal: RefusedCall): void {
    const { status, message } = refusal;
    this.#askedToWaitMs = askedToWaitMs(refusal, this.#clock.date());
    if (this.#askedToWaitMs !== undefined) {
      this.#trouble = `it asks to be left alone for ${formatDuration(this.#askedToWaitMs)}`;
    } else if ([401, 403, 404].includes(status)) {
      this.#denied.add(source);
    } else if (status === 422) {
      // "No commit found for SHA".
      this.#trouble = 'it does not know the commit: was it pushed?';
    } else {
      this.#trouble = status === 0 ? (message.split('\n')[0] ?? '') : `HTTP ${status}`;
    }
  }
}

function readLimit(headers: RefusedCall['headers'], now: Date): RequestLimit | undefined {
  const remaining = Number(headers['x-ratelimit-remaining']);
  const resetMs = Number(headers['x-ratelimit-reset']) * 1000;
  return Number.isFinite(remaining) && resetMs > 0 ? { remaining, resetInMs: Math.max(0, resetMs - now.getTime()) } : undefined;
}
