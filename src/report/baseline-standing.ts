import { formatCommit, formatFew, formatPlural } from '../basics/format.ts';
import type { BaselinesReport, RunReport } from '../results/model.ts';

/** Targets that are named before the rest is counted. */
const mostNamed = 8;

/**
 * Which baselines the pictures were compared with, and whether some that are newer would say something else, in sentences;
 * undefined: nobody knows more than where they are kept.
 */
export function describeStanding({ run }: { readonly run: RunReport }): string | undefined {
  const sentences = [
    ...(run.baselines === undefined ? [] : describeBaselines(run.baselines, run)),
    ...(run.checkout === undefined || run.commit === undefined ? [] : [describeCheckout(run.checkout, run.commit)]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function describeBaselines(baselines: BaselinesReport, { baselineCommit, commit }: RunReport): string[] {
  const { branch, behind, relation, changedSince = [], expected } = baselines;
  const at = baselineCommit === undefined ? branch : `${branch} at ${formatCommit(baselineCommit)}`;
  const distance = behind === 0 ? '' : `, ${formatPlural(behind, 'update')} behind its newest`;
  return [
    ...(relation === 'unrelated' || (baselineCommit === undefined && behind === 0) ? [] : [`Compared with ${at}${distance}.`]),
    ...(relation === 'unrelated'
      ? [
          `Compared with ${at}, the newest baselines there are, since no ancestor of ${formatCommit(commit ?? '')} has any: what ${branch} changed counts as a difference here. Merge ${branch} into the branch to be compared with its own baselines.`,
        ]
      : []),
    ...(changedSince.length === 0 ? [] : [`${branch} has changed since: ${listTargets(changedSince)}.`]),
    ...(expected === undefined
      ? []
      : [
          `Newer baselines of ${branch} are expected: those of ${formatCommit(expected.commit)} are still being written (${expected.url}). What was changed there counts as a difference until then; run this job again once they are.`,
        ]),
  ];
}

function describeCheckout({ commit, ref }: NonNullable<RunReport['checkout']>, captured: string): string {
  const mend = ref === undefined ? '.' : `: in actions/checkout, set "ref: ${ref}".`;
  return `The baselines are those of the commit that is checked out (${formatCommit(commit)}), but the pages are those of ${formatCommit(captured)}, so what lies between the two counts as a difference. Check out the commit that is captured${mend}`;
}

/** The targets of captures, each once. */
function listTargets(ids: readonly string[]): string {
  return formatFew([...new Set(ids.map((id) => id.slice(0, id.lastIndexOf('/'))))], mostNamed);
}
