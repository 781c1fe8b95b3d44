import { UserError } from '../errors/user-error.ts';
import { workflowIdentity } from '../git/remote.ts';
import type { ObjectId, ScratchRepository, Tree } from '../git/scratch-repository.ts';
import { updateRef } from '../git/update-ref.ts';
import { sha256 } from '../sha256.ts';
import type { BaselinePorts } from './host.ts';

/**
 * Pictures that were accepted and are no baselines yet, as `<id>/<sha256>.png`. They are keyed by what they show and not
 * by a commit, so a rebase, a merge queue and the merge itself inherit them.
 */
export const acceptedRef = 'refs/visual-capture/accepted';

/** Most accepted pictures of one capture that a run is compared with; more are left from changes that never merged. */
const maxPictures = 20;
/** Reads the accepted pictures of a capture; the ref is fetched when it is first asked for. */
export function readAccepted(repository: ScratchRepository): (id: string) => Promise<Uint8Array[]> {
  const fetch = async (): Promise<Tree> => {
    const commit = await repository.fetchRef(acceptedRef);
    return commit === undefined ? new Map() : repository.readTree(commit);
  };
  let fetched: Promise<Tree> | undefined;
  return async (id) => {
    fetched ??= fetch();
    const blobs = [...(await fetched)].filter(([path]) => isOf(path, id)).slice(0, maxPictures);
    return Promise.all(blobs.map(([, blob]) => repository.readBlob(blob)));
  };
}

export interface Acceptance {
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Who accepted what, for the history. */
  readonly message: string;
  /** The baselines as they are now: what is among them needs no acceptance any more, and is dropped. */
  readonly baselines: Tree;
}

/**
 * Adds accepted pictures in one commit and one push that never takes another acceptance away.
 * @throws UserError, GitError when it cannot be pushed.
 */
export async function recordAccepted(
  repository: ScratchRepository,
  { pictures, message, baselines }: Acceptance,
  ports: Pick<BaselinePorts, 'clock' | 'random'>,
): Promise<void> {
  const write = new Map<string, ObjectId>();
  for (const [id, png] of pictures) {
    write.set(`${id}/${sha256(png)}.png`, await repository.writeBlob(png));
  }
  const change = async (parent: ObjectId | undefined): Promise<ObjectId> => {
    const held: Tree = parent === undefined ? new Map() : await repository.readTree(parent);
    return repository.commit({
      ...(parent === undefined ? {} : { parent }),
      write,
      remove: [...held].filter(([path, blob]) => !write.has(path) && isMerged(path, blob, baselines)).map(([path]) => path),
      message,
      author: workflowIdentity,
      date: ports.clock.date(),
    });
  };
  const result = await updateRef(repository, acceptedRef, change, ports);
  switch (result.kind) {
    case 'pushed':
    case 'unchanged':
      return;
    case 'rejected':
      throw new UserError(
        `The acceptance was refused by ${acceptedRef}: ${result.reason}`,
        'A rule or a hook of the repository protects that ref. Allow this workflow to push to it.',
      );
    case 'outrun':
      throw new UserError(
        `The acceptance could not be pushed to ${acceptedRef}: others wrote to it ${result.rounds} times meanwhile`,
        'Ask again.',
      );
  }
}

function isOf(path: string, id: string): boolean {
  return path.startsWith(`${id}/`) && /^[0-9a-f]{64}\.png$/.test(path.slice(id.length + 1));
}

function isMerged(path: string, blob: ObjectId, baselines: Tree): boolean {
  return baselines.get(`${path.slice(0, path.lastIndexOf('/'))}.png`) === blob;
}
