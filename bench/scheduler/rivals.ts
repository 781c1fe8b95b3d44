import type { AttemptResult } from '../../src/capture/outcome.ts';
import type { Clock, Random } from '../../src/system/ports.ts';

/** What a rival does after a failed request. */
export interface Setback {
  /** Failed requests of the capture, this one included. */
  readonly failures: number;
  readonly result: Extract<AttemptResult, { kind: 'failure' }>;
  readonly random: number;
}

/** A way to repeat requests as a user would put it together, by its documented behaviour and defaults. */
export interface Rival {
  readonly name: string;
  /** Whether a capture that waits to be repeated makes room for another one. */
  readonly yieldsPlace: boolean;
  /** Makes the state of one run: the wait before the capture is repeated, undefined to give it up. */
  readonly begin: () => (setback: Setback) => number | undefined;
}

/** How many captures are under way at once: what people write down when they do not know better. */
export const poolSizes = [5, 10, 50] as const;

export const rivals: readonly Rival[] = [
  {
    // undici 8, RetryAgent with POST added to its methods; a timeout is not among the errors that it repeats.
    name: 'undici RetryAgent',
    yieldsPlace: false,
    begin:
      () =>
      ({ failures, result }) => {
        const retried = result.failure.code === 'network_error' || [429, 500, 502, 503, 504].includes(result.failure.status ?? 0);
        if (!retried || failures > 5) {
          return undefined;
        }
        return Math.min(result.retryAfter?.ms ?? 500 * 2 ** (failures - 1), 30_000);
      },
  },
  {
    // p-retry with its defaults: ten repeats, doubling from one second, Retry-After not looked at.
    name: 'p-retry',
    yieldsPlace: false,
    begin:
      () =>
      ({ failures }) =>
        failures > 10 ? undefined : 1000 * 2 ** (failures - 1),
  },
  {
    // @octokit/plugin-throttling (waits as asked, else a minute) with @octokit/plugin-retry (three repeats, n² seconds).
    name: 'octokit throttling and retry',
    yieldsPlace: true,
    begin:
      () =>
      ({ failures, result }) => {
        if (failures > 3) {
          return undefined;
        }
        return result.failure.status === 429
          ? (result.retryAfter?.ms ?? 60_000)
          : Math.max(result.retryAfter?.ms ?? 0, failures ** 2 * 1000);
      },
  },
  {
    // AWS SDK for JavaScript v3, standard mode: three attempts, full jitter, a retry quota shared by the client.
    name: 'AWS standard mode',
    yieldsPlace: false,
    begin: () => {
      let quota = 500;
      return ({ failures, result, random }) => {
        const cost = result.failure.code === 'attempt_timeout' ? 10 : 5;
        if (failures >= 3 || quota < cost) {
          return undefined;
        }
        quota -= cost;
        const baseMs = [429, 503].includes(result.failure.status ?? 0) ? 500 : 100;
        return Math.max(result.retryAfter?.ms ?? 0, Math.min(20_000, random * 2 ** (failures - 1) * baseMs));
      };
    },
  },
];

export interface RivalTools {
  readonly send: (body: string, signal: AbortSignal) => Promise<AttemptResult>;
  readonly clock: Clock;
  readonly random: Random;
}

/** Sends every body through a pool of fixed size. Resolves when all have ended; calls `onCaptured` for each picture. */
export async function runRival(
  rival: Rival,
  poolSize: number,
  bodies: readonly string[],
  { send, clock, random }: RivalTools,
  onCaptured: () => void,
): Promise<void> {
  const decide = rival.begin();
  const { signal } = new AbortController();
  const pool = new Pool(poolSize);

  /** One request: how long to wait before the next one, undefined when there is none. */
  async function attempt(body: string, failures: number): Promise<number | undefined> {
    const result = await send(body, signal);
    switch (result.kind) {
      case 'image':
        onCaptured();
        return undefined;
      case 'failure':
        return decide({ failures, result, random: random.next() });
      case 'aborted':
        return undefined;
    }
  }

  async function capture(body: string): Promise<void> {
    await pool.enter();
    for (let failures = 1; ; failures += 1) {
      const waitMs = await attempt(body, failures);
      if (waitMs === undefined) {
        break;
      }
      await (rival.yieldsPlace ? pool.leaveFor(() => clock.sleep(waitMs)) : clock.sleep(waitMs));
    }
    pool.leave();
  }

  await Promise.all(bodies.map(capture));
}

/** Lets so many in at once, the others in their order. */
class Pool {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  async leaveFor(work: () => Promise<void>): Promise<void> {
    this.leave();
    await work();
    await this.enter();
  }

  leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#free += 1;
    } else {
      next();
    }
  }
}
