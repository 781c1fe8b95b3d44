import type { CaptureStatus, Report } from '../../results/model.ts';
import { isShadeWarning } from '../../results/shade-finding.ts';
import type { OwnComment } from './own-comments.ts';

/** When a pull request is commented on. */
export type CommentWhen = 'auto' | 'always' | 'never';

export type CommentDecision =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'create' }
  /** `duplicates` were written by two runs at the same time; one comment is enough. */
  | { readonly kind: 'update'; readonly comment: OwnComment; readonly duplicates: readonly OwnComment[] };

const worthTelling: readonly CaptureStatus[] = ['failed', 'changed', 'added', 'removed', 'skipped'];

/** Decides what becomes of the comment; `existing` are those that earlier runs wrote, oldest first. */
export function decideComment(
  when: Exclude<CommentWhen, 'never'>,
  report: Pick<Report, 'captures' | 'totals'>,
  existing: readonly OwnComment[],
  runId: number,
): CommentDecision {
  const [comment, ...duplicates] = existing;
  if (comment === undefined) {
    return when === 'always' || hasSomethingToSay(report)
      ? { kind: 'create' }
      : { kind: 'none', reason: 'there is nothing to say and no older comment' };
  }
  // A run that was started again, or that took longer than the one after it, knows less than the comment does.
  return existing.some(({ marker }) => marker.runId > runId)
    ? { kind: 'none', reason: `a newer run has written it already (${comment.url})` }
    : { kind: 'update', comment, duplicates };
}

/** A page that may not be the one that is meant is no passed check, whatever its pixels say; a changed shade is worth a look. */
function hasSomethingToSay({ captures, totals }: Pick<Report, 'captures' | 'totals'>): boolean {
  return (
    totals.captures === 0 ||
    worthTelling.some((status) => totals[status] > 0) ||
    captures.some((capture) => capture.pageProblem !== undefined || isShadeWarning(capture))
  );
}
