import { Opened } from '../basics/opened.ts';
import { defined } from '../basics/record.ts';
import { explainGitError } from '../git/explain-git.ts';
import { openScratchRepository, type ScratchRepository, type Tree } from '../git/scratch-repository.ts';
import { captureIdsOf } from '../plan/capture-id.ts';
import { chooseAcceptances } from './acceptances/choose.ts';
import { endMergedAcceptances } from './acceptances/end.ts';
import { fetchAccepted } from './acceptances/fetch.ts';
import { type ChosenRef, chooseRef } from './choose-ref.ts';
import type { ChosenUpdate } from './choose-update.ts';
import { type Changes, pathOf, readHeld } from './held.ts';
import type { Acceptances, BaselinePorts, RunPlace } from './host.ts';
import { describeBaseline, durationsOf, manifestEntry } from './manifest.ts';
import { publishChanges } from './publish-ref.ts';
import type { RefUpdate } from './ref-updates.ts';
import type { BaselineSource, BaselineWriter } from './source.ts';
import { type BaselineStanding, describeStanding } from './standing.ts';

/**
 * Baselines in a git ref: commits that hold `<name>/<viewport>.png` and a manifest, each of which tells the commit that it
 * was captured from. Compared with is the newest of an ancestor; fetched are only the pictures that are needed. Written is
 * one commit and one push, which never overwrites what another run wrote.
 * @throws UserError when the ref cannot be fetched.
 */
export async function openRefBaselines(written: string | undefined, ports: BaselinePorts): Promise<BaselineSource> {
  const place = await ports.place();
  const explain = (what: string, permission: 'contents: read' | 'contents: write') => (error: unknown) => {
    throw explainGitError(error, { what, permission });
  };
  const cannotRead = explain('The baselines could not be fetched', 'contents: read');
  await using opened = new Opened();
  const repository = opened.use(await openScratchRepository(place.remote, { signal: ports.signal }).catch(cannotRead));
  const skip = (update: RefUpdate): boolean =>
    ports.sharded && update.run !== undefined && update.run.id === place.workflowRun?.id;
  const choice = await chooseRef(repository, written, place, skip).catch(cannotRead);
  const { ref, chosen, isLeftOver } = choice;
  const start = await readHeld(repository, chosen?.update.commit).catch(cannotRead);
  if (chosen === undefined) {
    tellMissing(choice, ports);
  }
  const standing = chosen === undefined ? undefined : await tellStanding(repository, chosen, start.tree, place).catch(cannotRead);
  const compared = chosen?.update.ref ?? ref;
  const changes: Changes = new Map();
  let accepted: Accepted | undefined;
  const close = opened.keep();

  const writer: BaselineWriter = {
    write: async (id, baseline) => {
      const entry = manifestEntry(baseline, place.workflowRun?.id);
      const blob = await repository.writeBlob(baseline.png).catch(explain(`${ref} could not be written`, 'contents: write'));
      changes.set(id, { blob, entry });
    },
    remove: async (id) => {
      changes.set(id, undefined);
    },
    save: async (wrote, limit) => {
      await publishChanges({ repository, ref, changes, limit, start, isLeftOver, place, ports }).catch(
        explain(`The new baselines could not be pushed to ${ref}`, 'contents: write'),
      );
      if (wrote === 'all' && accepted !== undefined) {
        await endMergedAcceptances(repository, accepted.from, ports);
      }
    },
  };

  return {
    description: `ref ${compared}`,
    ...(standing === undefined ? {} : { standing }),
    writing:
      place.branch.readOnly === undefined ? { kind: 'writer', writer } : { kind: 'read-only', reason: place.branch.readOnly },
    prepare: async (ids) => {
      const blobs = ids.map((id) => start.tree.get(pathOf(id))).filter((blob) => blob !== undefined);
      if (start.commit !== undefined && blobs.length > 0) {
        await repository.fetchBlobs(start.commit, blobs).catch(cannotRead);
      }
      if (ids.length > 0) {
        // Once, for the captures of the run: baselines that are asked for later belong to no capture.
        accepted ??= await openAccepted(repository, place, ids).catch(
          explain('The accepted pictures could not be fetched', 'contents: read'),
        );
      }
    },
    // Another run may push between the starts of two jobs.
    durations: async () => ({ msById: durationsOf(start.manifest), sameInEveryJob: false, ...defined({ limit: start.limit }) }),
    read: async (id) => {
      const blob = start.tree.get(pathOf(id));
      if (blob === undefined) {
        return undefined;
      }
      const png = await repository.readBlob(blob);
      return describeBaseline(start.manifest, id, png);
    },
    accepted: async (id) => (await accepted?.read(id).catch(cannotRead)) ?? [],
    list: async () => captureIdsOf(start.tree.keys()).sort(),
    nameOf: (id) => `${compared}:${pathOf(id)}`,
    [Symbol.asyncDispose]: close,
  };
}

/** The pictures that were accepted and count for the run. */
interface Accepted {
  readonly from: Acceptances;
  readonly read: (id: string) => Promise<Uint8Array[]>;
}

async function openAccepted(repository: ScratchRepository, place: RunPlace, ids: readonly string[]): Promise<Accepted> {
  const from = await chooseAcceptances(repository, place);
  return { from, read: await fetchAccepted(repository, from, ids) };
}

function tellMissing({ ref, others }: ChosenRef, { log }: BaselinePorts): void {
  const none = `There is no ${ref} yet, so every capture counts as added.`;
  if (others.length === 0) {
    log.info(none);
    return;
  }
  const [first = ''] = others;
  log.warn(
    `${none} There are baselines of other branches: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ' and others' : ''}. If the branch was called ${first} before, keep them: git push origin ${ref.replace(/[^/]*$/, '')}${first}:${ref}`,
  );
}

/** How the chosen update stands to the captured commit, and what was changed since. Throws GitError. */
async function tellStanding(
  repository: ScratchRepository,
  chosen: ChosenUpdate<RefUpdate>,
  tree: Tree,
  place: RunPlace,
): Promise<BaselineStanding> {
  const [newest] = chosen.updates;
  const changedSince =
    chosen.behind === 0 || newest === undefined ? undefined : listChanged(tree, await repository.readTree(newest.commit));
  const underWay = (await place.earlierRuns?.underWay(chosen.branch, chosen.update.run?.id)) ?? [];
  return describeStanding(chosen, changedSince, underWay, place);
}

/** The ids of captures whose baselines differ between two trees, sorted. */
function listChanged(one: Tree, other: Tree): string[] {
  const ids = new Set(captureIdsOf([...one.keys(), ...other.keys()]));
  return [...ids].filter((id) => one.get(pathOf(id)) !== other.get(pathOf(id))).sort();
}
