import type { World } from '../../test/helpers/simulated-service.ts';

/** The makespan that is aimed at, × the oracle's. */
export const goals = { steady: 1.15, windows: 1.2, changing: 1.4 } as const;

export interface Scenario {
  readonly name: string;
  /** What the goal for the makespan is: the capacity is steady, comes in windows, or changes or is shared. */
  readonly goal: keyof typeof goals;
  readonly captures: number;
  /** When each of the competing runs starts; they share the captures evenly. One run unless said otherwise. */
  readonly startsMs?: readonly number[];
  /** Most requests that we may have in flight. Default: 64. */
  readonly concurrency?: number;
  /** Whether the run knows how long each capture took last time. */
  readonly durationsKnown?: boolean;
  readonly world: (seed: number) => World;
}

/** Mean 2.7 s, hardly ever over 6 s: an ordinary site. */
export const usual = logNormal(2500, 0.35, 1000, 20_000);
/** From 1 to 20 s, one in ten over 8 s. */
const heavyTailed = logNormal(2500, 0.95, 1000, 20_000);

export const base = {
  latencyMs: usual,
  networkMs: 25,
  internalRetryMs: 400,
  retryAfter: () => '2',
  attemptTimeoutMs: 60_000,
} as const;

const absurd = ['soon', '-5', '0', '1e3', 'NaN', '', '3 apples', 'Thu, 99 Foo 2026 00:00:00 GMT'];

export const scenarios: readonly Scenario[] = [
  ...[3, 8, 50].map(
    (slots): Scenario => ({
      name: `capacity ${slots}`,
      goal: 'steady',
      captures: 600,
      world: (seed) => ({ ...base, seed, capacity: () => slots }),
    }),
  ),
  {
    name: 'capacity 20, 6 from 30 s, 32 from 90 s',
    goal: 'changing',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: (atMs) => (atMs < 30_000 ? 20 : atMs < 90_000 ? 6 : 32),
      changesMs: [30_000, 90_000],
    }),
  },
  ...[true, false].map(
    (retryAfter): Scenario => ({
      name: `account limit of 4 a second, ${retryAfter ? 'Retry-After' : 'no Retry-After'}`,
      goal: 'steady',
      captures: 600,
      world: (seed) => ({ ...base, seed, capacity: () => 200, limit: { kind: 'bucket', perSecond: 4, burst: 20, retryAfter } }),
    }),
  ),
  {
    name: 'capacity 16, all refused for 8 s in every 45 s',
    goal: 'changing',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: () => 16,
      outages: Array.from({ length: 200 }, (_, at) => ({ fromMs: 20_000 + at * 45_000, toMs: 28_000 + at * 45_000 })),
    }),
  },
  {
    name: 'capacity 16, 2% resets, 1% pages of 502, 1% no answer',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 16, faults: { reset: 0.02, 'bad-gateway': 0.01, hang: 0.01 } }),
  },
  {
    name: 'capacity 16, 1 to 20 s a capture',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 16, latencyMs: heavyTailed }),
  },
  {
    name: 'the same, durations known',
    goal: 'steady',
    captures: 600,
    durationsKnown: true,
    world: (seed) => ({ ...base, seed, capacity: () => 16, latencyMs: heavyTailed }),
  },
  {
    name: '4 runs at capacity 30',
    goal: 'changing',
    captures: 2400,
    startsMs: [0, 10_000, 20_000, 30_000],
    world: (seed) => ({ ...base, seed, capacity: () => 30 }),
  },
  {
    name: 'capacity 8, Retry-After as a date',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: () => 8,
      retryAfter: (_atMs, now) => new Date(now.getTime() + 2000).toUTCString(),
    }),
  },
  {
    name: 'capacity 8, Retry-After without sense',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 8, retryAfter: (atMs) => absurd[Math.floor(atMs) % absurd.length] }),
  },
];

/** Where the goals do not hold, measured to be told. */
export const hardScenarios: readonly Scenario[] = [
  {
    name: '200 captures at capacity 50',
    goal: 'steady',
    captures: 200,
    world: (seed) => ({ ...base, seed, capacity: () => 50 }),
  },
  ...[8, 50].map(
    (slots): Scenario => ({
      name: `capacity ${slots}, Retry-After of 10 s`,
      goal: 'steady',
      captures: 600,
      world: (seed) => ({ ...base, seed, capacity: () => slots, retryAfter: () => '10' }),
    }),
  ),
  {
    name: 'capacity 8, refusals after 3 s',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 8, internalRetryMs: 3000 }),
  },
  {
    name: 'capacity 50, 0.5 s a capture',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 50, latencyMs: (share) => usual(share) / 5 }),
  },
  {
    name: '4 runs at capacity 8',
    goal: 'changing',
    captures: 2400,
    startsMs: [0, 10_000, 20_000, 30_000],
    world: (seed) => ({ ...base, seed, capacity: () => 8 }),
  },
];

/** A log-normal distribution as a function of a uniform share, cut at both ends. */
function logNormal(medianMs: number, sigma: number, leastMs: number, mostMs: number): (share: number) => number {
  return (share) => Math.min(mostMs, Math.max(leastMs, medianMs * Math.exp(sigma * normalQuantile(share))));
}

/** The inverse of the normal distribution (Shore, "Simple approximations for the inverse normal", 1982): good to 1%. */
function normalQuantile(share: number): number {
  const p = Math.min(Math.max(share, 1e-9), 1 - 1e-9);
  return p < 0.5 ? -normalQuantile(1 - p) : 5.5556 * (1 - ((1 - p) / p) ** 0.1186);
}
