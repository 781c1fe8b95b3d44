import { workflowIdentity } from '../../git/remote.ts';
import type { ObjectId, ScratchRepository } from '../../git/scratch-repository.ts';
import type { MadePicture } from './pictures.ts';

/** Where the pictures of a pull request are kept: outside of branches and tags, so that no list shows them and no clone fetches them. */
export function pictureRef(pullRequest: number): string {
  return `refs/visual-capture/pr/${pullRequest}`;
}

/** Jobs of a matrix push to one ref, so each may lose a few times to the others. */
const mostAttempts = 8;
const raceReason = 'other jobs kept pushing to the same ref';

export type PushedPictures =
  | { readonly kind: 'pushed'; readonly commit: ObjectId; readonly pathById: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Pushes the pictures in one commit on top of what is there, so that older comments keep theirs. Throws GitError.
 */
export async function pushPictures(
  repository: ScratchRepository,
  pullRequest: number,
  pictures: readonly MadePicture[],
  about: { readonly message: string; readonly date: Date },
): Promise<PushedPictures> {
  const ref = pictureRef(pullRequest);
  const pathById = new Map<string, string>();
  const write = new Map<string, ObjectId>();
  for (const [index, { captureId, bytes }] of pictures.entries()) {
    // Numbered, because names come from outside and mean nothing here.
    const path = `${String(index + 1).padStart(2, '0')}.png`;
    pathById.set(captureId, path);
    write.set(path, await repository.writeBlob(bytes));
  }
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const parent = await repository.fetchRef(ref);
    const commit = await repository.commit({
      ...(parent === undefined ? {} : { parent }),
      from: 'empty',
      write,
      message: about.message,
      author: workflowIdentity,
      date: about.date,
    });
    const result = await repository.pushRef(ref, commit, parent);
    switch (result.kind) {
      case 'pushed':
        return { kind: 'pushed', commit, pathById };
      case 'rejected':
        return { kind: 'refused', reason: result.reason };
      case 'lost-race':
        break;
    }
  }
  return { kind: 'refused', reason: raceReason };
}

export type DeletedPictures =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Deletes the pictures of a pull request, if there are any. Throws GitError. */
export async function deletePictures(repository: ScratchRepository, pullRequest: number): Promise<DeletedPictures> {
  const ref = pictureRef(pullRequest);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const commit = await repository.fetchRef(ref);
    if (commit === undefined) {
      return { kind: 'none' };
    }
    const result = await repository.deleteRef(ref, commit);
    switch (result.kind) {
      case 'pushed':
        return { kind: 'deleted' };
      case 'rejected':
        return { kind: 'refused', reason: result.reason };
      case 'lost-race':
        break;
    }
  }
  return { kind: 'refused', reason: raceReason };
}
