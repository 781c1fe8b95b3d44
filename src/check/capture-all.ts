import { pairCounterparts, withCounterparts } from '../baseline/pair-counterparts.ts';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import { failureOf, runCaptures, type SchedulerResult } from '../capture/scheduler.ts';
import { describeEnvironment, type RunEnvironment } from '../environment/describe.ts';
import type { Failure } from '../errors/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { pageFailure } from '../judge/judge.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { claimOutput } from '../output/claim-output.ts';
import { checkUntil } from '../page-check/check-until.ts';
import { refuseBadPages, wakePages } from '../page-check/refuse-bad-pages.ts';
import type { Capture } from '../plan/capture.ts';
import { splitPrivate } from '../plan/split-private.ts';
import type { AccountLimit, RunReport, ServiceTotals } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';
import { startTimeLimit, type TimeLimit } from '../system/time-limit.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { abortAfter } from './abort-after.ts';
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

/** How long after the run must end a comparison may go on: a job that was cancelled has 7.5 s in all, one whose time is up has more. */
const judgeGraceMs = { stopped: 3_000, timeUp: 20_000 } as const;

/**
 * Captures everything and judges each picture as it arrives. Whatever is thrown meanwhile ends the captures that were not
 * finished as `run_failed`. `service`: undefined when the run was stopped before there was one.
 * @throws UserError when the output cannot be written, before anything was captured.
 */
export async function captureAll(
  task: CaptureTask,
  service: CaptureService | undefined,
  ports: RunPorts,
  about: Pick<RunAbout, 'versions'>,
  signal: AbortSignal,
): Promise<Captured> {
  const { clock, progress, baselines } = ports;
  const { captures, engine, pace } = task;
  const output = await claimOutput(
    ports.output,
    captures.map(({ id }) => id),
  );
  await unlessStopped(signal, async () => baselines?.prepare?.(captures.map(({ id }) => id)));
  using time = startTimeLimit(pace.timeLimitMs, clock);
  const ended = AbortSignal.any([signal, time.up]);
  using late = abortAfter([signal, judgeGraceMs.stopped], [time.up, judgeGraceMs.timeUp], clock);
  const environment: RunEnvironment = { ...service?.environment, engine: engine.kind, versions: about.versions };
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
    late.signal,
  );
  const result = await attempt(() =>
    service === undefined ? notCaptured(signal) : sendAll(task, service, ports, { judge, time, ended }),
  );
  if (result.kind === 'failed') {
    judge.end(result.fault);
  }
  const why = result.value?.stopped ?? failureOf(judge.stopped.reason);
  for (const capture of judge.missing(captures)) {
    await judge.finish(capture, { status: 'skipped', failure: why, attempts: 0, durationMs: 0, timeline: [] });
  }
  // What a fault leaves running must not outlive the run.
  const told = await attempt(async () => progress.stop());
  return {
    judged: judge.inOrder(captures),
    output,
    service: result.value?.service ?? nothingSent,
    ...defined({
      stopped: result.kind === 'failed' ? why : result.value.stopped,
      fault: judge.fault ?? result.value?.fault ?? told.fault,
      retakesEnded: judge.retakesEnded,
    }),
  };
}

const nothingSent: ServiceTotals = { requests: 0, retries: 0, heldBackMs: 0, credits: 0, possiblyBilled: 0 };

/** The run was stopped before there was a service to ask. */
async function notCaptured(signal: AbortSignal): Promise<SchedulerResult> {
  return { service: nothingSent, stopped: failureOf(signal.reason) };
}

/** Nothing is captured as somebody else than was meant. The first capture shows what the page of the login looked like. */
async function skipAll(captures: readonly Capture[], failure: Failure, judge: JudgeAll): Promise<SchedulerResult> {
  const { picture: _, ...words } = failure;
  for (const capture of captures) {
    const own = capture === captures[0] ? failure : words;
    await judge.finish(capture, { status: 'skipped', failure: own, attempts: 0, durationMs: 0, timeline: [] });
  }
  return { service: nothingSent, stopped: words };
}

interface Sending {
  readonly judge: JudgeAll;
  readonly time: TimeLimit;
  /** Aborts when the run must end. */
  readonly ended: AbortSignal;
}

async function sendAll(
  task: CaptureTask,
  service: CaptureService,
  { clock, random, progress, baselines, pages }: RunPorts,
  { judge, time, ended }: Sending,
): Promise<SchedulerResult> {
  const { captures, engine, pace } = task;
  progress.start(captures.length, engine.kind);
  const onOutcome = pairCounterparts(captures, baselines?.counterparts, (...outcome) => judge.finish(...outcome));
  const { refused, allowed } = splitPrivate({ ...task, captures: withCounterparts(captures, baselines?.counterparts) });
  await wakePages(allowed, pages.wake, ended);
  const notSignedIn = await service.signIn?.(ended);
  if (notSignedIn !== undefined && !ended.aborted) {
    return skipAll(captures, notSignedIn, judge);
  }
  // The built-in engine costs nothing and tells what its browser saw, which counts more than what we would be told.
  const badPages = await refuseBadPages(engine.kind === 'local' ? [] : allowed, pages.check, ended);
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
  return result;
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

function notSent(failure: Failure): CaptureOutcome {
  return { status: 'failed', failure, attempts: 0, durationMs: 0, timeline: [] };
}
