import { formatPlural } from '../basics/format.ts';
import { Opened } from '../basics/opened.ts';
import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import { explainGitError } from '../git/explain-git.ts';
import { fullRefName } from '../git/ref-name.ts';
import { workflowIdentity } from '../git/remote.ts';
import { type ObjectId, openScratchRepository, type ScratchRepository, type Tree } from '../git/scratch-repository.ts';
import { updateRef } from '../git/update-ref.ts';
import { captureIdsOf } from '../plan/capture-id.ts';
import { endMergedAcceptances } from './acceptances/end.ts';
import { fetchAccepted } from './acceptances/fetch.ts';
import type { Acceptances, BaselinePorts, RunPlace } from './host.ts';
import {
  describeBaseline,
  durationsOf,
  type Manifest,
  type ManifestEntry,
  manifestEntry,
  manifestFile,
  parseManifest,
  renderManifest,
} from './manifest.ts';
import type { BaselineSource, BaselineWriter } from './source.ts';

/** Neither a branch nor a tag: clones do not fetch what is below it, and no list shows it. */
const baselineRefs = 'refs/visual-capture/baselines/';

/** What the ref held when it was fetched last. */
interface Held {
  /** Undefined: the ref is not there. */
  readonly commit: ObjectId | undefined;
  readonly tree: Tree;
  readonly manifest: Manifest;
}

const noAcceptances: Acceptances = { pullRequests: [], rule: 'any' };

const nothing: Held = { commit: undefined, tree: new Map(), manifest: new Map() };

/** What a run wrote: a picture, or undefined for a baseline that it took away. */
type Changes = Map<string, { readonly blob: ObjectId; readonly entry: ManifestEntry | undefined } | undefined>;

/**
 * Baselines in a git ref: a commit that holds `<name>/<viewport>.png` and a manifest. Fetched without history and only
 * the pictures that are needed; written as one commit and one push, which never overwrites what another run wrote.
 * @throws UserError when the ref cannot be fetched.
 */
export async function openRefBaselines(written: string | undefined, ports: BaselinePorts): Promise<BaselineSource> {
  const place = await ports.place();
  const explain = (what: string, permission: 'contents: read' | 'contents: write') => (error: unknown) => {
    throw explainGitError(error, { what, permission });
  };
  const cannotRead = explain('The baselines could not be fetched', 'contents: read');
  await using opened = new Opened();
  const repository = opened.use(await openScratchRepository(place.remote).catch(cannotRead));
  const { ref, start } = await findBaselines(repository, written, place).catch(cannotRead);
  if (start.commit === undefined) {
    ports.log.info(`There is no ${ref} yet, so every capture counts as added.`);
  }
  const changes: Changes = new Map();
  let readAccepted: Awaited<ReturnType<typeof fetchAccepted>> | undefined;
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
    save: async () => {
      if (changes.size > 0) {
        await publishChanges({ repository, ref, changes, start, place, ports }).catch(
          explain(`The new baselines could not be pushed to ${ref}`, 'contents: write'),
        );
      }
      await endMergedAcceptances(repository, place, ports);
    },
  };

  return {
    description: `ref ${ref}`,
    writing:
      place.branch.readOnly === undefined ? { kind: 'writer', writer } : { kind: 'read-only', reason: place.branch.readOnly },
    prepare: async (ids) => {
      const blobs = ids.map((id) => start.tree.get(pathOf(id))).filter((blob) => blob !== undefined);
      if (start.commit !== undefined && blobs.length > 0) {
        await repository.fetchBlobs(start.commit, blobs).catch(cannotRead);
      }
      if (ids.length > 0) {
        // Once, for the captures of the run: baselines that are asked for later belong to no capture.
        readAccepted ??= await fetchAccepted(repository, place.acceptances ?? noAcceptances, ids).catch(
          explain('The accepted pictures could not be fetched', 'contents: read'),
        );
      }
    },
    // Another run may push between the starts of two jobs.
    durations: async () => ({ msById: durationsOf(start.manifest), sameInEveryJob: false }),
    read: async (id) => {
      const blob = start.tree.get(pathOf(id));
      if (blob === undefined) {
        return undefined;
      }
      const png = await repository.readBlob(blob);
      return describeBaseline(start.manifest, id, png);
    },
    accepted: async (id) => (await readAccepted?.(id).catch(cannotRead)) ?? [],
    list: async () => captureIdsOf(start.tree.keys()).sort(),
    nameOf: (id) => `${ref}:${pathOf(id)}`,
    [Symbol.asyncDispose]: close,
  };
}

/** The ref that is written, and what is compared with: its content, or the default branch's where it has none yet. */
async function findBaselines(
  repository: ScratchRepository,
  written: string | undefined,
  { branch }: RunPlace,
): Promise<{ ref: string; start: Held }> {
  const fetch = async (ref: string): Promise<Held> => hold(repository, await repository.fetchRef(ref));
  if (written !== undefined) {
    const ref = fullRefName(written);
    return { ref, start: await fetch(ref) };
  }
  const name = branch.name ?? (await repository.defaultBranch()) ?? 'main';
  const ref = `${baselineRefs}${name}`;
  const own = await fetch(ref);
  const fallback = own.commit === undefined ? await repository.defaultBranch() : undefined;
  return fallback === undefined || fallback === name
    ? { ref, start: own }
    : { ref, start: await fetch(`${baselineRefs}${fallback}`) };
}

async function hold(repository: ScratchRepository, commit: ObjectId | undefined): Promise<Held> {
  if (commit === undefined) {
    return nothing;
  }
  const tree = await repository.readTree(commit);
  const manifest = tree.get(manifestFile);
  return { commit, tree, manifest: parseManifest(manifest === undefined ? undefined : await repository.readBlob(manifest)) };
}

interface Publication {
  readonly repository: ScratchRepository;
  readonly ref: string;
  readonly changes: Changes;
  /** What the run was compared with, which a new ref starts from. */
  readonly start: Held;
  readonly place: RunPlace;
  readonly ports: BaselinePorts;
}

/** One commit, one push, on top of what others pushed meanwhile. */
async function publishChanges({ repository, ref, changes, start, place, ports }: Publication): Promise<void> {
  const change = async (current: ObjectId | undefined): Promise<ObjectId | undefined> => {
    const base = current === undefined ? start : await hold(repository, current);
    return commitChanges(repository, base, keepNewer(changes, base, place), place, ports.clock.date());
  };
  const result = await updateRef(repository, ref, change, ports);
  switch (result.kind) {
    case 'pushed':
      ports.log.info(`${formatPlural(changes.size, 'baseline')} written to ${ref}.`);
      return;
    case 'unchanged':
      ports.log.info(`A newer run has written ${ref} already.`);
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

/** A run that took long must not put older pictures over those of a run that was started after it. */
function keepNewer(changes: Changes, { manifest }: Held, { workflowRun }: RunPlace): Changes {
  return workflowRun === undefined
    ? changes
    : new Map([...changes].filter(([id]) => (manifest.get(id)?.run ?? 0) <= workflowRun.id));
}

/** Undefined when there is nothing left to change. */
async function commitChanges(
  repository: ScratchRepository,
  base: Held,
  changes: Changes,
  place: RunPlace,
  date: Date,
): Promise<ObjectId | undefined> {
  if (changes.size === 0) {
    return undefined;
  }
  const manifest = new Map(base.manifest);
  const write = new Map<string, ObjectId>();
  const remove: string[] = [];
  for (const [id, change] of changes) {
    manifest.delete(id);
    if (change === undefined) {
      remove.push(pathOf(id));
    } else {
      write.set(pathOf(id), change.blob);
      if (change.entry !== undefined) {
        manifest.set(id, change.entry);
      }
    }
  }
  write.set(manifestFile, await repository.writeBlob(new TextEncoder().encode(renderManifest(manifest))));
  return repository.commit({
    ...defined({ parent: base.commit }),
    write,
    remove,
    message: renderMessage(changes.size, place),
    author: place.author ?? workflowIdentity,
    date,
  });
}

function renderMessage(count: number, { workflowRun }: RunPlace): string {
  const origin = workflowRun === undefined ? '' : `\nCaptured from ${workflowRun.commit} by ${workflowRun.url}\n`;
  return `Update ${formatPlural(count, 'baseline')}\n${origin}`;
}

function pathOf(id: string): string {
  return `${id}.png`;
}
