import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { Repository } from '../../../github/repository.ts';
import { isAcceptable } from '../../../report/acceptable.ts';
import type { CaptureReport, Report } from '../../../results/model.ts';
import { decideStepFails } from '../../../results/outcome.ts';

export type Settled =
  /** The check would pass now; `accepted`: so many of its captures were accepted. */
  { readonly kind: 'settled'; readonly accepted: number } | { readonly kind: 'open' };

/** SHA-256 of what was accepted on a pull request, by capture id. */
export type AcceptedHashes = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Whether the check that found this would pass by what was accepted until now. Never on the word of a fork, whose runs
 * upload what they like; nor for a commit of several pull requests, where each has to accept.
 */
export function decideSettled(
  { captures, run }: Pick<Report, 'captures' | 'run'>,
  { number, headRepository }: Pick<AcceptedPullRequest, 'number' | 'headRepository'>,
  { owner, name }: Pick<Repository, 'owner' | 'name'>,
  hashes: AcceptedHashes,
): Settled {
  const isOwn = headRepository === `${owner}/${name}`;
  const isOnlyOne = run.pullRequests?.length === 1 && run.pullRequests[0] === number;
  const open = captures.filter((capture) => !isAccepted(capture, hashes));
  return isOwn && isOnlyOne && !decideStepFails({ captures: open, run })
    ? { kind: 'settled', accepted: captures.length - open.length }
    : { kind: 'open' };
}

function isAccepted(capture: CaptureReport, hashes: AcceptedHashes): boolean {
  const sha256 = capture.sha256?.actual;
  return sha256 !== undefined && isAcceptable(capture) && hashes.get(capture.id)?.has(sha256) === true;
}
