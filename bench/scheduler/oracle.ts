import { isOut, requestFate, type World } from '../../test/helpers/simulated-service.ts';

export interface OracleJob {
  readonly body: string;
  /** When it may be sent at the earliest. */
  readonly fromMs: number;
}

/**
 * When the last capture ends if everything about the service is known beforehand: as many at once as it has room
 * for, no request refused, no waiting, faults repeated at once. In milliseconds. Jobs are taken in their order.
 */
export function oracleMakespanMs(world: World, jobs: readonly OracleJob[]): number {
  const oracle = new Oracle(world, jobs);
  while (oracle.busy) {
    oracle.start();
    oracle.finish();
  }
  return oracle.lastEndMs + 2 * world.networkMs;
}

interface Request {
  readonly job: OracleJob;
  readonly attempt: number;
}

class Oracle {
  lastEndMs = 0;
  readonly #world: World;
  readonly #waiting: Request[];
  #running: (Request & { readonly endMs: number; readonly failed: boolean })[] = [];
  #nowMs = 0;
  #tokens: number;

  constructor(world: World, jobs: readonly OracleJob[]) {
    this.#world = world;
    this.#waiting = jobs.map((job) => ({ job, attempt: 1 }));
    this.#tokens = world.rateLimit?.burst ?? Number.POSITIVE_INFINITY;
  }

  get busy(): boolean {
    return this.#waiting.length > 0 || this.#running.length > 0;
  }

  /** Sends what there is room for. */
  start(): void {
    while (this.#hasRoom()) {
      const at = this.#waiting.findIndex(({ job }) => job.fromMs <= this.#nowMs);
      const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (next === undefined) {
        return;
      }
      this.#tokens -= 1;
      const fate = requestFate(this.#world, next.job.body, next.attempt);
      this.#running.push({ ...next, endMs: this.#nowMs + fate.latencyMs, failed: fate.fault !== undefined });
    }
  }

  /** Goes to the next moment at which something changes, and ends what has ended by then. */
  finish(): void {
    const thenMs = this.#nextChangeMs();
    const { rateLimit } = this.#world;
    if (rateLimit !== undefined) {
      this.#tokens = Math.min(rateLimit.burst, this.#tokens + ((thenMs - this.#nowMs) / 1000) * rateLimit.perSecond);
    }
    this.#nowMs = thenMs;
    for (const { endMs, failed, job, attempt } of this.#running) {
      if (endMs <= thenMs) {
        this.lastEndMs = thenMs;
      }
      if (endMs <= thenMs && failed) {
        this.#waiting.unshift({ job, attempt: attempt + 1 });
      }
    }
    this.#running = this.#running.filter(({ endMs }) => endMs > thenMs);
  }

  #hasRoom(): boolean {
    const free = this.#running.length < this.#world.capacity(this.#nowMs) && !isOut(this.#world, this.#nowMs);
    return free && this.#tokens >= 1;
  }

  #nextChangeMs(): number {
    const { rateLimit, outages = [], changesMs = [] } = this.#world;
    const tokenMs =
      rateLimit === undefined || this.#tokens >= 1
        ? Number.POSITIVE_INFINITY
        : this.#nowMs + ((1 - this.#tokens) / rateLimit.perSecond) * 1000 + 1e-6;
    const changes = [
      tokenMs,
      ...changesMs,
      ...outages.map(({ toMs }) => toMs),
      ...this.#running.map(({ endMs }) => endMs),
      ...this.#waiting.map(({ job }) => job.fromMs),
    ];
    return Math.min(...changes.filter((ms) => ms > this.#nowMs));
  }
}
