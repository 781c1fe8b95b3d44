import { Opened } from '../basics/opened.ts';
import { defined } from '../basics/record.ts';
import { explainGitError } from '../git/explain-git.ts';
import { type ObjectId, openScratchRepository, type ScratchRepository, type Tree } from '../git/scratch-repository.ts';
import { captureIdsOf, listPictures, renderPictureKey } from '../plan/capture-id.ts';
import { chooseAcceptances } from './acceptances/choose.ts';
import { endMergedAcceptances } from './acceptances/end.ts';
import { fetchAccepted } from './acceptances/fetch.ts';
import { type NumberedBlobs, replayAcceptances } from './acceptances/replay.ts';
import { listSeen } from './accepted-pictures.ts';
import { type ChosenRef, chooseRef } from './choose-ref.ts';
import type { ChosenUpdate } from './choose-update.ts';
import { pathOf, readHeld } from './held.ts';
import type { Acceptances, BaselinePorts, RunPlace } from './host.ts';
import { browsersOf, describeBaseline, durationsOf, type ManifestEntry } from './manifest.ts';
import { publishChanges } from './publish-ref.ts';
import { RefChanges } from './ref-changes.ts';
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
  const updates = new RefChanges(start, place.workflowRun?.id, () => ports.clock.date());
  const isWriter = place.branch.readOnly === undefined;
  let accepted: Accepted | undefined;
  const close = opened.keep();

  /** The pictures of a capture; those that were accepted on what is merged now, where that left several. */
  const picturesOf = (id: string): NumberedBlobs => accepted?.merged.get(id) ?? updates.startOf(id);
  const entryOf = (id: string, number: number): ManifestEntry | undefined => {
    const blob = picturesOf(id).get(number);
    return blob === undefined ? undefined : (accepted?.entries.get(blob) ?? updates.entryOf(id, blob));
  };

  const writer: BaselineWriter = {
    write: async (id, baseline, number) => {
      const blob = await repository.writeBlob(baseline.png).catch(explain(`${ref} could not be written`, 'contents: write'));
      updates.write(id, blob, baseline, number);
    },
    see: async (id, number) => {
      const [blob, entry] = [picturesOf(id).get(number), entryOf(id, number)];
      if (blob !== undefined && entry !== undefined) {
        updates.see(id, number, blob, entry);
      }
    },
    remove: async (id) => updates.remove(id),
    save: async (learned) => {
      if (learned?.wrote === 'all') {
        for (const [id, pictures] of accepted?.merged ?? []) {
          updates.merge(id, pictures, (number) => entryOf(id, number));
        }
      }
      const { changes } = updates;
      await publishChanges({ repository, ref, changes, learned: learned ?? {}, start, isLeftOver, place, ports }).catch(
        explain(`The new baselines could not be pushed to ${ref}`, 'contents: write'),
      );
      if (learned?.wrote === 'all' && accepted !== undefined) {
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
      const blobs = ids.flatMap((id) => [...updates.startOf(id).values()]);
      if (start.commit !== undefined && blobs.length > 0) {
        await repository.fetchBlobs(start.commit, blobs).catch(cannotRead);
      }
      if (ids.length > 0) {
        // Once, for the captures of the run: baselines that are asked for later belong to no capture.
        accepted ??= await openAccepted(repository, place, ids, isWriter ? updates : undefined).catch(
          explain('The accepted pictures could not be fetched', 'contents: read'),
        );
      }
    },
    // Another run may push between the starts of two jobs.
    durations: async () => ({ msById: durationsOf(start.manifest), sameInEveryJob: false, ...defined({ limit: start.limit }) }),
    browsers: async () => ({ byId: browsersOf(start.manifest), archives: start.browsers }),
    read: async (id, wanted) => {
      const pictures = picturesOf(id);
      const number = wanted ?? Math.min(...pictures.keys());
      const blob = pictures.get(number);
      if (blob === undefined) {
        return undefined;
      }
      const entry = entryOf(id, number);
      return describeBaseline(new Map(entry === undefined ? [] : [[id, entry]]), id, await repository.readBlob(blob));
    },
    numbers: async (id) => [...picturesOf(id).keys()].sort((one, other) => one - other),
    seen: async () => listSeen(start.manifest, listPictures(start.tree.keys())),
    accepted: async (id) => (await accepted?.read(id).catch(cannotRead)) ?? [],
    list: async () => captureIdsOf(start.tree.keys()).sort(),
    nameOf: (id, number = 1) => `${compared}:${pathOf(renderPictureKey(id, number))}`,
    [Symbol.asyncDispose]: close,
  };
}

/** The pictures that were accepted and count for the run. */
interface Accepted {
  readonly from: Acceptances;
  readonly read: (id: string) => Promise<Uint8Array[]>;
  /** What captures have from now on of which variants were accepted: of all captures, since whoever writes ends the acceptances. */
  readonly merged: ReadonlyMap<string, NumberedBlobs>;
  /** How those pictures were taken. */
  readonly entries: ReadonlyMap<ObjectId, ManifestEntry>;
}

/** `into`: what this run may write; undefined: nothing, so that what is accepted is only read. Throws GitError. */
async function openAccepted(
  repository: ScratchRepository,
  place: RunPlace,
  ids: readonly string[],
  into: RefChanges | undefined,
): Promise<Accepted> {
  const from = await chooseAcceptances(repository, place);
  const fetched = await fetchAccepted(repository, from, ids, { variants: into !== undefined });
  const merged = new Map<string, NumberedBlobs>();
  const entries = new Map<ObjectId, ManifestEntry>();
  for (const id of into === undefined ? [] : fetched.withVariants) {
    const pictures = replayAcceptances(into?.startOf(id) ?? new Map(), fetched.of(id));
    if (pictures !== undefined) {
      merged.set(id, pictures);
    }
    for (const picture of fetched.of(id)) {
      const entry = await fetched.readEntry(picture);
      if (entry !== undefined) {
        entries.set(picture.blob, entry);
      }
    }
  }
  return { from, read: fetched.read, merged, entries };
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
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  return captureIdsOf(paths.filter((path) => one.get(path) !== other.get(path))).sort();
}
