import type { BaselineBranch } from '../../baseline/host.ts';
import { defined } from '../../basics/record.ts';
import { usualDefaultBranch } from './event-rules.ts';
import { known, type Questions, type Subject } from './subject.ts';

const elsewhere = 'Baselines are written by runs on the branch itself';

/**
 * Whose baselines a run is compared with, and whether it may write them; `told`: the default branch, where the event tells it. Nothing that belongs to an open pull request does,
 * whatever the event: it is not reviewed yet.
 */
export async function decideBranch(
  { commit, pullRequests, event }: Subject,
  told: string | undefined,
  ask: Questions,
): Promise<BaselineBranch> {
  const defaultBranch = told ?? usualDefaultBranch;
  if (pullRequests.kind === 'found') {
    // Where a commit is on several, the first one's base counts for all.
    const name = pullRequests.pullRequests[0].baseBranch;
    return { ...defined({ name }), readOnly: `what a pull request shows is not reviewed yet. ${elsewhere}` };
  }
  switch (event.kind) {
    case 'pull-request':
    case 'comment':
    case 'none':
      return { readOnly: `this run belongs to no branch. ${elsewhere}` };
    case 'merge-group':
      return { ...defined({ name: event.base }), readOnly: `what a merge queue tests is not merged yet. ${elsewhere}` };
    case 'branch':
      return unlessUnknown({ name: event.branch }, { commit, pullRequests });
    case 'commit':
      return unlessUnknown(await findBranch({ commit, event }, defaultBranch, ask), { commit, pullRequests });
  }
}

/** Whether an open pull request has the commit must be known before anything is written. */
function unlessUnknown(
  branch: BaselineBranch,
  { commit, pullRequests }: Pick<Subject, 'commit' | 'pullRequests'>,
): BaselineBranch {
  return pullRequests.kind === 'unknown'
    ? { ...branch, readOnly: `${commit} may belong to an open pull request, which is not reviewed yet: ${pullRequests.reason}` }
    : branch;
}

/** The branch of a commit: the one that the event names, else the default one, if they contain it. */
async function findBranch(
  { commit, event }: { readonly commit: string; readonly event: Extract<Subject['event'], { kind: 'commit' }> },
  defaultBranch: string,
  ask: Questions,
): Promise<BaselineBranch> {
  const { branch } = event;
  switch (branch.kind) {
    case 'certain':
      return { name: branch.name };
    case 'assumed':
      return { readOnly: `the event does not say which commit its preview shows. ${elsewhere}` };
    case 'claimed':
    case 'unknown':
      for (const name of new Set([branch.kind === 'claimed' ? branch.name : defaultBranch, defaultBranch])) {
        if (known(await ask.contains(name, commit)) === true) {
          return { name };
        }
      }
      return { readOnly: `GitHub knows no branch that ${commit} belongs to. ${elsewhere}` };
  }
}
