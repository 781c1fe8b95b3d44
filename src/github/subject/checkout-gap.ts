import { defined } from '../../basics/record.ts';
import type { Checkout } from '../../git/checkout.ts';
import type { CommitHistory } from '../../git/commit-history.ts';
import type { RunReport } from '../../results/model.ts';
import type { Subject } from './subject.ts';

/**
 * The commit that baselines of the checkout belong to, where that is not the captured one, and what to check out instead
 * (`ref`, an expression of a workflow). A merge of the captured commit with nothing new is as good as that commit.
 */
export async function findCheckoutGap(
  { commit }: Pick<Subject, 'commit'>,
  checkout: Checkout | undefined,
  ref: string | undefined,
  commits: CommitHistory,
): Promise<RunReport['checkout']> {
  if (checkout === undefined || checkout.commit === commit) {
    return undefined;
  }
  const [base, ...merged] = checkout.parents;
  const addsNothing = base !== undefined && merged.includes(commit) && (await commits.isAncestor(base, commit)) === true;
  return addsNothing ? undefined : { commit: checkout.commit, ...defined({ ref }) };
}
