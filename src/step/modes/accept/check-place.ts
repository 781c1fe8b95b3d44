import { UserError } from '../../../errors/user-error.ts';
import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { Repository } from '../../../github/repository.ts';
import type { BaselineChoice } from '../../../inputs/inputs.ts';
import { isGroupOf } from '../../../results/groups/select-by-group.ts';
import type { Review } from './decide-acceptance.ts';

/**
 * What belongs to a group is told by the run. That of a fork could say so of pictures that nobody was shown.
 * @throws UserError
 */
export function checkGroupsTrusted(
  reviews: readonly Review[],
  words: readonly string[],
  pull: AcceptedPullRequest,
  { owner, name }: Repository,
): void {
  const isGroup = (word: string): boolean =>
    reviews.some(({ found }) => found.kind !== 'missing' && isGroupOf(found.results.report, word));
  if (pull.headRepository !== `${owner}/${name}` && words.some(isGroup)) {
    throw new UserError(
      'The pull request comes from a fork, and whether its captures show the same change is only what the run of the fork says.',
      'Look at each capture, and accept them by their names.',
    );
  }
}

/** @throws UserError when there is no place to write to, before anything is downloaded. */
export function checkWritable(
  baseline: BaselineChoice,
  pull: AcceptedPullRequest,
  { owner, name }: Repository,
): Extract<BaselineChoice, { kind: 'directory' | 'ref' }> {
  switch (baseline.kind) {
    case 'ref':
      return baseline;
    case 'directory':
      if (pull.headRepository !== `${owner}/${name}`) {
        throw new UserError(
          'The pull request comes from a fork, and this workflow cannot commit to a fork’s branch.',
          'Its author can run visual-capture accept --run and commit; or use baseline: ref, where acceptances are kept in this repository.',
        );
      }
      return baseline;
    case 'artifact':
    case 'url':
    case 'none':
      throw new UserError(
        `With baseline: ${baseline.kind} there are no baselines that could be written.`,
        'Merge the pull request if the change is meant; or use baseline: directory or ref.',
      );
  }
}
