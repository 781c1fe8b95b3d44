import type { ErrorCodeName } from '../errors/codes.ts';
import type { Capture } from '../plan/capture.ts';
import type { TimelineEntry } from '../report/model.ts';
import { renderRequestBody } from './contract.ts';

/** One request body and the captures that it serves: identical requests of a run are sent once and shared. */
export interface Job {
  readonly id: number;
  readonly body: string;
  readonly captures: readonly [Capture, ...Capture[]];
  /** What the capture took last time, where that is known. */
  readonly expectedMs: number | undefined;
  /** Requests sent. */
  attempts: number;
  /** Codes of its failures, oldest first. */
  readonly failures: ErrorCodeName[];
  readonly timeline: TimelineEntry[];
  firstSentMs: number | undefined;
  /** It may not be repeated before this. */
  notBeforeMs: number;
}

/** Groups captures by what is sent for them, in their order. */
export function groupIntoJobs(captures: readonly Capture[], expectedMs: ReadonlyMap<string, number> = new Map()): Job[] {
  const byBody = new Map<string, [Capture, ...Capture[]]>();
  for (const capture of captures) {
    const body = renderRequestBody(capture);
    const group = byBody.get(body);
    if (group === undefined) {
      byBody.set(body, [capture]);
    } else {
      group.push(capture);
    }
  }
  return [...byBody].map(([body, group], id) => ({
    id,
    body,
    captures: group,
    expectedMs: expectedMs.get(group[0].id),
    attempts: 0,
    failures: [],
    timeline: [],
    firstSentMs: undefined,
    notBeforeMs: 0,
  }));
}

/** The same request once more, counted anew. */
export function anotherTake({ body, captures, expectedMs }: Job, id: number): Job {
  return { id, body, captures, expectedMs, attempts: 0, failures: [], timeline: [], firstSentMs: undefined, notBeforeMs: 0 };
}
