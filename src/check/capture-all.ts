import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import { failureOf } from '../capture/scheduler.ts';
import { describeEnvironment, type RunEnvironment } from '../environment/describe.ts';
import type { Failure } from '../errors/failure.ts';
import type { EarlierBrowsers } from '../judge/earlier-browser.ts';
import type { JudgedCapture } from '../judge/judged.ts';
import { type ClaimedFolder, claimOutput } from '../output/claim-output.ts';
import { checkUntil } from '../page-check/check-until.ts';
import type { RunReport } from '../results/model.ts';
import { nothingSent } from '../results/service-totals.ts';
import { startTimeLimit } from '../system/time-limit.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { abortAfter } from './abort-after.ts';
import { JudgeAll } from './judge-all.ts';
import type { CaptureService, CaptureTask, RunAbout, RunPorts } from './run-ports.ts';
import { type Sent, sendAll } from './send-all.ts';

export interface Captured extends Pick<Sent, 'service' | 'stopped'> {
  /** Where everything of the run is written. */
  readonly output: ClaimedFolder;
  /** In the order of the plan. */
  readonly judged: readonly JudgedCapture[];
  readonly retakesEnded?: NonNullable<RunReport['retakesEnded']>;
  readonly triedOptions?: readonly string[];
  /** What ended the run from our side, such as a full disk. */
  readonly fault?: unknown;
}

/** How long after the run must end a comparison may go on: a job that was cancelled has 7.5 s in all, one whose time is up has more. */
const judgeGraceMs = { stopped: 3_000, timeUp: 20_000 } as const;

/**
 * Captures everything and judges each picture as it arrives. Whatever is thrown meanwhile ends the captures that were not
 * finished as `run_failed`. `service`: undefined when there is no preview, or the run was stopped before there was one.
 * @throws UserError when the output cannot be written, before anything was captured.
 */
export async function captureAll(
  task: CaptureTask,
  service: CaptureService | undefined,
  ports: RunPorts & { readonly earlier?: EarlierBrowsers },
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
    service === undefined
      ? notCaptured(task.unavailable ?? failureOf(signal.reason))
      : sendAll(task, service, ports, { judge, time, ended }),
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
      triedOptions: result.value?.triedOptions,
      fault: judge.fault ?? result.value?.fault ?? told.fault,
      retakesEnded: judge.retakesEnded,
    }),
  };
}

/** There is no preview, or the run was stopped before there was a service to ask. */
async function notCaptured(stopped: Failure): Promise<Sent> {
  return { service: nothingSent, stopped };
}
