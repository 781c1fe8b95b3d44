import { defined } from '../basics/record.ts';
import { captureIdsOf, listPictures, renderPictureKey } from '../plan/capture-id.ts';
import type { Clock, Folder } from '../system/ports.ts';
import { isDue, listSeen, renderDay } from './accepted-pictures.ts';
import {
  addBrowser,
  browsersOf,
  describeBaseline,
  durationsOf,
  type Manifest,
  type ManifestEntry,
  manifestEntry,
  manifestFile,
  readManifest,
  renderManifest,
} from './manifest.ts';
import { refusePointers } from './refuse-pointers.ts';
import type { BaselineSource, BaselineWriter } from './source.ts';

/** They can always be written, if the disk allows. */
export type DirectoryBaselines = BaselineSource & {
  readonly writing: { readonly kind: 'writer'; readonly writer: BaselineWriter };
  numbers(id: string): Promise<readonly number[]>;
};

/**
 * Baselines as PNG files of the repository: `<folder>/<name>/<viewport>.png`, and `<viewport>~2.png` to `~5.png` for further
 * accepted pictures. A manifest beside them, written with them, tells how they were taken; it may be missing.
 */
export function directoryBaselines(folder: Folder, clock: Pick<Clock, 'date'>): DirectoryBaselines {
  /** By the key of the picture. Undefined: nothing is known of it any more. */
  const changes = new Map<string, ManifestEntry | undefined>();
  const readHere = async () => readManifest(await folder.read(manifestFile).catch(() => undefined));
  let known: ReturnType<typeof readHere> | undefined;
  /** What lies there when it is first asked for; where nobody may look, what is asked for by name is found still. */
  let pictures: Promise<ReturnType<typeof listPictures>> | undefined;
  const numbersOf = async (id: string): Promise<readonly number[]> => {
    pictures ??= folder.list().then(listPictures, () => new Map());
    return (await pictures).get(id) ?? [];
  };
  const othersOf = async (id: string, number: number): Promise<string[]> =>
    (await numbersOf(id)).filter((other) => other !== number).map((other) => renderPictureKey(id, other));
  const forgetOthers = async (id: string): Promise<void> => {
    for (const key of await othersOf(id, 1)) {
      await folder.remove(`${key}.png`);
      changes.set(key, undefined);
    }
  };
  const noteSeen = async (key: string, isWanted: (entry: ManifestEntry) => boolean): Promise<void> => {
    known ??= readHere();
    const entry = changes.get(key) ?? (await known).manifest.get(key);
    if (entry !== undefined && isWanted(entry)) {
      changes.set(key, { ...entry, seen: renderDay(clock.date()) });
    }
  };
  const writer: BaselineWriter = {
    write: async (id, baseline, number) => {
      const key = renderPictureKey(id, number ?? 1);
      await folder.write(`${key}.png`, baseline.png);
      const entry = manifestEntry({ ...baseline, ...(number === undefined ? {} : { seen: renderDay(clock.date()) }) });
      if (entry !== undefined) {
        changes.set(key, entry);
      }
      if (number === undefined) {
        await forgetOthers(id);
        return;
      }
      // What another picture stands beside is watched from now on.
      for (const other of await othersOf(id, number)) {
        await noteSeen(other, ({ seen }) => seen === undefined);
      }
    },
    see: (id, number) => noteSeen(renderPictureKey(id, number), (entry) => isDue(entry, clock.date())),
    remove: async (id) => {
      await folder.remove(`${id}.png`);
      changes.set(id, undefined);
      await forgetOthers(id);
    },
    save: async ({ limit, browser } = {}) => {
      if (changes.size === 0) {
        return;
      }
      const before = await readHere();
      const after = applyChanges(before.manifest, changes);
      if (before.manifest.size !== 0 || after.size !== 0) {
        const facts = { limit: limit ?? before.limit, browsers: addBrowser(before.browsers, browser) };
        await folder.write(manifestFile, renderManifest(after, facts));
      }
    },
  };
  return {
    description: `directory ${folder.path}`,
    durations: async () => {
      known ??= readHere();
      // Part of the commit that every job checks out.
      const { manifest, limit } = await known;
      return { msById: durationsOf(manifest), sameInEveryJob: true, ...defined({ limit }) };
    },
    browsers: async () => {
      known ??= readHere();
      const { manifest, browsers } = await known;
      return { byId: browsersOf(manifest), archives: browsers };
    },
    prepare: async (ids) => {
      const numbers = await Promise.all(ids.map(numbersOf));
      const keys = ids.flatMap((id, at) => [
        id,
        ...(numbers[at] ?? []).filter((number) => number !== 1).map((number) => renderPictureKey(id, number)),
      ]);
      await refusePointers(folder, keys);
    },
    read: async (id, number) => {
      const key = renderPictureKey(id, number ?? (await numbersOf(id))[0] ?? 1);
      const png = await folder.read(`${key}.png`);
      if (png === undefined) {
        return undefined;
      }
      known ??= readHere();
      return describeBaseline((await known).manifest, key, png);
    },
    numbers: numbersOf,
    seen: async () => {
      known ??= readHere();
      return listSeen((await known).manifest, listPictures(await folder.list()));
    },
    list: async () => captureIdsOf(await folder.list()),
    writing: { kind: 'writer', writer },
    nameOf: (id, number = 1) => `${folder.path}/${renderPictureKey(id, number)}.png`,
    [Symbol.asyncDispose]: async () => {},
  };
}

function applyChanges(manifest: Manifest, changes: ReadonlyMap<string, ManifestEntry | undefined>): Manifest {
  const after = new Map(manifest);
  for (const [key, entry] of changes) {
    if (entry === undefined) {
      after.delete(key);
    } else {
      after.set(key, entry);
    }
  }
  return after;
}
