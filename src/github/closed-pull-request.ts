import { fieldOf } from '../basics/record.ts';
import { readEventPayload } from './event-payload.ts';

/** Whether the event's pull request was closed without being merged; false where the event does not tell. */
export function isClosedUnmerged(payload: unknown = readEventPayload()): boolean {
  const pullRequest = fieldOf(payload, 'pull_request');
  return fieldOf(pullRequest, 'state') === 'closed' && fieldOf(pullRequest, 'merged') === false;
}
