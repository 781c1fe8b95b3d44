import { defined } from '../../basics/record.ts';
import { workflowIdentity } from '../../git/remote.ts';
import type { ObjectId, ScratchRepository } from '../../git/scratch-repository.ts';
import { type RoundPorts, updateRef } from '../../git/update-ref.ts';
import type { MadePicture } from './pictures.ts';

/** Where the pictures of a pull request are kept: outside of branches and tags, so that no list shows them and no clone fetches them. */
export function pictureRef(pullRequest: number): string {
  return `refs/visual-capture/pr/${pullRequest}`;
}

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
  ports: RoundPorts,
): Promise<PushedPictures> {
  const pathById = new Map<string, string>();
  const write = new Map<string, ObjectId>();
  for (const [index, { id, bytes }] of pictures.entries()) {
    // Numbered, because names come from outside and mean nothing here.
    const path = `${String(index + 1).padStart(2, '0')}.png`;
    pathById.set(id, path);
    write.set(path, await repository.writeBlob(bytes));
  }
  const addCommit = (parent: ObjectId | undefined): Promise<ObjectId> =>
    repository.commit({
      ...defined({ parent }),
      from: 'empty',
      write,
      author: workflowIdentity,
      ...about,
    });
  const result = await updateRef(repository, pictureRef(pullRequest), addCommit, ports);
  switch (result.kind) {
    case 'pushed':
      return { ...result, pathById };
    case 'unchanged':
      return { kind: 'refused', reason: 'there is nothing to push' };
    case 'rejected':
      return { kind: 'refused', reason: result.reason };
    case 'outrun':
      return { kind: 'refused', reason: 'other jobs kept pushing to the same ref' };
  }
}
