import { listBoxes } from '../../report/markdown/boxes.ts';
import { type CommentMarker, parseMarker } from './marker.ts';
import { isSealed, sameButTicks } from './seal.ts';

/** The text of a comment before and after somebody edited it. */
export interface CommentEdit {
  readonly from: string;
  readonly body: string;
}

export type Ticks =
  /** Boxes that were not ticked before, by their id; `marker`: what the comment shows. */
  | { readonly kind: 'ticked'; readonly ids: readonly string[]; readonly marker: CommentMarker }
  /** A box was ticked in a text that is not what a check wrote. */
  | { readonly kind: 'tampered'; readonly ids: readonly string[]; readonly marker: CommentMarker }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Which boxes an edit ticked. An edit that ticks none, such as each of our own, asks for nothing. One that ticks and changes
 * anything else, or that ticks in a text which was changed earlier, is not believed: who ticked may not have read what we wrote.
 */
export function findTicks({ from, body }: CommentEdit): Ticks {
  const marker = parseMarker(body);
  if (marker === undefined) {
    return { kind: 'none', reason: 'the edited comment is not one that a check wrote' };
  }
  const before = new Set(tickedIn(from));
  const ids = tickedIn(body).filter((id) => !before.has(id));
  if (ids.length === 0) {
    return { kind: 'none', reason: 'no box was ticked' };
  }
  return { kind: isSealed(body) && sameButTicks(from, body) ? 'ticked' : 'tampered', ids, marker };
}

function tickedIn(body: string): string[] {
  return listBoxes(body).flatMap(({ id, ticked }) => (ticked ? [id] : []));
}
