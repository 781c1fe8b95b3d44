import { type LimitState, openLimit } from '../../test/helpers/account-limit.ts';
import { cutAt, isOut, requestFate, type World } from '../../test/helpers/simulated-service.ts';

export interface OracleJob {
  readonly body: string;
  /** When it may be sent at the earliest. */
  readonly fromMs: number;
}

/**
 * When the last capture ends if everything about the service is known beforehand: as many at once as it has room
 * for and we may have in flight, no request refused or cut off, no waiting, faults repeated at once, what
 * hangs in the engine sent once more beside it, and what would be lost not even sent. In milliseconds. Jobs are taken in their order.
 */
export function oracleMakespanMs(world: World, jobs: readonly OracleJob[], concurrency: number): number {
  const oracle = new Oracle(world, jobs, concurrency);
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
  #running: (Request & { readonly endMs: number; readonly becomes: 'picture' | 'repeat' | 'nothing' })[] = [];
  #nowMs = 0;
  readonly #limit: LimitState;
  readonly #concurrency: number;

  constructor(world: World, jobs: readonly OracleJob[], concurrency: number) {
    this.#world = world;
    this.#waiting = jobs.map((job) => ({ job, attempt: 1 }));
    this.#limit = openLimit(world.limit);
    this.#concurrency = concurrency;
  }

  get busy(): boolean {
    return this.#waiting.length > 0 || this.#running.some(({ becomes }) => becomes !== 'nothing');
  }

  /** Sends what there is room for. */
  start(): void {
    while (this.#hasRoom()) {
      const at = this.#waiting.findIndex(({ job }) => job.fromMs <= this.#nowMs);
      const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (next === undefined) {
        return;
      }
      this.#limit.take(this.#nowMs);
      const fate = knownFate(this.#world, next);
      const hangs = fate.fault === 'hang';
      if (hangs) {
        this.#waiting.unshift({ ...next, attempt: next.attempt + 1 });
      }
      const endMs = this.#nowMs + fate.latencyMs;
      this.#running.push({ ...next, endMs, becomes: hangs ? 'nothing' : fate.fault === undefined ? 'picture' : 'repeat' });
    }
  }

  /** Goes to the next moment at which something changes, and ends what has ended by then. */
  finish(): void {
    const thenMs = this.#nextChangeMs();
    this.#nowMs = thenMs;
    for (const { endMs, becomes, job, attempt } of this.#running) {
      if (endMs <= thenMs && becomes === 'picture') {
        this.lastEndMs = thenMs;
      } else if (endMs <= thenMs && becomes === 'repeat') {
        this.#waiting.unshift({ job, attempt: attempt + 1 });
      }
    }
    this.#running = this.#running.filter(({ endMs }) => endMs > thenMs);
  }

  #hasRoom(): boolean {
    const nowMs = this.#nowMs;
    const room = Math.min(this.#concurrency, this.#world.capacity(nowMs));
    const open = !isOut(this.#world, nowMs) && cutAt(this.#world, nowMs) === undefined;
    return open && this.#running.length < room && this.#limit.freeAtMs(nowMs) <= nowMs;
  }

  #nextChangeMs(): number {
    const { outages = [], cuts = [], changesMs = [] } = this.#world;
    const freeAtMs = this.#limit.freeAtMs(this.#nowMs);
    const changes = [
      ...(freeAtMs > this.#nowMs ? [freeAtMs + 1e-6] : []),
      ...changesMs,
      ...[...outages, ...cuts].map(({ toMs }) => toMs),
      ...this.#running.map(({ endMs }) => endMs),
      ...this.#waiting.map(({ job }) => job.fromMs),
    ];
    return Math.min(...changes.filter((ms) => ms > this.#nowMs));
  }
}

function knownFate(world: World, { job, attempt }: Request): ReturnType<typeof requestFate> {
  const fate = requestFate(world, job.body, attempt);
  return fate.fault === 'lost' ? knownFate(world, { job, attempt: attempt + 1 }) : fate;
}
