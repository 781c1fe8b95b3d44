import { resolve } from 'node:path';
import type { BaselineSource } from '../baseline/source.ts';
import { attempt } from '../basics/attempt.ts';
import { defuseJson } from '../basics/defuse-commands.ts';
import { pixelmatchVersion, version } from '../basics/product.ts';
import { describeOther, formatOf, png } from '../compare/formats.ts';
import { workersAtOnce } from '../compare/pool.ts';
import type { Failure } from '../errors/failure.ts';
import { findLocalFault } from '../errors/local-fault.ts';
import { reasonOf } from '../errors/user-error.ts';
import { buildReport } from '../judge/build-report.ts';
import { judgeCapture } from '../judge/judge.ts';
import { type JudgedCapture, withoutFiles } from '../judge/judged.ts';
import { judgeRemoved } from '../judge/removed.ts';
import { writeReports } from '../output/write-reports.ts';
import type { Capture } from '../plan/capture.ts';
import { parseCaptureId } from '../plan/capture-id.ts';
import { renderJson } from '../report/json.ts';
import { renderTerminalSummary } from '../report/terminal.ts';
import type { Report } from '../results/model.ts';
import { decideStepFails } from '../results/outcome.ts';
import { reportPaths } from '../results/output-paths.ts';
import { nothingSent } from '../results/service-totals.ts';
import { systemClock } from '../system/clock.ts';
import type { Folder } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import { UsageError } from './arguments.ts';
import { exitCodes, type Terminal } from './command.ts';
import type { CompareJob } from './compare-job.ts';
import { folderBaselines, ownIds } from './folder-baselines.ts';
import { openPictureFolder, type PassedOver, type PictureFolder, pairingKey } from './picture-folder.ts';

/**
 * Compares every PNG below one folder with its namesake below the other and returns the exit code: what cannot be compared
 * is a failure, so that nothing passes unseen.
 */
export async function compareFolders(job: CompareJob, terminal: Terminal): Promise<number> {
  const [accepted, actual] = await Promise.all(
    [job.baseline, job.actual].map((path) => openPictureFolder(resolve(terminal.directory, path), path)),
  );
  if (accepted === undefined || actual === undefined) {
    throw new UsageError('Give two folders.');
  }
  if ([accepted, actual].every(({ ids, passedOver }) => ids.length === 0 && passedOver.length === 0)) {
    throw new UsageError(`There is no .png file below ${job.baseline} or ${job.actual}.`);
  }
  const report = await compareAll(accepted, actual, job);
  const { output } = job;
  if (output !== undefined) {
    await writeReports(report, output, job.comparer, terminal.signal);
  }
  const written = output === undefined ? {} : { reportPath: `${output.path}/${reportPaths.html}` };
  terminal.print(
    (job.json ? defuseJson(renderJson(report)) : renderTerminalSummary(report, { color: terminal.color, ...written })).trimEnd(),
  );
  if (report.totals.failed > 0) {
    return exitCodes.wrongInput;
  }
  return decideStepFails(report) ? exitCodes.failed : exitCodes.passed;
}

async function compareAll(accepted: PictureFolder, actual: PictureFolder, job: CompareJob): Promise<Report> {
  const startedAt = systemClock.date();
  const startMs = systemClock.nowMs();
  const output = job.output ?? nowhere;
  const baselines = folderBaselines(accepted, actual);
  const passedOver = groupPassedOver([...accepted.passedOver, ...actual.passedOver]);
  const captures = actual.ids.filter((id) => !passedOver.has(pairingKey(id))).map((id) => asCapture(id, job));
  const known = new Set([...captures.map(({ id }) => pairingKey(id)), ...passedOver.keys()]);
  const gone = ownIds(accepted, actual).filter((id) => !known.has(pairingKey(id)));
  const ports = { baselines, actual, output, job };
  // The workers are kept busy while others read and write, and memory holds no more pictures than that takes.
  const turns = new Semaphore(2 * workersAtOnce());
  const judged = await Promise.all(
    captures.map(async (capture) => {
      using _ = await turns.take();
      return compareOne(capture, ports);
    }),
  );
  const all = [
    ...judged,
    ...(await judgeRemoved(captures, baselines, gone, output, { kind: 'none' })),
    ...(await Promise.all([...passedOver.values()].map((reasons) => failPassedOver(reasons, ports)))),
  ];
  return buildReport({
    judged: job.output === undefined ? all.map(withoutFiles) : all,
    service: nothingSent,
    run: {
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(systemClock.nowMs() - startMs),
      engine: 'files',
      baseline: baselines.description,
      failOn: ['changed', 'added', 'removed', 'failed'],
      versions: { visualCapture: version, pixelmatch: pixelmatchVersion },
    },
    context: {
      engine: 'files',
      apiUrl: '',
      hasApiKey: false,
      fork: false,
      concurrency: 1,
      maxAttempts: 1,
      attemptTimeoutMs: 0,
      retryBudgetMs: 0,
      timeLimitMs: 0,
      maxCaptures: 0,
    },
  });
}

/** What the two folders pass over, by what it would pair as. */
function groupPassedOver(all: readonly PassedOver[]): ReadonlyMap<string, PassedOver[]> {
  return Map.groupBy(all, ({ id }) => pairingKey(id));
}

/** A file of the folder as what it stands for: `pricing/mobile` is the page `pricing` at the viewport `mobile`. */
function asCapture(id: string, { settings }: CompareJob): Capture {
  return { ...parseCaptureId(id), page: { kind: 'html', html: '' }, settings: { format: 'png' }, compare: settings };
}

interface ComparePorts {
  readonly baselines: BaselineSource;
  readonly actual: PictureFolder;
  readonly output: Folder;
  readonly job: CompareJob;
}

const withoutRequests = { attempts: 0, timeline: [] };

function judge(
  capture: Capture,
  outcome: Parameters<typeof judgeCapture>[1],
  { output, job, baselines }: ComparePorts,
): Promise<JudgedCapture> {
  return judgeCapture(capture, outcome, { output, comparer: job.comparer, baselines, update: { kind: 'none' } });
}

function fail(capture: Capture, failure: Failure, ports: ComparePorts): Promise<JudgedCapture> {
  return judge(capture, { status: 'failed', failure, durationMs: 0, ...withoutRequests }, ports);
}

function failPassedOver(reasons: readonly PassedOver[], ports: ComparePorts): Promise<JudgedCapture> {
  const detail = reasons.map(({ path, reason }) => `${path} ${reason}`).join('. ');
  const fix = [...new Set(reasons.map((one) => one.fix))].join(' ');
  return fail(asCapture(reasons[0]?.id ?? '', ports.job), { code: 'unexpected_response', detail, fix }, ports);
}

async function compareOne(capture: Capture, ports: ComparePorts): Promise<JudgedCapture> {
  const { actual, job } = ports;
  const startMs = systemClock.nowMs();
  const unreadable = (reason: string): Promise<JudgedCapture> =>
    fail(capture, { code: 'unexpected_response', detail: `${actual.nameOf(capture.id)} cannot be read: ${reason}` }, ports);
  const read = await attempt(() => actual.read(`${capture.id}.png`));
  const localFault = findLocalFault(read.fault, `read ${actual.nameOf(capture.id)}`);
  if (localFault !== undefined) {
    throw localFault;
  }
  if (read.value === undefined) {
    return unreadable(read.kind === 'failed' ? reasonOf(read.fault) : 'it is gone');
  }
  const bytes = read.value;
  if (formatOf(bytes) !== png) {
    return unreadable(describeOther(bytes));
  }
  const inspected = await job.comparer.inspect(bytes);
  if (inspected.kind === 'unreadable') {
    return unreadable(inspected.reason);
  }
  return judge(
    capture,
    {
      status: 'captured',
      image: { bytes, format: 'png', size: inspected.size },
      durationMs: systemClock.nowMs() - startMs,
      ...withoutRequests,
    },
    ports,
  );
}

/** Stands in for the output folder when nothing is to be kept. */
const nowhere: Folder = {
  path: '',
  read: async () => undefined,
  sizeOf: async () => undefined,
  write: async () => undefined,
  remove: async () => undefined,
  names: async () => [],
  list: async () => [],
  resolve: (path) => path,
};
