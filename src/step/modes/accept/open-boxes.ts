import { UserError } from '../../../errors/user-error.ts';
import type { GithubApi } from '../../../github/api.ts';
import { findEditors } from '../../../github/comment-editors.ts';
import { mayWrite } from '../../../github/may-write.ts';
import type { Repository } from '../../../github/repository.ts';
import type { CommentMarker } from '../../../publish/comment/marker.ts';
import { askOwnLogin, sameAccount } from '../../../publish/comment/own-comments.ts';
import { isSealed } from '../../../publish/comment/seal.ts';
import type { ShownComment, ShownRun } from '../../../publish/comment/shown-runs.ts';
import type { Ticks } from '../../../publish/comment/ticks.ts';
import { everythingBox, listBoxes } from '../../../report/markdown/boxes.ts';

/** The boxes that a step works on. */
export interface OpenBoxes {
  readonly kind: 'open';
  readonly marker: CommentMarker;
  /** By their id. */
  readonly ids: readonly string[];
  /** Ticked by nobody knows whom, so they are to be ticked again. */
  readonly doubtful: readonly string[];
  /** What they accept together with what was accepted before: groups, or none for everything. */
  readonly groups: readonly string[];
}

export type OpenedBoxes = OpenBoxes | { readonly kind: 'none'; readonly reason: string };

/** An edit that ticked something. */
export type TickedBoxes = Exclude<Ticks, { kind: 'none' }>;

/**
 * Finds which boxes of the comment are to be worked on, as it is now: those that the event ticked, and all others that are
 * ticked and not done, since one step takes what was ticked while it waited for its turn. `shown` is the run of the comment's key,
 * with the comment of ours that shows it.
 * @throws UserError when the comment is not that one, or its text is not ours any more. Throws what the API throws.
 */
export async function openBoxes(
  api: GithubApi,
  repository: Repository,
  commentId: number,
  ticks: TickedBoxes,
  shown: ShownRun | undefined,
): Promise<OpenedBoxes> {
  if (shown?.comment.id !== commentId) {
    throw new UserError(
      'The ticked comment is not the one that shows the results of this pull request: its author does not count, or another comment is newer.',
      'Tick the box in the comment that the check wrote.',
    );
  }
  const { body, marker } = shown.comment;
  if (marker.runId !== ticks.marker.runId || marker.attempt !== ticks.marker.attempt) {
    return { kind: 'none', reason: 'a newer run has written the comment anew since the box was ticked' };
  }
  if (ticks.kind === 'tampered' || !isSealed(body)) {
    throw new UserError(
      'Somebody has changed more of the comment than its boxes, so it does not say any more what the check found.',
      'Let the check run again, which writes it anew, and tick the box then.',
    );
  }
  const boxes = listBoxes(body);
  const waiting = boxes.filter(({ ticked, state }) => ticked && state !== 'accepted').map(({ id }) => id);
  if (!waiting.some((id) => ticks.ids.includes(id))) {
    return { kind: 'none', reason: 'what was ticked is accepted already, or not ticked any more' };
  }
  const others = waiting.filter((id) => !ticks.ids.includes(id));
  const doubtful = others.length === 0 || (await areOfWriters(api, repository, shown.comment)) ? [] : others;
  const ids = waiting.filter((id) => !doubtful.includes(id));
  const before = boxes.flatMap(({ id, ticked, state }) => (ticked && state === 'accepted' ? [id] : []));
  const groups = ids.includes(everythingBox) ? [] : [...before, ...ids].filter((id) => id !== everythingBox);
  return { kind: 'open', marker, ids, doubtful, groups };
}

/** Whether everybody may write who edited the comment since it was written: that is who ticked. */
async function areOfWriters(api: GithubApi, repository: Repository, { nodeId, author }: ShownComment): Promise<boolean> {
  const ownLogin = await askOwnLogin(api);
  const editors = await findEditors(api, nodeId, (login) => login === author || sameAccount(login, ownLogin));
  if (editors === undefined) {
    return false;
  }
  for (const login of editors) {
    if (!(await mayWrite(api, repository, login))) {
      return false;
    }
  }
  return true;
}
