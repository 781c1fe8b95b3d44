import type { BaselineSource } from '../baseline/source.ts';
import { pairTwins, withTwins } from '../baseline/twins.ts';
import { optional } from '../basics/record.ts';
import type { CaptureClient } from '../capture/client.ts';
import type { CaptureOutcome } from '../capture/outcome.ts';
import type { PolicyOptions } from '../capture/policy/policy.ts';
import { runCaptures, type TakeAgain } from '../capture/scheduler.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import { describeEnvironment, type RunEnvironment } from '../environment/describe.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { buildReport, type RunFacts } from '../judge/build-report.ts';
import { type JudgePorts, judgeCapture } from '../judge/judge.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { noteBaselines } from '../judge/note-baselines.ts';
import { judgeRemoved } from '../judge/removed.ts';
import { clearLastRun } from '../output/last-run.ts';
import { writeReports } from '../output/write-reports.ts';
import { checkUntil } from '../page-check/check-until.ts';
import { refuseBadPages } from '../page-check/refuse-bad-pages.ts';
import type { Capture } from '../plan/capture.ts';
import { takeShare } from '../plan/shard.ts';
import { splitPrivate } from '../plan/split-private.ts';
import type { Progress } from '../progress/progress.ts';
import { decideNothingCompared } from '../results/decide-nothing-compared.ts';
import type { Report, RunReport } from '../results/model.ts';
import type { Clock, Folder, Random } from '../system/ports.ts';
import { startTimeLimit } from '../system/time-limit.ts';
import { readDurations } from './known-durations.ts';

/** What a run needs of the outside. */
export interface RunPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly output: Folder;
  readonly baselines: BaselineSource | undefined;
  readonly comparer: Comparer;
  /** For the report page. */
  readonly thumbnails: ThumbnailMaker;
  readonly progress: Progress;
  /** What is wrong with a page, as its answer to a plain request shows. */
  readonly checkPage: NonNullable<JudgePorts['checkPage']>;
  /** Makes the service ready: a client for the hosted one, or the built-in engine started and a client for that. */
  openService(): Promise<CaptureService>;
}

export interface CaptureService extends AsyncDisposable {
  readonly client: Pick<CaptureClient, 'render' | 'send'>;
  readonly billing: PolicyOptions['billing'];
  /** Captures at once, where it is known: more would only be refused. */
  readonly capacity?: number;
  /** What is known of the browser behind it. */
  readonly environment: Pick<RunEnvironment, 'browser' | 'platform'>;
}

/** Facts about the invocation that the report tells. */
export interface RunAbout {
  readonly fork: boolean;
  readonly ci?: NonNullable<RunReport['ci']>;
  readonly versions: RunReport['versions'];
}

export interface Finished {
  readonly report: Report;
  /** What kept the run from its end on our side, such as a full disk; the step fails by it, whatever the report says. */
  readonly fault?: unknown;
}

/**
 * The whole job: capture, compare, report. What was captured is on disk before anything else happens to it, and every
 * report is written however the run ends.
 * @throws UserError when the engine cannot be started or the output cannot be written, before anything was captured.
 */
export async function run(inputs: Inputs, ports: RunPorts, about: RunAbout, signal: AbortSignal): Promise<Finished> {
  const { clock, output, baselines } = ports;
  const startedAt = clock.date();
  const startMs = clock.nowMs();
  const durations = await readDurations(output, baselines);
  const share = takeShare(inputs.captures, inputs.shard, durations.forShards);
  const task = { ...inputs, captures: share.captures, expectedDurationMs: durations.forOrder };
  const captured = await captureAndJudge(task, ports, about, signal);
  // Nothing that comes now may cost the reports of what was captured.
  const known = await attempt(async () => (await baselines?.list()) ?? []);
  const ids = known.value ?? [];
  const removed = await attempt(async () =>
    baselines === undefined || !share.tellsRemoved
      ? []
      : judgeRemoved(inputs.captures, baselines, ids, output, { prune: inputs.prune && inputs.updateBaselines === 'all' }),
  );
  const saved = await attempt(async () => baselines?.save());

  // A baseline that could not be saved was not updated, so the difference counts.
  const all = [...noteBaselines(captured.judged, ids), ...(removed.value ?? [])];
  const judged = saved.fault === undefined ? all : all.map(withoutUpdate);
  const report = buildReport({
    judged,
    service: captured.service,
    ...(captured.stopped === undefined ? {} : { stopped: captured.stopped }),
    run: {
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(clock.nowMs() - startMs),
      engine: inputs.engine.kind,
      baseline: baselines?.description ?? 'none',
      baselineKind: inputs.baseline.kind,
      failOn: inputs.failOn,
      versions: about.versions,
      ...optional(
        'nothingCompared',
        decideNothingCompared(
          judged.map(({ capture }) => capture),
          {
            comparing: baselines !== undefined,
            updating: inputs.updateBaselines !== 'none',
            sharded: share.shard !== undefined,
            allowed: inputs.allowEmpty,
            lenient: inputs.failOn.length === 0,
          },
        ),
      ),
      ...(about.ci === undefined ? {} : { ci: { ...about.ci, ...optional('artifactName', nameOfArtifact(inputs)) } }),
      ...(share.shard === undefined ? {} : { shard: share.shard }),
    },
    context: runContext(inputs, about),
  });
  const written = await attempt(() => writeReports(report, output, ports.thumbnails));
  const fault = captured.fault ?? known.fault ?? removed.fault ?? saved.fault ?? written.fault;
  return { report, ...(fault === undefined ? {} : { fault }) };
}

/** What came of some work: its value, or what it threw. */
async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value?: T; readonly fault?: unknown }> {
  try {
    return { value: await work() };
  } catch (fault) {
    return { fault };
  }
}

function withoutUpdate(judged: JudgedCapture): JudgedCapture {
  const { baselineUpdated: _, ...capture } = judged.capture;
  return { ...judged, capture };
}

interface Captured extends Pick<Awaited<ReturnType<typeof runCaptures>>, 'service' | 'stopped'> {
  /** In the order of the plan. */
  readonly judged: readonly JudgedCapture[];
  /** What ended the run from our side, such as a full disk. */
  readonly fault?: unknown;
}

/** What this job captures, and how long that is expected to take, by id. */
interface Task extends Inputs {
  readonly expectedDurationMs: ReadonlyMap<string, number>;
}

async function captureAndJudge(inputs: Task, ports: RunPorts, { versions }: RunAbout, signal: AbortSignal): Promise<Captured> {
  const { progress, clock, random, output } = ports;
  // The last run's pictures go only when this run can take new ones.
  const service = await ports.openService();
  // Whatever goes wrong when it is closed, the verdicts stand.
  await using _closed = { [Symbol.asyncDispose]: async () => void (await attempt(async () => service[Symbol.asyncDispose]())) };
  await clearLastRun(output);
  const runEnvironment: RunEnvironment = { ...service.environment, engine: inputs.engine.kind, versions };
  await ports.baselines?.prepare(inputs.captures.map(({ id }) => id));
  using time = startTimeLimit(inputs.pace.timeLimitMs, clock);
  const ended = AbortSignal.any([signal, time.up]);
  const judgePorts: JudgePorts = {
    ...ports,
    checkPage: checkUntil(ports.checkPage, ended),
    updateBaselines: inputs.updateBaselines,
    retakes: inputs.retakes,
    engine: inputs.engine.kind,
    pageCheck: inputs.pageCheck,
    environmentOf: (capture) => describeEnvironment(capture, runEnvironment),
  };
  const judged = new Map<string, JudgedCapture>();
  const stop = new AbortController();
  const faults: unknown[] = [];
  const finish = async (capture: Capture, outcome: CaptureOutcome, takeAgain?: TakeAgain): Promise<void> => {
    const first = await attempt(() => judgeCapture(capture, outcome, { ...judgePorts, ...optional('takeAgain', takeAgain) }));
    const one = first.value ?? (await judgeAfter(first.fault, capture, outcome));
    judged.set(capture.id, one);
    progress.done(one.capture, one.failure?.code);
  };
  const judgeAfter = async (fault: unknown, capture: Capture, outcome: CaptureOutcome): Promise<JudgedCapture> => {
    // Going on would pay for pictures that cannot be kept.
    const failure: Failure = { code: 'run_failed', detail: reasonOf(fault) };
    faults.push(fault);
    stop.abort(failure);
    // A baseline that could not be written costs no verdict.
    const compared = await attempt(() => judgeCapture(capture, outcome, { ...judgePorts, updateBaselines: 'none' }));
    return compared.value ?? judgeCapture(capture, unkept(outcome, failure), judgePorts);
  };

  progress.start(inputs.captures.length, inputs.engine.kind);
  const twins = ports.baselines?.twins;
  const onOutcome = pairTwins(inputs.captures, twins, finish);
  const { refused, allowed } = splitPrivate({ ...inputs, captures: withTwins(inputs.captures, twins) });
  const refusedPages = await refuseBadPages(allowed, inputs.pageCheck, ports.checkPage, ended);
  const concurrency = Math.min(inputs.pace.concurrency, service.capacity ?? Number.POSITIVE_INFINITY);
  const result = await runCaptures(
    allowed.filter((capture) => !refusedPages.has(capture)),
    {
      ...inputs.pace,
      concurrency,
      timeLimitMs: time.leftMs(),
      expectedDurationMs: inputs.expectedDurationMs,
      billing: service.billing,
    },
    { render: service.client.render, send: service.client.send, clock, random },
    { onOutcome, onEvent: (event) => progress.service(event) },
    AbortSignal.any([ended, stop.signal]),
  );
  for (const [capture, detail] of refused) {
    await onOutcome(capture, notSent({ code: 'private_url', detail }));
  }
  for (const [capture, { message }] of refusedPages) {
    await onOutcome(capture, notSent({ code: 'page_error', detail: message }));
  }
  progress.stop();
  return {
    judged: inputs.captures.flatMap(({ id }) => judged.get(id) ?? []),
    service: result.service,
    ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
    ...(faults.length > 0 ? { fault: faults[0] } : {}),
  };
}

/** A capture whose picture could not be kept counts as not captured; what was not tried stays `skipped`. */
function unkept({ status, attempts, durationMs, timeline }: CaptureOutcome, failure: Failure): CaptureOutcome {
  return { status: status === 'skipped' ? 'skipped' : 'failed', failure, attempts, durationMs, timeline };
}

function notSent(failure: Failure): CaptureOutcome {
  return { status: 'failed', failure, attempts: 0, durationMs: 0, timeline: [] };
}

function nameOfArtifact({ artifact }: Inputs): string | undefined {
  return artifact.kind === 'upload' ? artifact.name : undefined;
}

function runContext({ engine, pace, apiKeySecret }: Inputs, about: RunAbout): RunFacts['context'] {
  return {
    engine: engine.kind === 'local' ? 'local' : 'api',
    apiUrl: engine.kind === 'local' ? 'the built-in engine' : engine.apiUrl.href,
    hasApiKey: engine.kind !== 'local' && engine.apiKey !== '',
    ...optional('apiKeySecret', apiKeySecret),
    fork: about.fork,
    ...pace,
  };
}
