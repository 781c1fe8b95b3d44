import type { ObjectId, Tree } from '../git/scratch-repository.ts';

/** Most accepted pictures that are kept of one capture; more are left from changes that never merged. */
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
 * What is written to the tree and removed from it by an acceptance. What became a baseline goes, a picture that is accepted
 * again becomes the newest, and the oldest of too many go.
 */
export function decideAcceptance(
  held: Tree,
  accepted: ReadonlyMap<string, AcceptedPicture>,
  baselines: Tree,
): { readonly write: Tree; readonly remove: readonly string[] } {
  const byId = listAccepted(held);
  const write = new Map<string, ObjectId>();
  const remove: string[] = [];
  for (const id of new Set([...byId.keys(), ...accepted.keys()])) {
    const pictures = byId.get(id) ?? [];
    const added = accepted.get(id);
    const kept = pictures
      .filter(({ blob, sha256 }) => blob !== baselines.get(`${id}.png`) && sha256 !== added?.sha256)
      .slice(0, maxPictures - (added === undefined ? 0 : 1));
    remove.push(...pictures.filter((picture) => !kept.includes(picture)).map(({ path }) => path));
    if (added !== undefined) {
      write.set(`${id}/${(pictures[0]?.number ?? 0) + 1}-${added.sha256}.png`, added.blob);
    }
  }
  return { write, remove };
}

/** A file without a number is older than all that have one. */
function parsePicture([path, blob]: readonly [string, ObjectId]): HeldPicture[] {
  const [, id, number = '0', sha256] = /^(.+)\/(?:(\d{1,15})-)?([0-9a-f]{64})\.png$/.exec(path) ?? [];
  return id === undefined || sha256 === undefined ? [] : [{ path, id, number: Number(number), sha256, blob }];
}
