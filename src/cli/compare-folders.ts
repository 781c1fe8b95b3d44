import { resolve } from 'node:path';
import { directoryBaselines } from '../baseline/directory.ts';
import type { BaselineSource } from '../baseline/source.ts';
import { pixelmatchVersion, version } from '../basics/product.ts';
import { buildReport } from '../judge/build-report.ts';
import { judgeCapture } from '../judge/judge.ts';
import { type JudgedCapture, withoutFiles } from '../judge/judged.ts';
import { judgeRemoved } from '../judge/removed.ts';
import { writeReports } from '../output/write-reports.ts';
import type { Capture } from '../plan/capture.ts';
import { parseCaptureId } from '../plan/capture-id.ts';
import { renderTerminalSummary } from '../report/terminal.ts';
import type { Report } from '../results/model.ts';
import { decideStepFails } from '../results/outcome.ts';
import { reportPaths } from '../results/output-paths.ts';
import { systemClock } from '../system/clock.ts';
import { openFolder } from '../system/folder.ts';
import type { Folder } from '../system/ports.ts';
import { UsageError } from './arguments.ts';
import { exitCodes, type Terminal } from './command.ts';
import type { CompareJob } from './compare-job.ts';

/** Compares every PNG below one folder with its namesake below the other and returns the exit code. */
export async function compareFolders(job: CompareJob, terminal: Terminal): Promise<number> {
  const accepted = openFolder(resolve(terminal.directory, job.baseline), job.baseline);
  const baselines = directoryBaselines(accepted);
  const baselineIds = await listIds(accepted);
  const actual = openFolder(resolve(terminal.directory, job.actual), job.actual);
  const ids = await listIds(actual);
  if (ids.length === 0 && baselineIds.length === 0) {
    throw new UsageError(`There is no .png file below ${job.baseline} or ${job.actual}.`);
  }
  const report = await compareAll({ ids, baselineIds }, baselines, actual, job);
  const { output } = job;
  if (output !== undefined) {
    await writeReports(report, output, job.comparer);
  }
  const written = output === undefined ? {} : { reportPath: `${output.path}/${reportPaths.html}` };
  terminal.print(
    job.json ? JSON.stringify(report, null, 2) : renderTerminalSummary(report, { color: terminal.color, ...written }).trimEnd(),
  );
  if (report.totals.failed > 0) {
    return exitCodes.wrongInput;
  }
  return decideStepFails(report) ? exitCodes.failed : exitCodes.passed;
}

async function compareAll(
  { ids, baselineIds }: { readonly ids: readonly string[]; readonly baselineIds: readonly string[] },
  baselines: BaselineSource,
  actual: Folder,
  job: CompareJob,
): Promise<Report> {
  const startedAt = systemClock.date();
  const startMs = systemClock.nowMs();
  const output = job.output ?? nowhere;
  const captures = ids.map((id) => asCapture(id, job));
  const judged: JudgedCapture[] = [];
  for (const capture of captures) {
    judged.push(await compareOne(capture, baselines, actual, output, job));
  }
  const all = [...judged, ...(await judgeRemoved(captures, baselines, baselineIds, output, { kind: 'none' }))];
  return buildReport({
    judged: job.output === undefined ? all.map(withoutFiles) : all,
    service: { requests: 0, retries: 0, heldBackMs: 0, credits: 0, possiblyBilled: 0 },
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

/** A file of the folder as what it stands for: `pricing/mobile` is the page `pricing` at the viewport `mobile`. */
function asCapture(id: string, { settings }: CompareJob): Capture {
  return { ...parseCaptureId(id), page: { kind: 'html', html: '' }, settings: { format: 'png' }, compare: settings };
}

async function compareOne(
  capture: Capture,
  baselines: BaselineSource,
  actual: Folder,
  output: Folder,
  job: CompareJob,
): Promise<JudgedCapture> {
  const startMs = systemClock.nowMs();
  const bytes = (await actual.read(`${capture.id}.png`)) ?? new Uint8Array();
  const inspected = await job.comparer.inspect(bytes);
  const none = { attempts: 0, timeline: [] };
  const judge = (outcome: Parameters<typeof judgeCapture>[1]): Promise<JudgedCapture> =>
    judgeCapture(capture, outcome, { output, comparer: job.comparer, baselines, update: { kind: 'none' } });
  if (inspected.kind === 'unreadable') {
    const failure = {
      code: 'unexpected_response',
      detail: `${job.actual}/${capture.id}.png cannot be read: ${inspected.reason}`,
    } as const;
    return judge({ status: 'failed', failure, durationMs: 0, ...none });
  }
  return judge({
    status: 'captured',
    image: { bytes, format: 'png', size: inspected.size },
    durationMs: systemClock.nowMs() - startMs,
    ...none,
  });
}

/** Every picture of a folder, also at its top, where no baseline of a repository is. */
async function listIds(folder: Folder): Promise<string[]> {
  return (await folder.list()).filter((path) => path.toLowerCase().endsWith('.png')).map((path) => path.slice(0, -'.png'.length));
}

/** Stands in for the output folder when nothing is to be kept. */
const nowhere: Folder = {
  path: '',
  read: async () => undefined,
  sizeOf: async () => undefined,
  write: async () => undefined,
  remove: async () => undefined,
  list: async () => [],
  resolve: (path) => path,
};
