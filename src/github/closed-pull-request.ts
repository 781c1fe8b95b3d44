import { context } from '@actions/github';
import { isRecord } from '../basics/record.ts';

/** Whether the event's pull request was closed without being merged; false where the event does not tell. */
export function isClosedUnmerged(payload: unknown = context.payload): boolean {
  const pullRequest = isRecord(payload) ? payload['pull_request'] : undefined;
  return isRecord(pullRequest) && pullRequest['state'] === 'closed' && pullRequest['merged'] === false;
}
