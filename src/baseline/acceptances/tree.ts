import type { ObjectId, Tree } from '../../git/scratch-repository.ts';

/** Most accepted pictures that are kept of one capture; more are left from changes that were taken back. */
const maxPictures = 20;

export interface AcceptedPicture {
  readonly sha256: string;
  readonly blob: ObjectId;
  /** A manifest that tells of this picture alone how it was taken; kept of those that are accepted beside others. */
  readonly manifest?: ObjectId | undefined;
}

/**
 * A picture in the tree: `<id>/<number>-<sha256>.png`; one that is accepted beside others, and not in their place, is
 * `<id>/<number>-<sha256>-variant.png`, with a `.json` that tells how it was taken.
 */
export interface HeldPicture extends AcceptedPicture {
  readonly path: string;
  readonly id: string;
  /** Grows with each acceptance of the capture: a tree has no order of its own, and clocks differ. */
  readonly number: number;
  readonly variant: boolean;
}

/** The accepted pictures of each capture, the newest first. */
export function listAccepted(tree: Tree): ReadonlyMap<string, readonly HeldPicture[]> {
  const pictures = [...tree]
    .flatMap(([path, blob]) => parsePicture(path, blob, tree))
    .sort((one, other) => other.number - one.number);
  return Map.groupBy(pictures, ({ id }) => id);
}

/**
 * What is written to the tree and removed from it by an acceptance. A picture that is accepted again becomes the newest, and
 * the oldest of too many go. `variant`: beside what was accepted before, not in its place.
 */
export function decideAcceptance(
  held: Tree,
  accepted: ReadonlyMap<string, AcceptedPicture>,
  variant = false,
): { readonly write: Tree; readonly remove: readonly string[] } {
  const byId = listAccepted(held);
  const write = new Map<string, ObjectId>();
  const remove: string[] = [];
  for (const [id, { blob, sha256, manifest }] of accepted) {
    const pictures = byId.get(id) ?? [];
    const kept = pictures.filter((picture) => picture.sha256 !== sha256).slice(0, maxPictures - 1);
    remove.push(...pictures.filter((picture) => !kept.includes(picture)).flatMap(pathsOf));
    const stem = `${id}/${(pictures[0]?.number ?? 0) + 1}-${sha256}${variant ? '-variant' : ''}`;
    write.set(`${stem}.png`, blob);
    if (variant && manifest !== undefined) {
      write.set(`${stem}.json`, manifest);
    }
  }
  return { write, remove };
}

function pathsOf({ path, manifest }: HeldPicture): string[] {
  return manifest === undefined ? [path] : [path, manifestPathOf(path)];
}

function manifestPathOf(path: string): string {
  return path.replace(/\.png$/, '.json');
}

function parsePicture(path: string, blob: ObjectId, tree: Tree): HeldPicture[] {
  const [, id, number, sha256, variant] = /^(.+)\/(\d{1,15})-([0-9a-f]{64})(-variant)?\.png$/.exec(path) ?? [];
  return id === undefined || sha256 === undefined
    ? []
    : [
        {
          path,
          id,
          number: Number(number),
          sha256,
          blob,
          variant: variant !== undefined,
          manifest: variant === undefined ? undefined : tree.get(manifestPathOf(path)),
        },
      ];
}
