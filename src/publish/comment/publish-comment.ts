import { defined } from '../../basics/record.ts';
import { type GithubApi, readRefusal } from '../../github/api.ts';
import { githubLimits } from '../../report/limits.ts';
import { renderComment } from '../../report/markdown/comment.ts';
import { type CommentDecision, decideComment } from './decide-comment.ts';
import { renderMarker } from './marker.ts';
import { findOwnComments } from './own-comments.ts';
import { publishPictures } from './publish-pictures.ts';
import { explainCommentRefusal } from './refusal.ts';
import { noteRoom } from './rewrite-boxes.ts';
import { sealComment, sealLength } from './seal.ts';
import type { CommentPorts, CommentTask } from './task.ts';

export type PublishedComment =
  | { readonly kind: 'written'; readonly url: string }
  | { readonly kind: 'none'; readonly reason: string }
  /** What went wrong and what to do about it. The verdict of the check stands. */
  | { readonly kind: 'failed'; readonly warning: string };

/** The key of a workflow that has only one config, which needs no title. */
const ordinaryKey = 'visual-capture';

/**
 * Brings the one comment on a pull request up to date, or writes it, when there is something to say. The pictures are
 * pushed before it is written, so that nobody sees it without them. Never throws for what GitHub does.
 */
export async function publishComment(task: CommentTask, ports: CommentPorts): Promise<PublishedComment> {
  try {
    const existing = await findOwnComments(ports.api, task.repository, task.pullRequest, task.key);
    const decision = decideComment(task.when, task.report, existing, task.run.id);
    if (decision.kind === 'none') {
      return decision;
    }
    const body = await renderBody(task, ports);
    return { kind: 'written', url: await write(decision, body, task, ports.api) };
  } catch (error) {
    return { kind: 'failed', warning: explainCommentRefusal(error, task) };
  }
}

async function renderBody(task: CommentTask, ports: CommentPorts): Promise<string> {
  const { report, key, run } = task;
  const { pictures, note } = await publishPictures(task, ports);
  const marker = renderMarker({ key, runId: run.id, attempt: run.attempt });
  const markdown = renderComment(report, {
    ...defined({ reportUrl: task.reportUrl, artifactUrl: task.artifactUrl }),
    pullRequestHead: task.pullRequestHead,
    runUrl: run.attempt > 1 ? `${run.url}/attempts/${run.attempt}` : run.url,
    commit: run.commit,
    ...(key === ordinaryKey ? {} : { title: key }),
    pictures,
    ...defined({ pictureNote: note }),
    limit: githubLimits.commentLength - marker.length - sealLength - noteRoom,
  });
  return sealComment(`${marker}${markdown}`);
}

/** Returns the address of the comment. */
async function write(
  decision: Exclude<CommentDecision, { kind: 'none' }>,
  body: string,
  { repository: { owner, name: repo }, pullRequest }: CommentTask,
  { rest: { issues } }: GithubApi,
): Promise<string> {
  const old = decision.kind === 'create' ? [] : [decision.comment, ...decision.duplicates];
  for (const [index, { id }] of old.entries()) {
    const updated = await unlessGone(() => issues.updateComment({ owner, repo, comment_id: id, body }));
    if (updated !== undefined) {
      for (const duplicate of old.slice(index + 1)) {
        await unlessRefused(() => issues.deleteComment({ owner, repo, comment_id: duplicate.id }));
      }
      return updated.data.html_url;
    }
  }
  const { data } = await issues.createComment({ owner, repo, issue_number: pullRequest, body });
  return data.html_url;
}

/** Undefined for a comment that somebody deleted since it was listed. */
async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const status = readRefusal(error)?.status;
    if (status === 404 || status === 410) {
      return undefined;
    }
    throw error;
  }
}

/** For what the next run does again if it did not work: the comment itself is written by then. */
async function unlessRefused(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (readRefusal(error) === undefined) {
      throw error;
    }
  }
}
