import { pairCounterparts, withCounterparts } from '../baseline/pair-counterparts.ts';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import { runCaptures, type SchedulerOptions, type SchedulerResult } from '../capture/scheduler.ts';
import type { Failure } from '../errors/failure.ts';
import { pageFailure } from '../judge/judge.ts';
import { refuseBadPages, wakePages } from '../page-check/refuse-bad-pages.ts';
import type { Capture } from '../plan/capture.ts';
import { splitPrivate } from '../plan/split-private.ts';
import type { ServiceTotals } from '../results/model.ts';
import { nothingSent, sumService } from '../results/service-totals.ts';
import { captureApiOf } from '../services/registry.ts';
import type { TimeLimit } from '../system/time-limit.ts';
import type { JudgeAll } from './judge-all.ts';
import type { CaptureService, CaptureTask, RunPorts } from './run-ports.ts';
import { tryOptions } from './try-options.ts';

export interface Sent extends SchedulerResult {
  /** Options that the service honours without documenting them, as people call them. */
  readonly triedOptions?: readonly string[];
}

/** What the sending works with, besides the run's own ports. */
export interface Sending {
  readonly judge: JudgeAll;
  readonly time: TimeLimit;
  /** Aborts when the run must end. */
  readonly ended: AbortSignal;
}

/** Sends what can be captured, and hands on what cannot. */
export async function sendAll(
  task: CaptureTask,
  service: CaptureService,
  { clock, random, progress, baselines, pages }: RunPorts,
  { judge, time, ended }: Sending,
): Promise<Sent> {
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
  const captured = allowed.filter((capture) => !badPages.has(capture));
  const options: SchedulerOptions = { ...pace, billing: service.billing };
  const schedulerPorts = { ...service.client, send: endingOnFault(service.client.send, judge), clock, random };
  const stopping = AbortSignal.any([ended, judge.stopped]);
  const trial = await tryUsed(captured, task, { options, ports: schedulerPorts }, stopping);
  const result = await runCaptures(
    captured,
    {
      ...options,
      maxCaptures: trial.maxCaptures,
      concurrency: Math.min(pace.concurrency, service.capacity ?? Number.POSITIVE_INFINITY),
      timeLimitMs: time.leftMs(),
      expectedDurationMs: task.expectedDurationMs,
      ...defined({ knownLimit: engine.kind === 'local' ? undefined : task.knownLimit }),
    },
    schedulerPorts,
    { onOutcome, onEvent: (event) => progress.service(event) },
    trial.refusal === undefined ? stopping : AbortSignal.any([AbortSignal.abort(trial.refusal), stopping]),
  );
  for (const [capture, detail] of refused) {
    await onOutcome(capture, notSent({ code: 'private_url', detail }));
  }
  for (const [capture, problem] of badPages) {
    await onOutcome(capture, notSent(pageFailure(capture, problem)));
  }
  // What the run itself has learned of the limit is newer.
  return { ...result, service: sumService([result.service, trial.service]), ...defined({ triedOptions: trial.triedOptions }) };
}

interface Trial {
  readonly service: ServiceTotals;
  /** What is left of the input `max-captures`. */
  readonly maxCaptures: number;
  /** Why nothing must be sent. */
  readonly refusal?: Failure;
  readonly triedOptions?: readonly string[];
}

/** Tries the undocumented options that the captures use, where they use any. */
async function tryUsed(
  captures: readonly Capture[],
  { undocumentedOptions, pace: { maxCaptures }, engine }: CaptureTask,
  run: Parameters<typeof tryOptions>[2],
  signal: AbortSignal,
): Promise<Trial> {
  const used = undocumentedOptions.filter(({ key }) => captures.some(({ settings }) => settings.page?.[key] !== undefined));
  if (used.length === 0) {
    return { service: nothingSent, maxCaptures };
  }
  const { service, failure } = await tryOptions(used, captureApiOf(engine.kind), run, signal);
  const left = Math.max(0, maxCaptures - service.credits);
  if (failure !== undefined) {
    return { service, maxCaptures: left, refusal: failure };
  }
  // 0 would be no limit.
  return maxCaptures > 0 && left === 0
    ? { service, maxCaptures, refusal: { code: 'capture_limit' } }
    : { service, maxCaptures: left, triedOptions: used.map(({ shown }) => shown) };
}

/** Nothing is captured as somebody else than was meant. The first capture shows what the page of the login looked like. */
async function skipAll(captures: readonly Capture[], failure: Failure, judge: JudgeAll): Promise<Sent> {
  const { picture: _, ...words } = failure;
  for (const capture of captures) {
    const own = capture === captures[0] ? failure : words;
    await judge.finish(capture, { status: 'skipped', failure: own, attempts: 0, durationMs: 0, timeline: [] });
  }
  return { service: nothingSent, stopped: words };
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
