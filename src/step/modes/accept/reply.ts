import { shorten } from '../../../basics/text.ts';
import type { AcceptRequest } from '../../../github/accept-request.ts';
import { type GithubApi, readRefusal } from '../../../github/api.ts';
import type { Repository } from '../../../github/repository.ts';
import { escapeMarkdown } from '../../../report/markdown/escape.ts';
import type { Log } from '../../../system/ports.ts';

/** Answers a comment with a reaction. What keeps it from that is told in the log alone. */
export async function reactTo(
  { rest }: GithubApi,
  { owner, name }: Repository,
  { comment }: AcceptRequest,
  content: '+1' | '-1' | 'confused',
  log: Log,
): Promise<void> {
  if (comment !== undefined) {
    const call = rest.reactions.createForIssueComment({ owner, repo: name, comment_id: comment.id, content });
    await unlessRefused(call, 'The reaction', log);
  }
}

/** Answers with a comment of one line, for what a reaction cannot say. */
export async function replyTo(
  { rest }: GithubApi,
  { owner, name }: Repository,
  { pullRequest, comment }: AcceptRequest,
  text: string,
  log: Log,
): Promise<void> {
  if (comment !== undefined) {
    const body = escapeMarkdown(shorten(text, 1500));
    const call = rest.issues.createComment({ owner, repo: name, issue_number: pullRequest, body });
    await unlessRefused(call, 'The answer', log);
  }
}

/** Undefined when GitHub refuses, which is told in the log. */
export async function unlessRefused<T>(call: Promise<T>, what: string, log: Log): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) {
      throw error;
    }
    log.warn(`${what} could not be written (HTTP ${refusal.status}); the permission pull-requests: write allows it.`);
    return undefined;
  }
}
