import { type DirectoryBaselines, directoryBaselines } from '../baseline/directory.ts';
import { parsePictureKey } from '../plan/capture-id.ts';
import { systemClock } from '../system/clock.ts';
import { type PictureFolder, pairingKey } from './picture-folder.ts';

/**
 * A folder of pictures as the baselines of another one. A picture `<id>~2.png` is a further accepted one of `<id>`, unless the
 * other folder has a picture of that name as well: then it is one like any other.
 */
export function folderBaselines(accepted: PictureFolder, actual: PictureFolder): DirectoryBaselines {
  const inner = directoryBaselines(accepted, systemClock);
  const here = new Set(accepted.ids.map(pairingKey));
  const variants = listVariants(accepted, actual);
  const numbers = (id: string): number[] => [
    ...(here.has(pairingKey(id)) ? [1] : []),
    ...(variants.get(pairingKey(id)) ?? []).toSorted((one, other) => one - other),
  ];
  return {
    ...inner,
    numbers: async (id) => numbers(id),
    read: (id, number) => inner.read(id, number ?? numbers(id)[0] ?? 1),
    nameOf: accepted.nameOf,
  };
}

/** The ids of a folder that stand for themselves and are not further pictures of others. */
export function ownIds(accepted: PictureFolder, actual: PictureFolder): string[] {
  const variants = listVariants(accepted, actual);
  return accepted.ids.filter((id) => {
    const key = parsePictureKey(id);
    return key.number === 1 || variants.get(pairingKey(key.id))?.includes(key.number) !== true;
  });
}

/** Of which captures there are further pictures, and their numbers. */
function listVariants(accepted: PictureFolder, actual: PictureFolder): ReadonlyMap<string, readonly number[]> {
  const captured = new Set(actual.ids.map(pairingKey));
  const bases = new Set([...accepted.ids, ...actual.ids].map(pairingKey));
  const further = accepted.ids
    .filter((id) => !captured.has(pairingKey(id)))
    .map(parsePictureKey)
    .filter(({ id, number }) => number > 1 && bases.has(pairingKey(id)));
  return new Map(
    [...Map.groupBy(further, ({ id }) => pairingKey(id))].map(([id, keys]) => [id, keys.map(({ number }) => number)]),
  );
}
