import { formatPlural } from '../basics/format.ts';
import { docsUrl } from '../basics/product.ts';
import { UserError } from '../errors/user-error.ts';
import { maxPointerBytes, parsePointer } from '../git/lfs/pointer.ts';
import type { Folder } from '../system/ports.ts';

/**
 * Looks whether these baselines are pictures, or what Git LFS commits in place of them and a checkout without LFS leaves
 * there: nothing could be compared then. Only files as small as pointers are read.
 * @throws UserError when there are pointers among them.
 */
export async function refusePointers(folder: Pick<Folder, 'path' | 'sizeOf' | 'read'>, ids: readonly string[]): Promise<void> {
  const pointers: string[] = [];
  for (const id of ids) {
    // What cannot be read now cannot be read later either, and is told then.
    if (await isPointer(folder, `${id}.png`).catch(() => false)) {
      pointers.push(`${folder.path}/${id}.png`);
    }
  }
  const [first] = pointers;
  if (first !== undefined) {
    const more = pointers.length - 1;
    const what =
      more === 0
        ? 'is a Git LFS pointer instead of a picture'
        : `and ${formatPlural(more, 'more baseline')} are Git LFS pointers instead of pictures`;
    throw new UserError(
      `${first} ${what}, so there is nothing to compare with.`,
      `In a workflow, give actions/checkout "with: lfs: true"; elsewhere, run git lfs pull (${docsUrl('baselines.md#git-lfs')}).`,
      { wrongInput: true },
    );
  }
}

async function isPointer(folder: Pick<Folder, 'sizeOf' | 'read'>, path: string): Promise<boolean> {
  const sizeBytes = await folder.sizeOf(path);
  if (sizeBytes === undefined || sizeBytes > maxPointerBytes) {
    return false;
  }
  const bytes = await folder.read(path);
  return bytes !== undefined && parsePointer(bytes) !== undefined;
}
