import { defined } from '../basics/record.ts';
import { captureIdsOf } from '../plan/capture-id.ts';
import type { Folder } from '../system/ports.ts';
import {
  describeBaseline,
  durationsOf,
  type Manifest,
  type ManifestEntry,
  manifestEntry,
  manifestFile,
  parseManifest,
  parseManifestLimit,
  renderManifest,
} from './manifest.ts';
import { refusePointers } from './refuse-pointers.ts';
import type { BaselineSource, BaselineWriter } from './source.ts';

/** They can always be written, if the disk allows. */
export type DirectoryBaselines = BaselineSource & {
  readonly writing: { readonly kind: 'writer'; readonly writer: BaselineWriter };
};

/**
 * Baselines as PNG files of the repository: `<folder>/<name>/<viewport>.png`. A manifest beside them, written with
 * them, tells how they were taken; it may be missing.
 */
export function directoryBaselines(folder: Folder): DirectoryBaselines {
  /** Undefined: nothing is known of the baseline any more. */
  const changes = new Map<string, ManifestEntry | undefined>();
  const readManifest = async () => {
    const written = await folder.read(manifestFile).catch(() => undefined);
    return { entries: parseManifest(written), limit: parseManifestLimit(written) };
  };
  let manifest: ReturnType<typeof readManifest> | undefined;
  const writer: BaselineWriter = {
    write: async (id, baseline) => {
      await folder.write(`${id}.png`, baseline.png);
      const entry = manifestEntry(baseline);
      if (entry !== undefined) {
        changes.set(id, entry);
      }
    },
    remove: async (id) => {
      await folder.remove(`${id}.png`);
      changes.set(id, undefined);
    },
    save: async (_, limit) => {
      if (changes.size === 0) {
        return;
      }
      const before = await readManifest();
      const after = applyChanges(before.entries, changes);
      if (before.entries.size !== 0 || after.size !== 0) {
        await folder.write(manifestFile, renderManifest(after, limit ?? before.limit));
      }
    },
  };
  return {
    description: `directory ${folder.path}`,
    durations: async () => {
      manifest ??= readManifest();
      // Part of the commit that every job checks out.
      const { entries, limit } = await manifest;
      return { msById: durationsOf(entries), sameInEveryJob: true, ...defined({ limit }) };
    },
    prepare: (ids) => refusePointers(folder, ids),
    read: async (id) => {
      const png = await folder.read(`${id}.png`);
      if (png === undefined) {
        return undefined;
      }
      manifest ??= readManifest();
      return describeBaseline((await manifest).entries, id, png);
    },
    list: async () => captureIdsOf(await folder.list()),
    writing: { kind: 'writer', writer },
    nameOf: (id) => `${folder.path}/${id}.png`,
    [Symbol.asyncDispose]: async () => {},
  };
}

function applyChanges(manifest: Manifest, changes: ReadonlyMap<string, ManifestEntry | undefined>): Manifest {
  const after = new Map(manifest);
  for (const [id, entry] of changes) {
    if (entry === undefined) {
      after.delete(id);
    } else {
      after.set(id, entry);
    }
  }
  return after;
}
