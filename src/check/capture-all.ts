import { pairCounterparts, withCounterparts } from '../baseline/pair-counterparts.ts';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import { runCaptures } from '../capture/scheduler.ts';
import { describeEnvironment, type RunEnvironment } from '../environment/describe.ts';
import type { Failure } from '../errors/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { pageFailure } from '../judge/judge.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { claimOutput } from '../output/claim-output.ts';
import { checkUntil } from '../page-check/check-until.ts';
import { refuseBadPages, wakePages } from '../page-check/refuse-bad-pages.ts';
import { splitPrivate } from '../plan/split-private.ts';
import type { AccountLimit, RunReport } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';
import { startTimeLimit } from '../system/time-limit.ts';
import { JudgeAll } from './judge-all.ts';
import type { CaptureService, RunAbout, RunPorts } from './run-ports.ts';

/** What this job captures, and how long that is expected to take, by id. */
export interface CaptureTask extends Inputs {
  readonly expectedDurationMs: ReadonlyMap<string, number>;
  /** The account's limit as an earlier run has met it. */
  readonly knownLimit: AccountLimit | undefined;
}

export interface Captured extends Pick<Awaited<ReturnType<typeof runCaptures>>, 'service' | 'stopped'> {
  /** Where everything of the run is written. */
  readonly output: Folder;
  /** In the order of the plan. */
  readonly judged: readonly JudgedCapture[];
  readonly retakesEnded?: NonNullable<RunReport['retakesEnded']>;
  /** What ended the run from our side, such as a full disk. */
  readonly fault?: unknown;
}

/**
 * Captures everything and judges each picture as it arrives.
 * @throws UserError when the engine cannot be started or the output cannot be written, before anything was captured.
 */
export async function captureAll(
  task: CaptureTask,
  ports: RunPorts,
  { versions }: Pick<RunAbout, 'versions'>,
  signal: AbortSignal,
): Promise<Captured> {
  const { clock, random, progress, baselines } = ports;
  const { captures, engine, pace } = task;
  // The last run's pictures go only when this run can take new ones.
  await using service = closingQuietly(await ports.openService());
  const output = await claimOutput(
    ports.output,
    captures.map(({ id }) => id),
  );
  await baselines?.prepare?.(captures.map(({ id }) => id));
  using time = startTimeLimit(pace.timeLimitMs, clock);
  const ended = AbortSignal.any([signal, time.up]);
  const environment: RunEnvironment = { ...service.environment, engine: engine.kind, versions };
  const judge = new JudgeAll(
    {
      ...ports,
      output,
      checkPage: checkUntil(ports.pages.check, ended),
      retakes: task.retakes,
      baselineTakes: task.baselineTakes,
      environmentOf: (capture) => describeEnvironment(capture, environment),
    },
    progress,
  );

  progress.start(captures.length, engine.kind);
  const onOutcome = pairCounterparts(captures, baselines?.counterparts, (...outcome) => judge.finish(...outcome));
  const { refused, allowed } = splitPrivate({ ...task, captures: withCounterparts(captures, baselines?.counterparts) });
  await wakePages(allowed, ports.pages.wake, ended);
  // The built-in engine costs nothing and tells what its browser saw, which counts more than what we would be told.
  const badPages = await refuseBadPages(engine.kind === 'local' ? [] : allowed, ports.pages.check, ended);
  const result = await runCaptures(
    allowed.filter((capture) => !badPages.has(capture)),
    {
      ...pace,
      concurrency: Math.min(pace.concurrency, service.capacity ?? Number.POSITIVE_INFINITY),
      timeLimitMs: time.leftMs(),
      expectedDurationMs: task.expectedDurationMs,
      ...defined({ knownLimit: engine.kind === 'local' ? undefined : task.knownLimit }),
      billing: service.billing,
    },
    { ...service.client, send: endingOnFault(service.client.send, judge), clock, random },
    { onOutcome, onEvent: (event) => progress.service(event) },
    AbortSignal.any([ended, judge.stopped]),
  );
  for (const [capture, detail] of refused) {
    await onOutcome(capture, notSent({ code: 'private_url', detail }));
  }
  for (const [capture, problem] of badPages) {
    await onOutcome(capture, notSent(pageFailure(capture, problem)));
  }
  progress.stop();
  return {
    judged: judge.inOrder(captures),
    output,
    service: result.service,
    ...defined({ stopped: result.stopped, fault: judge.fault, retakesEnded: judge.retakesEnded }),
  };
}

/** A request whose answer this machine cannot look at ends the run, which keeps its reports: the service is not to blame. */
function endingOnFault(send: CaptureService['client']['send'], judge: JudgeAll): CaptureService['client']['send'] {
  return async (request, signal) => {
    const result = await attempt(() => send(request, signal));
    if (result.kind === 'failed') {
      judge.end(result.fault);
    }
    return result.value ?? { kind: 'aborted' };
  };
}

/** Whatever goes wrong when the service is closed, the verdicts stand. */
function closingQuietly(service: CaptureService): CaptureService {
  return { ...service, [Symbol.asyncDispose]: async () => void (await attempt(async () => service[Symbol.asyncDispose]())) };
}

function notSent(failure: Failure): CaptureOutcome {
  return { status: 'failed', failure, attempts: 0, durationMs: 0, timeline: [] };
}
