import type { ErrorCodeName } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { Capture } from '../plan/capture.ts';
import type { TimelineEntry } from '../results/model.ts';
import type { ApiRequest } from '../services/capture-api.ts';

/** One request and the captures that it serves: identical requests of a run are sent once and shared. */
export interface Job {
  readonly id: number;
  readonly request: ApiRequest;
  readonly captures: readonly [Capture, ...Capture[]];
  /** What the capture took last time, where that is known. */
  readonly expectedMs: number | undefined;
  /** Requests sent. */
  attempts: number;
  /** Requests that failed of themselves: neither held back by a full service nor lost on a broken way to it. */
  spentAttempts: number;
  /** Its failures, oldest first. */
  readonly failures: Failure[];
  readonly timeline: TimelineEntry[];
  firstSentMs: number | undefined;
  /** When its last request was sent. */
  sentMs: number;
  /** It may not be repeated before this. */
  notBeforeMs: number;
  ended: boolean;
}

/** Groups captures by what is sent for them, in their order. */
export function groupIntoJobs(
  captures: readonly Capture[],
  render: (capture: Capture) => ApiRequest,
  expectedMs: ReadonlyMap<string, number> = new Map(),
): Job[] {
  const groups = new Map<string, { readonly request: ApiRequest; readonly captures: [Capture, ...Capture[]] }>();
  for (const capture of captures) {
    const request = render(capture);
    const same = JSON.stringify(request);
    const group = groups.get(same);
    if (group === undefined) {
      groups.set(same, { request, captures: [capture] });
    } else {
      group.captures.push(capture);
    }
  }
  return [...groups.values()].map((group, id) => newJob(id, group.request, group.captures, expectedMs.get(group.captures[0].id)));
}

/** The same request once more, counted anew. */
export function anotherTake({ request, captures, expectedMs }: Job, id: number): Job {
  return newJob(id, request, captures, expectedMs);
}

function newJob(id: number, request: ApiRequest, captures: Job['captures'], expectedMs: number | undefined): Job {
  return {
    id,
    request,
    captures,
    expectedMs,
    attempts: 0,
    spentAttempts: 0,
    failures: [],
    timeline: [],
    firstSentMs: undefined,
    sentMs: 0,
    notBeforeMs: 0,
    ended: false,
  };
}

/**
 * Notes in the timeline that its newest request has ended, or was abandoned for another one. Times on the clock; the
 * timeline counts from the start of the run.
 */
export function recordRequest(
  job: Job,
  result: 'image' | 'abandoned' | ErrorCodeName,
  { startMs, nowMs }: { startMs: number; nowMs: number },
): void {
  job.timeline.push({ kind: 'request', startMs: job.sentMs - startMs, durationMs: nowMs - job.sentMs, result });
}

/**
 * Notes in the timeline how long it has waited to be repeated: for its failure, until its backoff is over or the gate
 * has opened, and from then on for its turn.
 */
export function recordWait(
  job: Job,
  { startMs, freeSinceMs, nowMs }: { startMs: number; freeSinceMs: number; nowMs: number },
): void {
  const last = job.timeline.at(-1);
  const reason = job.failures.at(-1)?.code;
  if (last === undefined || reason === undefined) {
    return;
  }
  const fromMs = startMs + last.startMs + last.durationMs;
  const freeMs = Math.min(nowMs, Math.max(fromMs, job.notBeforeMs, freeSinceMs));
  for (const wait of [
    { reason, fromMs, toMs: freeMs },
    { reason: 'concurrency', fromMs: freeMs, toMs: nowMs },
  ] as const) {
    if (wait.toMs > wait.fromMs) {
      job.timeline.push({
        kind: 'wait',
        startMs: wait.fromMs - startMs,
        durationMs: wait.toMs - wait.fromMs,
        reason: wait.reason,
      });
    }
  }
}
