import { fullRefName } from '../git/ref-name.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';
import { type BranchUpdates, type ChosenUpdate, chooseUpdate } from './choose-update.ts';
import type { RunPlace } from './host.ts';
import { baselineRefs, fetchUpdates, type RefUpdate } from './ref-updates.ts';

/** Most branches that are asked whether they were renamed: one request each. */
const mostRenamed = 20;

export interface ChosenRef {
  /** The ref that the run writes, if it may. */
  readonly ref: string;
  /** What it is compared with; undefined: there are no baselines yet. */
  readonly chosen: ChosenUpdate<RefUpdate> | undefined;
  /** Whether its own ref holds what was written for another branch of that name, which is gone. */
  readonly isLeftOver: boolean;
  /** Branches that have baselines, where none were found. */
  readonly others: readonly string[];
}

/**
 * The ref that a run writes, and the update that it is compared with: of its branch, else of the default branch, else of
 * what the default branch was called before. `skip` leaves updates out. Throws GitError.
 */
export async function chooseRef(
  repository: ScratchRepository,
  written: string | undefined,
  place: RunPlace,
  skip: (update: RefUpdate) => boolean,
): Promise<ChosenRef> {
  const load = async (ref: string, branch: string): Promise<BranchUpdates<RefUpdate>> => {
    const all = await fetchUpdates(repository, ref, branch);
    return { branch, updates: all.updates.filter((update) => !skip(update)) };
  };
  const choose = (...loads: (() => Promise<BranchUpdates<RefUpdate>>)[]) => chooseUpdate(loads, place.commit, place.commits);
  if (written !== undefined) {
    const ref = fullRefName(written);
    return { ref, chosen: await choose(() => load(ref, written)), isLeftOver: false, others: [] };
  }
  const fallback = place.defaultBranch ?? (await repository.defaultBranch()) ?? 'main';
  const name = place.branch.name ?? fallback;
  const own = await load(refOf(name), name);
  const isOwn = name === fallback;
  const chosen = await choose(async () => own, ...(isOwn ? [] : [() => load(refOf(fallback), fallback)]));
  if (chosen !== undefined) {
    const isLeftOver = !isOwn && own.updates.length > 0 && chosen.update.ref !== refOf(name);
    return { ref: refOf(name), chosen, isLeftOver, others: [] };
  }
  const others = [...(await repository.listRefs(`${baselineRefs}*`)).keys()].map((ref) => ref.slice(baselineRefs.length));
  const before = await findRenamed(others, fallback, place);
  const renamed = before === undefined ? undefined : await choose(() => load(refOf(before), before));
  return { ref: refOf(name), chosen: renamed, isLeftOver: false, others };
}

export function refOf(branch: string): string {
  return `${baselineRefs}${branch}`;
}

/** The branch that is called `now` today. GitHub knows; nobody else can tell it from any other branch. */
async function findRenamed(branches: readonly string[], now: string, { nameOfBranch }: RunPlace): Promise<string | undefined> {
  for (const branch of nameOfBranch === undefined ? [] : branches.slice(0, mostRenamed)) {
    if ((await nameOfBranch?.(branch)) === now) {
      return branch;
    }
  }
  return undefined;
}
