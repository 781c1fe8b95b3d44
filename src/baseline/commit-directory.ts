import { posix } from 'node:path';
import { UserError } from '../errors/user-error.ts';
import { workflowIdentity } from '../git/remote.ts';
import type { ObjectId, ScratchRepository } from '../git/scratch-repository.ts';
import { manifestEntry, manifestFile, parseManifest, renderManifest } from './manifest.ts';
import type { Baseline } from './source.ts';

export interface DirectoryCommit {
  /** Full name of the branch that is committed to. */
  readonly ref: string;
  /** The commit that was reviewed; the branch must still be there. */
  readonly parent: ObjectId;
  /** Folder of the baselines in the repository. */
  readonly directory: string;
  /** By capture id. */
  readonly pictures: ReadonlyMap<string, Baseline>;
  readonly message: string;
  readonly date: Date;
}

/**
 * Commits baselines to a branch without a checkout. Returns the new commit.
 * @throws UserError when the branch moved or refuses; GitError when it cannot be reached.
 */
export async function commitToDirectory(repository: ScratchRepository, request: DirectoryCommit): Promise<ObjectId> {
  const { ref, parent, pictures, message, date } = request;
  const directory = insideOfRepository(request.directory);
  const moved = new UserError(
    `The branch ${ref} has a newer commit than the one that was reviewed.`,
    'Wait for the check of that commit, review it, and accept then.',
  );
  if ((await repository.fetchRef(ref)) !== parent) {
    throw moved;
  }
  const manifestPath = posix.join(directory, manifestFile);
  const manifestBlob = (await repository.readTree(parent)).get(manifestPath);
  const manifest = new Map(parseManifest(manifestBlob === undefined ? undefined : await repository.readBlob(manifestBlob)));
  const write = new Map<string, ObjectId>();
  for (const [id, baseline] of pictures) {
    write.set(posix.join(directory, `${id}.png`), await repository.writeBlob(baseline.png));
    const entry = manifestEntry(baseline);
    if (entry !== undefined) {
      manifest.set(id, entry);
    }
  }
  if (manifest.size > 0) {
    write.set(manifestPath, await repository.writeBlob(new TextEncoder().encode(renderManifest(manifest))));
  }
  const commit = await repository.commit({ parent, write, message, author: workflowIdentity, date });
  const result = await repository.pushRef(ref, commit, parent);
  switch (result.kind) {
    case 'pushed':
      return commit;
    case 'lost-race':
      throw moved;
    case 'rejected':
      throw new UserError(
        `The branch ${ref} refused the commit: ${result.reason}`,
        'Allow this workflow to push to the branch, or use baseline: ref.',
      );
  }
}

function insideOfRepository(directory: string): string {
  const path = posix.normalize(directory.replaceAll('\\', '/'));
  if (posix.isAbsolute(path) || path === '..' || path.startsWith('../')) {
    throw new UserError(
      `baseline-directory "${directory}" is not inside of the repository, so nothing can be committed to it.`,
      'Set baseline-directory to a folder of the repository.',
    );
  }
  return path.replace(/\/$/, '');
}
