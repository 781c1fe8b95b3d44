import type { AccountLimit } from '../../test/helpers/account-limit.ts';
import type { Cut } from '../../test/helpers/simulated-service.ts';
import { base, type Scenario, usual } from './scenarios.ts';

/**
 * Worlds that nobody would choose: accounts with limits of every shape, networks and gateways that fail for a while,
 * clocks that are wrong.
 */
export const worlds: readonly Scenario[] = [
  ...limited('60 a minute, fixed window', { kind: 'fixed-window', count: 60, windowMs: 60_000 }),
  ...limited('60 a minute, by the clock', { kind: 'fixed-window', count: 60, windowMs: 60_000, phaseMs: 20_000 }),
  ...limited('60 a minute, sliding log', { kind: 'sliding-log', count: 60, windowMs: 60_000, refusalsCount: false }),
  ...limited('60 a minute, refusals count too', { kind: 'sliding-log', count: 60, windowMs: 60_000, refusalsCount: true }),
  ...[true, false].map(
    (retryAfter): Scenario => ({
      name: `3 browsers, one start in 20 s, ${retryAfter ? 'Retry-After' : 'no Retry-After'}`,
      goal: 'windows',
      captures: 60,
      world: (seed) => ({
        ...base,
        seed,
        capacity: () => 3,
        busyCode: 'rate_limited',
        limit: { kind: 'bucket', perSecond: 0.05, burst: 1, retryAfter },
        ...(retryAfter ? {} : { retryAfter: () => undefined }),
      }),
    }),
  ),
  ...[64, 8].map(
    (concurrency): Scenario => ({
      name: `bucket of 60 a second, 70 ms a capture, concurrency ${concurrency}`,
      goal: 'steady',
      captures: 600,
      concurrency,
      world: (seed) => ({
        ...base,
        seed,
        capacity: () => 200,
        latencyMs: () => 70,
        limit: { kind: 'bucket', perSecond: 60, burst: 60, retryAfter: true },
      }),
    }),
  ),
  {
    name: 'window of 10 a second',
    goal: 'windows',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: () => 200,
      limit: { kind: 'fixed-window', count: 10, windowMs: 1000, phaseMs: 0, retryAfter: true },
    }),
  },
  {
    name: '429 for more than 12 at once',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 12, busyCode: 'rate_limited', internalRetryMs: 0 }),
  },
  ...(['reset', 'bad-gateway'] as const).map((as) =>
    cutOff(`${as === 'reset' ? 'resets' : 'pages of 502'} for 20 s`, [{ as, fromMs: 30_000, toMs: 50_000 }]),
  ),
  cutOff('no name for 15 s at the start', [{ as: 'no-name', fromMs: 0, toMs: 15_000 }]),
  {
    name: 'one capture, busy for 15 s',
    goal: 'steady',
    captures: 1,
    world: (seed) => ({ ...base, seed, capacity: () => 16, outages: [{ fromMs: 0, toMs: 15_000 }] }),
  },
  {
    name: 'one capture, pages of 502 for 20 s',
    goal: 'steady',
    captures: 1,
    world: (seed) => ({ ...base, seed, capacity: () => 16, cuts: [{ as: 'bad-gateway', fromMs: 0, toMs: 20_000 }] }),
  },
  {
    name: 'Retry-After as a date of a clock 90 s ahead that is not told',
    goal: 'steady',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: () => 8,
      untoldSkewMs: 90_000,
      retryAfter: (_atMs, now) => new Date(now.getTime() + 2000).toUTCString(),
    }),
  },
  {
    name: 'capacity that jumps between 4 and 40 every 15 s',
    goal: 'changing',
    captures: 600,
    world: (seed) => ({
      ...base,
      seed,
      capacity: (atMs) => (Math.floor(atMs / 15_000) % 2 === 0 ? 40 : 4),
      changesMs: Array.from({ length: 200 }, (_, at) => (at + 1) * 15_000),
    }),
  },
  ...(['hang', 'lost'] as const).map(
    (fault): Scenario => ({
      name: `1% hang for a minute${fault === 'lost' ? ', unknown to the engine' : ''}`,
      goal: 'steady',
      captures: 600,
      world: (seed) => ({ ...base, seed, capacity: () => 16, faults: { [fault]: 0.01 } }),
    }),
  ),
];

type Shape = AccountLimit extends infer Limit ? (Limit extends AccountLimit ? Omit<Limit, 'retryAfter'> : never) : never;

/** With and without Retry-After, with much and with little concurrency. */
function limited(name: string, shape: Shape): Scenario[] {
  return [64, 8].flatMap((concurrency) =>
    [true, false].map(
      (retryAfter): Scenario => ({
        name: `${name}, ${retryAfter ? 'Retry-After' : 'no Retry-After'}, concurrency ${concurrency}`,
        goal: 'windows',
        captures: 600,
        concurrency,
        world: (seed) => ({ ...base, seed, capacity: () => 200, limit: { ...shape, retryAfter } }),
      }),
    ),
  );
}

function cutOff(name: string, cuts: readonly Cut[]): Scenario {
  return {
    name: `capacity 16, ${name}`,
    goal: 'steady',
    captures: 600,
    world: (seed) => ({ ...base, seed, capacity: () => 16, cuts, latencyMs: usual }),
  };
}
