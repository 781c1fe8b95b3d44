import { shorten } from '../../basics/text.ts';
import type { GithubApi } from '../../github/api.ts';
import type { Repository } from '../../github/repository.ts';
import { githubLimits } from '../../report/limits.ts';
import { type BoxChange, changeBoxes } from '../../report/markdown/boxes.ts';
import { type CommentMarker, parseMarker } from './marker.ts';
import { isSealed, sealComment } from './seal.ts';

/** Left free in a comment, in characters, for what is said beside its boxes later: a reason, and a few words for many boxes. */
export const noteRoom = 4_000;

export type RewrittenBoxes =
  | { readonly kind: 'written' }
  /** It shows another run by now, or somebody changed its text. */
  | { readonly kind: 'left'; readonly reason: string };

/** A place among the comments, and what it showed when its boxes were looked at. */
export interface BoxesPlace {
  readonly repository: Repository;
  readonly commentId: number;
  readonly marker: CommentMarker;
}

/**
 * Writes beside boxes what becomes of them, in the comment as it is now: whatever was ticked since stays ticked. Text that
 * somebody changed is never sealed anew. Throws what the API throws.
 */
export async function rewriteBoxes(
  { rest: { issues } }: GithubApi,
  { repository: { owner, name: repo }, commentId, marker }: BoxesPlace,
  changes: ReadonlyMap<string, BoxChange>,
): Promise<RewrittenBoxes> {
  const place = { owner, repo, comment_id: commentId };
  const { data } = await issues.getComment(place);
  const old = data.body ?? '';
  const now = parseMarker(old);
  if (now?.runId !== marker.runId || now.attempt !== marker.attempt || now.key !== marker.key) {
    return { kind: 'left', reason: 'a newer run has written the comment anew' };
  }
  if (!isSealed(old)) {
    return { kind: 'left', reason: 'somebody has edited the text of the comment' };
  }
  const body = fitBoxes(old, changes);
  await issues.updateComment({ ...place, body });
  return { kind: 'written' };
}

/** Notes give way where the comment is too long for them: the boxes alone say what is accepted. */
function fitBoxes(old: string, changes: ReadonlyMap<string, BoxChange>): string {
  const [fitting = old] = [1000, 100, 0]
    .map((length) => {
      const shorter = [...changes].map(([id, change]): [string, BoxChange] => [
        id,
        { ...change, note: length === 0 ? '' : shorten(change.note, length) },
      ]);
      return sealComment(changeBoxes(old, new Map(shorter)));
    })
    .filter((body) => body.length <= githubLimits.commentLength);
  return fitting;
}
