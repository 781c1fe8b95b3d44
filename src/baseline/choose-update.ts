import type { CommitHistory } from '../git/commit-history.ts';

/** One time that the baselines of a branch were written. */
export interface BaselineUpdate {
  /** The commit that they were taken from, where that is known. */
  readonly source: string | undefined;
}

/** A branch's updates, newest first. */
export interface BranchUpdates<Update extends BaselineUpdate> {
  readonly branch: string;
  readonly updates: readonly Update[];
}

/** The update that a run is compared with. */
export interface ChosenUpdate<Update extends BaselineUpdate> extends BranchUpdates<Update> {
  readonly update: Update;
  /** How many updates of the branch are newer. */
  readonly behind: number;
  readonly relation: 'ancestor' | 'unrelated' | 'unknown';
}

/**
 * The newest update that was taken from an ancestor of `commit`, from the first of the branches that has one: so nobody is
 * shown the changes of others. Without any the newest counts, of the last branch that has updates at all: what the first
 * one holds is likely left from another branch of its name. Undefined: there is no update.
 */
export async function chooseUpdate<Update extends BaselineUpdate>(
  branches: readonly (() => Promise<BranchUpdates<Update>>)[],
  commit: string | undefined,
  commits: CommitHistory | undefined,
): Promise<ChosenUpdate<Update> | undefined> {
  let newest: ChosenUpdate<Update> | undefined;
  for (const load of branches) {
    const { branch, updates } = await load();
    const found = await findNewestAncestor(updates, commit, commits);
    const update = updates[found.index];
    if (update !== undefined) {
      newest = { branch, updates, update, behind: found.index, relation: found.relation };
      if (found.relation !== 'unrelated') {
        return newest;
      }
    }
  }
  return newest;
}

interface Found {
  readonly index: number;
  readonly relation: ChosenUpdate<BaselineUpdate>['relation'];
}

/**
 * Looks for the first update whose source is an ancestor: sources of a branch follow each other, so once one is an ancestor
 * all older ones are. Steps grow from the newest on, since most runs are a few updates behind; then the last step is halved.
 */
async function findNewestAncestor(
  updates: readonly BaselineUpdate[],
  commit: string | undefined,
  commits: CommitHistory | undefined,
): Promise<Found> {
  const newest = { index: 0, relation: 'unknown' } as const;
  if (commit === undefined || commits === undefined) {
    return newest;
  }
  const isAncestor = async (index: number): Promise<boolean | undefined> => {
    const source = sourceAt(updates, index);
    return source === undefined ? undefined : commits.isAncestor(source, commit);
  };
  const last = updates.length - 1;
  let tooNew = -1;
  for (let index = 0; ; index = Math.min(2 * index + 1, last)) {
    const answer = await isAncestor(index);
    if (answer === undefined) {
      return newest;
    }
    if (answer) {
      return { index: await bisect(tooNew, index, isAncestor), relation: 'ancestor' };
    }
    if (index >= last) {
      return { index: 0, relation: 'unrelated' };
    }
    tooNew = index;
  }
}

/** The first index above `tooNew` that is one, given that `ancestor` is. */
async function bisect(
  tooNew: number,
  ancestor: number,
  isAncestor: (index: number) => Promise<boolean | undefined>,
): Promise<number> {
  if (ancestor - tooNew <= 1) {
    return ancestor;
  }
  const middle = Math.floor((tooNew + ancestor) / 2);
  return (await isAncestor(middle)) === true ? bisect(tooNew, middle, isAncestor) : bisect(middle, ancestor, isAncestor);
}

/** An update that does not tell its source, made by hand for example, stands where the one before it does. */
function sourceAt(updates: readonly BaselineUpdate[], index: number): string | undefined {
  return updates.slice(index).find(({ source }) => source !== undefined)?.source;
}
