import { runCaptures } from '../../src/capture/scheduler.ts';
import type { Capture } from '../../src/plan/capture.ts';
import { defaultApi } from '../../src/services/registry.ts';
import { renderBody, renderRequest } from '../../test/helpers/request.ts';
import { requestFate, type ServiceLog, SimulatedService, type World } from '../../test/helpers/simulated-service.ts';
import { makeCaptures } from '../../test/helpers/virtual-run.ts';
import { seededRandom, VirtualClock } from '../../test/helpers/virtual-time.ts';
import { oracleMakespanMs } from './oracle.ts';
import { type Rival, type RivalTools, runRival } from './rivals.ts';
import type { Scenario } from './scenarios.ts';

export interface Measurement {
  /** Time until the last capture has ended, as a multiple of the oracle's. */
  readonly makespan: number;
  /** Requests sent for each capture, those not counted that met an injected fault. */
  readonly requestsPerCapture: number;
  readonly lost: number;
  readonly sentWhileHeld: number;
  /** Jain's index of what the competing runs got while all were at it: 1 is an even share, 1/n all for one. */
  readonly fairness: number | undefined;
  readonly simulatedMs: number;
}

/** What captures everything: our scheduler, or a rival with a pool of fixed size. */
export type Contender = (captures: readonly Capture[], tools: ContenderTools) => Promise<void>;

export interface ContenderTools extends RivalTools {
  readonly concurrency: number;
  readonly expectedDurationMs: ReadonlyMap<string, number>;
  readonly onCaptured: () => void;
}

/** The cap that we are given unless a scenario says otherwise: far above most capacities, as a user who trusts it to adapt would set it. */
const usualConcurrency = 64;

export const ours: Contender = async (captures, { concurrency, send, clock, random, expectedDurationMs, onCaptured }) => {
  await runCaptures(
    captures,
    {
      concurrency,
      maxAttempts: 6,
      retryBudgetMs: 300_000,
      timeLimitMs: 0,
      maxCaptures: 0,
      billing: defaultApi.billing,
      expectedDurationMs,
    },
    { render: renderRequest, send: ({ body = '' }, signal) => send(body, signal), clock, random },
    { onOutcome: (_capture, { status }) => (status === 'captured' ? onCaptured() : undefined) },
    new AbortController().signal,
  );
};

export function rivalContender(rival: Rival, poolSize: number): Contender {
  return (captures, tools) => runRival(rival, poolSize, captures.map(renderBody), tools, tools.onCaptured);
}

/** Runs a scenario once in virtual time. The same seed gives every contender the same service. */
export async function measure(scenario: Scenario, seed: number, contender: Contender): Promise<Measurement> {
  const world = scenario.world(seed);
  const { startsMs = [0], durationsKnown = false, concurrency = usualConcurrency } = scenario;
  const captures = makeCaptures(scenario.captures);
  const share = scenario.captures / startsMs.length;
  const clock = new VirtualClock();
  const service = new SimulatedService(world, clock);
  const expectedDurationMs = durationsKnown ? usualDurations(world, captures) : new Map<string, number>();
  const runs = startsMs.map((startMs, at) => ({
    startMs,
    captures: captures.slice(at * share, (at + 1) * share),
    connection: service.connect(),
    random: seededRandom(seed * 1000 + at),
    capturedAtMs: [] as number[],
  }));
  await clock.run(
    Promise.all(
      runs.map(async (run) => {
        await clock.sleep(run.startMs);
        const onCaptured = (): void => void run.capturedAtMs.push(clock.nowMs());
        await contender(run.captures, {
          concurrency,
          send: run.connection.send,
          clock,
          random: run.random,
          expectedDurationMs,
          onCaptured,
        });
      }),
    ),
  );
  const total = (of: (log: ServiceLog) => number): number => runs.reduce((sum, { connection }) => sum + of(connection.log), 0);
  const bodies = runs.flatMap((run) => {
    const longestFirst = [...run.captures].sort(
      (a, b) => (expectedDurationMs.get(b.id) ?? 0) - (expectedDurationMs.get(a.id) ?? 0),
    );
    return longestFirst.map((capture) => ({ body: renderBody(capture), fromMs: run.startMs }));
  });
  return {
    makespan: clock.nowMs() / oracleMakespanMs(world, bodies, concurrency * startsMs.length),
    requestsPerCapture: total(({ requests, faults }) => requests - faults) / scenario.captures,
    lost: scenario.captures - runs.reduce((sum, { capturedAtMs }) => sum + capturedAtMs.length, 0),
    sentWhileHeld: total(({ sentWhileHeld }) => sentWhileHeld),
    fairness: runs.length > 1 ? fairness(runs) : undefined,
    simulatedMs: clock.nowMs(),
  };
}

function usualDurations(world: World, captures: readonly Capture[]): Map<string, number> {
  const faultless = { ...world, faults: {} };
  return new Map(captures.map((capture) => [capture.id, requestFate(faultless, renderBody(capture), 1).latencyMs]));
}

/** Jain, Chiu, Hawe, "A Quantitative Measure of Fairness and Discrimination", 1984. */
function fairness(runs: readonly { readonly startMs: number; readonly capturedAtMs: readonly number[] }[]): number {
  const fromMs = Math.max(...runs.map(({ startMs }) => startMs));
  const toMs = Math.min(...runs.map(({ capturedAtMs }) => capturedAtMs.at(-1) ?? fromMs));
  const got = runs.map(({ capturedAtMs }) => capturedAtMs.filter((atMs) => atMs >= fromMs && atMs <= toMs).length);
  const sum = got.reduce((a, b) => a + b, 0);
  return sum ** 2 / (got.length * got.reduce((a, b) => a + b * b, 0));
}
