import { defined } from '../basics/record.ts';
import type { BaselinesReport } from '../results/model.ts';
import type { BaselineUpdate, ChosenUpdate } from './choose-update.ts';
import type { RunPlace, UnderWay } from './host.ts';

/** Where the baselines of a run come from, for its report. */
export interface BaselineStanding {
  /** The commit that they were taken from. */
  readonly commit?: string;
  readonly baselines: BaselinesReport;
}

/** How the chosen baselines stand to the captured commit. `underWay`: runs that will write newer ones of that branch. */
export async function describeStanding(
  { branch, update, behind, relation }: ChosenUpdate<BaselineUpdate>,
  changedSince: readonly string[] | undefined,
  underWay: readonly UnderWay[],
  place: RunPlace,
): Promise<BaselineStanding> {
  const expected = await findExpected(update.source, underWay, place);
  return {
    ...defined({ commit: update.source }),
    baselines: { branch, relation, behind, ...defined({ changedSince, expected }) },
  };
}

/** The first run, of the newest commit first, whose commit the captured one contains and the baselines do not. */
async function findExpected(
  source: string | undefined,
  underWay: readonly UnderWay[],
  { commit, commits, workflowRun }: RunPlace,
): Promise<UnderWay | undefined> {
  if (commit === undefined || commits === undefined || source === undefined) {
    return undefined;
  }
  for (const run of underWay.filter(({ url }) => url !== workflowRun?.url)) {
    const isContained = (await commits.isAncestor(run.commit, commit)) === true;
    if (isContained && (await commits.isAncestor(run.commit, source)) === false) {
      return run;
    }
  }
  return undefined;
}
