import { fieldOf, textOf } from '../basics/record.ts';
import { readEventPayload } from './event-payload.ts';
import { parseAcceptCommand, splitWords } from './parse-accept-command.ts';

/** Somebody asks to take reviewed pictures as baselines. */
export interface AcceptRequest {
  readonly pullRequest: number;
  /** What names captures: ids, targets or globs. None: all that changed or were added. */
  readonly words: readonly string[];
  /** Login of who asks. */
  readonly by: string;
  /** The comment that asks, and when it was written or ticked; absent for a manual run. */
  readonly comment?: { readonly id: number; readonly url: string; readonly writtenAt: Date };
}

/** Somebody edited a comment, and may have ticked boxes in it. */
export interface CommentEditRequest {
  /** Whose words are not known yet; `by` is who edited, whoever wrote the comment. */
  readonly request: AcceptRequest;
  /** The text before and after. */
  readonly edit: { readonly from: string; readonly body: string };
}

export type ReadAcceptRequest =
  | { readonly kind: 'request'; readonly request: AcceptRequest }
  | ({ readonly kind: 'edited' } & CommentEditRequest)
  /** The event is one that can ask, and this one does not. */
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'wrong-event' };

/**
 * Reads the request from a comment on a pull request (`/visual accept [words]` on a line of its own) or from the inputs
 * `pull-request` and `captures` of a manual run. A command counts in a new comment only: an edited one may have been edited by
 * others. What an edit ticked is for the caller to find.
 */
export function readAcceptRequest(event: string, payload: unknown = readEventPayload()): ReadAcceptRequest {
  switch (event) {
    case 'issue_comment':
      return readComment(payload);
    case 'workflow_dispatch':
      return readDispatch(payload);
    default:
      return { kind: 'wrong-event' };
  }
}

/** `--variant` among the words keeps what was accepted before as well. */
export function takeVariantWord(words: readonly string[]): { readonly words: readonly string[]; readonly variant: boolean } {
  return { words: words.filter((word) => word !== '--variant'), variant: words.includes('--variant') };
}

function readComment(payload: unknown): ReadAcceptRequest {
  const issue = fieldOf(payload, 'issue');
  const comment = fieldOf(payload, 'comment');
  const action = fieldOf(payload, 'action');
  if (fieldOf(issue, 'pull_request') === undefined) {
    return { kind: 'none', reason: 'the comment is not on a pull request' };
  }
  if (action === 'edited') {
    return readEdit(payload, issue, comment);
  }
  const [number, id] = [fieldOf(issue, 'number'), fieldOf(comment, 'id')];
  const by = fieldOf(fieldOf(comment, 'user'), 'login');
  if (action !== 'created') {
    return { kind: 'none', reason: 'the comment is neither new nor edited' };
  }
  const words = parseAcceptCommand(String(fieldOf(comment, 'body')));
  if (words === undefined || typeof number !== 'number' || typeof id !== 'number' || typeof by !== 'string') {
    return { kind: 'none', reason: 'the comment has no line "/visual accept" in its own text' };
  }
  const url = String(fieldOf(comment, 'html_url'));
  const writtenAt = new Date(String(fieldOf(comment, 'created_at')));
  return { kind: 'request', request: { pullRequest: number, words, by, comment: { id, url, writtenAt } } };
}

function readEdit(payload: unknown, issue: unknown, comment: unknown): ReadAcceptRequest {
  const [number, id] = [fieldOf(issue, 'number'), fieldOf(comment, 'id')];
  const by = textOf(fieldOf(payload, 'sender'), 'login');
  const from = textOf(fieldOf(fieldOf(payload, 'changes'), 'body'), 'from');
  const body = textOf(comment, 'body');
  if (typeof number !== 'number' || typeof id !== 'number' || by === undefined || from === undefined || body === undefined) {
    return { kind: 'none', reason: 'the text of the comment was not edited' };
  }
  const url = String(fieldOf(comment, 'html_url'));
  const writtenAt = new Date(String(fieldOf(comment, 'updated_at')));
  return {
    kind: 'edited',
    request: { pullRequest: number, words: [], by, comment: { id, url, writtenAt } },
    edit: { from, body },
  };
}

function readDispatch(payload: unknown): ReadAcceptRequest {
  const inputs = fieldOf(payload, 'inputs');
  const pullRequest = Number(fieldOf(inputs, 'pull-request'));
  const by = fieldOf(fieldOf(payload, 'sender'), 'login');
  if (!Number.isSafeInteger(pullRequest) || pullRequest < 1 || typeof by !== 'string') {
    return { kind: 'none', reason: 'the manual run has no input pull-request that is a number' };
  }
  return { kind: 'request', request: { pullRequest, words: splitWords(String(fieldOf(inputs, 'captures') ?? '')), by } };
}
