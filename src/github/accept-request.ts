import { context } from '@actions/github';
import { fieldOf } from '../basics/record.ts';
import { parseAcceptCommand, splitWords } from './parse-accept-command.ts';

/** Somebody asks to take reviewed pictures as baselines. */
export interface AcceptRequest {
  readonly pullRequest: number;
  /** What names captures: ids, targets or globs. None: all that changed or were added. */
  readonly words: readonly string[];
  /** Login of who asks. */
  readonly by: string;
  /** The comment that asks; absent for a manual run. */
  readonly comment?: { readonly id: number; readonly url: string; readonly writtenAt: Date };
}

export type ReadAcceptRequest =
  | { readonly kind: 'request'; readonly request: AcceptRequest }
  /** The event is one that can ask, and this one does not. */
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'wrong-event' };

/**
 * Reads the request from a comment on a pull request (`/visual accept [words]` on a line of its own) or from the inputs
 * `pull-request` and `captures` of a manual run. Only new comments count: an edited one may have been edited by others.
 */
export function readAcceptRequest(event: string, payload: unknown = context.payload): ReadAcceptRequest {
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
  const [number, id] = [fieldOf(issue, 'number'), fieldOf(comment, 'id')];
  const by = fieldOf(fieldOf(comment, 'user'), 'login');
  if (fieldOf(payload, 'action') !== 'created' || fieldOf(issue, 'pull_request') === undefined) {
    return { kind: 'none', reason: 'the comment is not new, or not on a pull request' };
  }
  const words = parseAcceptCommand(String(fieldOf(comment, 'body')));
  if (words === undefined || typeof number !== 'number' || typeof id !== 'number' || typeof by !== 'string') {
    return { kind: 'none', reason: 'the comment has no line "/visual accept" in its own text' };
  }
  const url = String(fieldOf(comment, 'html_url'));
  const writtenAt = new Date(String(fieldOf(comment, 'created_at')));
  return { kind: 'request', request: { pullRequest: number, words, by, comment: { id, url, writtenAt } } };
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
