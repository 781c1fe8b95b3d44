import type { Failure } from '../errors/failure.ts';
import type { RunContext } from '../errors/fix-context.ts';
import { fitReport } from '../results/fit-report.ts';
import { groupChanges } from '../results/groups/group-changes.ts';
import type { CaptureReport, Report, RunReport, ServiceTotals } from '../results/model.ts';
import { countTotals, decideOutcome } from '../results/outcome.ts';
import { explainFailure } from '../services/describe-error.ts';
import type { JudgedCapture } from './judged.ts';

export interface RunFacts {
  readonly judged: readonly JudgedCapture[];
  readonly service: ServiceTotals;
  /** Why the run stopped before its end, if it did. */
  readonly stopped?: Failure;
  readonly run: RunReport;
  readonly context: Omit<RunContext, 'heldBackMs' | 'possiblyBilled' | 'undone'>;
}

const isWithoutPicture = ({ status, files }: JudgedCapture['capture']): boolean =>
  (status === 'failed' || status === 'skipped') && files.actual === undefined;

/** Puts a finished run into the model that reporters see; failures are worded now that the whole run is known. */
export function buildReport({ judged, service, stopped, run, context }: RunFacts): Report {
  const undone = judged.filter(({ capture }) => isWithoutPicture(capture)).length;
  const whole: RunContext = { ...context, heldBackMs: service.heldBackMs, possiblyBilled: service.possiblyBilled, undone };
  const captures = judged.map(
    (one): CaptureReport =>
      one.failure === undefined
        ? one.capture
        : { ...one.capture, error: explainFailure(one.failure, { ...one.about, run: whole }, run.engine) },
  );
  const totals = countTotals(captures);
  const report: Report = {
    version: 1,
    outcome: decideOutcome(totals),
    totals,
    service,
    captures,
    ...(stopped === undefined ? {} : { stopped: explainFailure(stopped, { run: whole }, run.engine) }),
    run,
  };
  // What is on several captures is known when all shards are joined.
  return fitReport(run.shard === undefined ? groupChanges(report) : report);
}
