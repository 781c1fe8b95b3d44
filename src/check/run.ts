import type { BaselineBrowsers, BaselineSource } from '../baseline/source.ts';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { buildReport, type RunFacts } from '../judge/build-report.ts';
import { withoutUpdate } from '../judge/judged.ts';
import { describeJudgedBy } from '../judge/judged-by.ts';
import { noteBaselines } from '../judge/note-baselines.ts';
import { judgeRemoved } from '../judge/removed.ts';
import { writeReports } from '../output/write-reports.ts';
import type { Capture } from '../plan/capture.ts';
import { takeShare } from '../plan/shard.ts';
import { decideNothingCompared } from '../results/decide-nothing-compared.ts';
import type { Report } from '../results/model.ts';
import { closingInTime } from '../system/closing.ts';
import { isStopped } from '../system/stop-signal.ts';
import { unlessStopped } from '../system/unless-stopped.ts';
import { captureAll } from './capture-all.ts';
import { openEarlierBrowsers } from './earlier-browsers.ts';
import { readEarlier } from './known-earlier.ts';
import type { CaptureService, RunAbout, RunPorts } from './run-ports.ts';

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
  const { clock, baselines, update } = ports;
  const startedAt = clock.date();
  const startMs = clock.nowMs();
  const { limit: knownLimit, ...durations } = await readEarlier(ports.output, baselines);
  const share = takeShare(inputs.captures, inputs.shard, durations.forShards);
  const task = { ...inputs, captures: share.captures, expectedDurationMs: durations.forOrder, knownLimit };
  // The last run's pictures go only when this run can take new ones.
  const browsers = await readBrowsers(baselines, share.captures);
  const service = inputs.unavailable === undefined ? await unlessStopped(signal, () => ports.openService(browsers)) : undefined;
  // At the very end: a browser that hangs must not keep the reports from being written.
  await using _ = closingInTime(service, clock, signal);
  const earlier =
    service === undefined || update.kind !== 'browser'
      ? undefined
      : await unlessStopped(signal, () => {
          const names = [...browsers.byId.values()].filter((name) => name !== service.environment.browser);
          const open = (version: string): Promise<CaptureService> => ports.openEarlier(version, browsers);
          return openEarlierBrowsers(names, inputs.pace, { clock, random: ports.random, open, signal });
        });
  await using _earlier = closingInTime(earlier, clock, signal);
  const captured = await captureAll(task, service, { ...ports, ...defined({ earlier }) }, about, signal);
  const { output } = captured;
  // Nothing that comes now may cost the reports of what was captured.
  const known = await attempt(async () => (await baselines?.list()) ?? []);
  const ids = known.value ?? [];
  const removed = await attempt(() =>
    unlessStopped(signal, async () =>
      baselines === undefined || !share.tellsRemoved || inputs.unavailable !== undefined
        ? []
        : judgeRemoved(inputs.captures, baselines, ids, output, update),
    ),
  );
  const saved = await attempt(async () =>
    update.kind === 'none'
      ? undefined
      : update.writer?.save({
          wrote: update.kind,
          ...defined({ limit: captured.service.limit, browser: service?.downloaded }),
        }),
  );

  // A baseline that could not be saved was not updated, so the difference counts.
  const all = [...noteBaselines(captured.judged, ids), ...(removed.value ?? [])];
  const judged = saved.fault === undefined ? all : all.map(withoutUpdate);
  const nothingCompared = decideNothingCompared(
    judged.map(({ capture }) => capture),
    {
      comparing: baselines !== undefined,
      updating: update.kind !== 'none',
      sharded: share.shard !== undefined,
      allowed: inputs.allowEmpty && inputs.unavailable === undefined,
      lenient: inputs.failOn.length === 0,
    },
  );
  const shard = share.shard && {
    ...share.shard,
    judgedBy: describeJudgedBy(inputs, {
      commit: about.commit ?? about.ci?.commit,
      baselines: baselines?.description,
      baselineCommit: baselines?.standing?.commit,
      browser: service?.downloaded,
    }),
    ...defined({ build: about.build }),
  };
  const report = buildReport({
    judged,
    service: captured.service,
    ...defined({ stopped: captured.stopped }),
    run: {
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(clock.nowMs() - startMs),
      engine: inputs.engine.kind,
      baseline: baselines?.description ?? 'none',
      baselineKind: inputs.baseline.kind,
      failOn: inputs.failOn,
      versions: about.versions,
      ...defined({
        browser: service?.downloaded,
        nothingCompared,
        retakesEnded: captured.retakesEnded,
        triedOptions: captured.triedOptions,
        shard,
      }),
      ...defined({
        commit: about.commit,
        pullRequests: about.pullRequests,
        baselineCommit: baselines?.standing?.commit,
        baselines: baselines?.standing?.baselines,
        checkout: about.checkout,
      }),
      ...(about.ci === undefined ? {} : { ci: { ...about.ci, ...defined({ artifactName: nameOfArtifact(inputs) }) } }),
    },
    context: runContext(inputs, about),
  });
  const written = await attempt(async () => {
    await writeReports(report, output, ports.thumbnails, signal);
    await output.release();
  });
  const faults = [nothingPlanned(inputs), captured.fault, known.fault, removed.fault, saved.fault, written.fault];
  // That the run was stopped is no fault of anything; the report says it.
  const fault = faults.find((thrown) => thrown !== undefined && !isStopped(thrown));
  return { report, ...defined({ fault }) };
}

/** By which browsers the baselines of these captures were taken. */
async function readBrowsers(baselines: BaselineSource | undefined, captures: readonly Capture[]): Promise<BaselineBrowsers> {
  const known = await baselines?.browsers?.();
  const ids = new Set(captures.map(({ id }) => id));
  return {
    byId: new Map([...(known?.byId ?? [])].filter(([id]) => ids.has(id))),
    archives: known?.archives ?? new Map(),
  };
}

/** Without a capture to say it, nobody would learn why there is no preview to look for pages on. */
function nothingPlanned({ captures, unavailable }: Inputs): UserError | undefined {
  return unavailable === undefined || captures.length > 0 || unavailable.code === 'cancelled'
    ? undefined
    : new UserError(unavailable.detail ?? 'There is no preview.', unavailable.fix ?? 'Run the job again.');
}

function nameOfArtifact({ artifact }: Inputs): string | undefined {
  return artifact.kind === 'upload' ? artifact.name : undefined;
}

function runContext({ engine, pace, apiKeySecret }: Inputs, about: RunAbout): RunFacts['context'] {
  return {
    engine: engine.kind === 'local' ? 'local' : 'api',
    apiUrl: engine.kind === 'local' ? 'the built-in engine' : engine.apiUrl.href,
    hasApiKey: engine.kind !== 'local' && engine.apiKey !== '',
    ...defined({ apiKeySecret }),
    fork: about.fork,
    ...pace,
  };
}
