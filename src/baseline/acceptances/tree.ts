import type { ObjectId, Tree } from '../../git/scratch-repository.ts';

/** Most accepted pictures that are kept of one capture; more are left from changes that were taken back. */
const maxPictures = 20;

export interface AcceptedPicture {
  readonly sha256: string;
  readonly blob: ObjectId;
}

/** A picture in the tree: `<id>/<number>-<sha256>.png`. */
interface HeldPicture extends AcceptedPicture {
  readonly path: string;
  readonly id: string;
  /** Grows with each acceptance of the capture: a tree has no order of its own, and clocks differ. */
  readonly number: number;
}

/** The accepted pictures of each capture, the newest first. */
export function listAccepted(tree: Tree): ReadonlyMap<string, readonly HeldPicture[]> {
  const pictures = [...tree].flatMap(parsePicture).sort((one, other) => other.number - one.number);
  return Map.groupBy(pictures, ({ id }) => id);
}

/**
 * What is written to the tree and removed from it by an acceptance. A picture that is accepted again becomes the newest, and
 * the oldest of too many go.
 */
export function decideAcceptance(
  held: Tree,
  accepted: ReadonlyMap<string, AcceptedPicture>,
): { readonly write: Tree; readonly remove: readonly string[] } {
  const byId = listAccepted(held);
  const write = new Map<string, ObjectId>();
  const remove: string[] = [];
  for (const [id, { blob, sha256 }] of accepted) {
    const pictures = byId.get(id) ?? [];
    const kept = pictures.filter((picture) => picture.sha256 !== sha256).slice(0, maxPictures - 1);
    remove.push(...pictures.filter((picture) => !kept.includes(picture)).map(({ path }) => path));
    write.set(`${id}/${(pictures[0]?.number ?? 0) + 1}-${sha256}.png`, blob);
  }
  return { write, remove };
}

function parsePicture([path, blob]: readonly [string, ObjectId]): HeldPicture[] {
  const [, id, number, sha256] = /^(.+)\/(\d{1,15})-([0-9a-f]{64})\.png$/.exec(path) ?? [];
  return id === undefined || sha256 === undefined ? [] : [{ path, id, number: Number(number), sha256, blob }];
}
