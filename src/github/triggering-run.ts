import { isRecord } from '../basics/record.ts';
import { readEventPayload } from './event-payload.ts';

/** The run whose end started this one (`on: workflow_run`), as GitHub itself tells of it. */
export interface TriggeringRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  /** The event that started it, e.g. `pull_request`. */
  readonly event: string;
  readonly commit: string;
}

/** Undefined when this run was not started by the end of another. */
export function readTriggeringRun(payload: unknown = readEventPayload()): TriggeringRun | undefined {
  const run = isRecord(payload) ? payload['workflow_run'] : undefined;
  if (!isRecord(run) || typeof run['id'] !== 'number') {
    return undefined;
  }
  return {
    id: run['id'],
    attempt: Number(run['run_attempt'] ?? 1),
    url: String(run['html_url']),
    event: String(run['event']),
    commit: String(run['head_sha']),
  };
}
