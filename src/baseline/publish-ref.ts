import { formatPlural } from '../basics/format.ts';
import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import { workflowIdentity } from '../git/remote.ts';
import type { ObjectId, ScratchRepository } from '../git/scratch-repository.ts';
import { updateRef } from '../git/update-ref.ts';
import { type Changes, countCaptures, type Held, pathOf, readHeld } from './held.ts';
import type { BaselinePorts, RunPlace } from './host.ts';
import { addBrowser, manifestFile, renderManifest } from './manifest.ts';
import { baselineRefs, fetchUpdates, renderOrigin } from './ref-updates.ts';
import type { LearnedByRun } from './source.ts';

export interface Publication {
  readonly repository: ScratchRepository;
  readonly ref: string;
  readonly changes: Changes;
  /** What the run learned besides them. */
  readonly learned: Pick<LearnedByRun, 'limit' | 'browser'>;
  /** What the run was compared with, which a new ref starts from. */
  readonly start: Held;
  /** The ref holds what another branch of its name left, which is not built upon. */
  readonly isLeftOver: boolean;
  readonly place: RunPlace;
  readonly ports: BaselinePorts;
}

/**
 * Writes what a run changed in one commit and one push, on top of what others pushed meanwhile. A branch gets its ref also
 * when nothing changed: with the default branch's alone, it would be blamed for what that one changes later.
 * @throws UserError, GitError
 */
export async function publishChanges(publication: Publication): Promise<void> {
  const { repository, ref, changes, learned, start, isLeftOver, place, ports } = publication;
  let left: ObjectId | undefined;
  const change = async (current: ObjectId | undefined): Promise<ObjectId | undefined> => {
    if (current === undefined) {
      await checkFree(repository, ref);
    }
    if (await isNewer(publication, current)) {
      return undefined;
    }
    // What was left over is known by the first look at it: whatever is pushed later is a run's of this very branch.
    left ??= isLeftOver ? current : undefined;
    const isNew = current === undefined || current === left;
    const base = isNew ? start : await readHeld(repository, current);
    const kept = keepNewer(changes, base, place);
    const hasNothing = kept.size === 0 && (!isNew || base.commit === undefined);
    return hasNothing
      ? undefined
      : commitChanges(
          repository,
          current,
          { ...base, limit: learned.limit ?? base.limit, browsers: addBrowser(base.browsers, learned.browser) },
          kept,
          place,
          ports.clock.date(),
        );
  };
  const result = await updateRef(repository, ref, change, ports);
  switch (result.kind) {
    case 'pushed':
      ports.log.info(
        changes.size > 0
          ? `${formatPlural(countCaptures(changes), 'baseline')} written to ${ref}.`
          : `${ref} now holds the baselines of this branch.`,
      );
      return;
    case 'unchanged':
      if (changes.size > 0) {
        ports.log.info(`A newer run has written ${ref} already.`);
      }
      return;
    case 'rejected':
      throw new UserError(
        `The new baselines were refused by ${ref}: ${result.reason}`,
        'A rule or a hook of the repository protects that ref. Allow this workflow to push to it, or set baseline-ref to another one.',
      );
    case 'outrun':
      throw new UserError(
        `The new baselines could not be pushed to ${ref}: other runs wrote to it ${result.rounds} times meanwhile`,
        'Run the job again, or let fewer runs write baselines at the same time (concurrency of the workflow).',
      );
    default:
      result satisfies never;
  }
}

/**
 * Git keeps refs like files: `rel` and `rel/2` cannot both be there.
 * @throws UserError that names the one in the way.
 */
async function checkFree(repository: ScratchRepository, ref: string): Promise<void> {
  const parts = ref.split('/');
  const above = parts.slice(3, -1).map((_, at) => parts.slice(0, at + 4).join('/'));
  const top = `${parts.slice(0, 3).join('/')}/`;
  const taken = parts.length < 4 ? [] : [...(await repository.listRefs(`${top}*`)).keys()];
  const blocking = taken.find((other) => above.includes(other) || other.startsWith(`${ref}/`));
  if (blocking !== undefined) {
    const branch = blocking.startsWith(baselineRefs) ? blocking.slice(baselineRefs.length) : blocking;
    throw new UserError(
      `The new baselines cannot be written to ${ref}: ${blocking} is in the way, since git keeps no ref below another one.`,
      `If ${branch} is gone, delete what it left: git push origin --delete ${blocking}. Or set baseline-ref to another name.`,
    );
  }
}

/** Whether the ref tells of a commit that comes after the captured one: a late run must not take its pictures back. */
async function isNewer({ repository, ref, place }: Publication, current: ObjectId | undefined): Promise<boolean> {
  const { commit, commits } = place;
  if (current === undefined || commit === undefined || commits === undefined) {
    return false;
  }
  const source = (await fetchUpdates(repository, ref, ref)).updates.find((update) => update.source !== undefined)?.source;
  return source !== undefined && source !== commit && (await commits.isAncestor(commit, source)) === true;
}

/** A run that took long must not put older pictures over those of a run that was started after it. */
function keepNewer(changes: Changes, { manifest }: Held, { workflowRun }: RunPlace): Changes {
  return workflowRun === undefined
    ? changes
    : new Map([...changes].filter(([key]) => (manifest.get(key)?.run ?? 0) <= workflowRun.id));
}

/** Files of `base` with the changes, as the commit that follows `parent`. */
async function commitChanges(
  repository: ScratchRepository,
  parent: ObjectId | undefined,
  base: Held,
  changes: Changes,
  place: RunPlace,
  date: Date,
): Promise<ObjectId> {
  const manifest = new Map(base.manifest);
  const write = new Map<string, ObjectId>();
  const remove: string[] = [];
  for (const [key, change] of changes) {
    manifest.delete(key);
    if (change === undefined) {
      remove.push(pathOf(key));
    } else {
      write.set(pathOf(key), change.blob);
      if (change.entry !== undefined) {
        manifest.set(key, change.entry);
      }
    }
  }
  write.set(manifestFile, await repository.writeBlob(new TextEncoder().encode(renderManifest(manifest, base))));
  return repository.commit({
    // A new ref has no history: with that of another branch, nobody could tell what it holds from what a branch of its name left.
    ...defined({ parent }),
    from: base.commit === undefined ? 'empty' : { commit: base.commit },
    write,
    remove,
    message: renderMessage(countCaptures(changes), place),
    author: place.author ?? workflowIdentity,
    date,
  });
}

function renderMessage(count: number, { commit, workflowRun }: RunPlace): string {
  const origin =
    workflowRun === undefined ? '' : `\n${renderOrigin({ commit: commit ?? workflowRun.commit, url: workflowRun.url })}`;
  return `${count > 0 ? `Update ${formatPlural(count, 'baseline')}` : 'Keep the baselines of this branch'}\n${origin}`;
}
