import { captureIdsOf } from '../plan/capture-id.ts';
import type { Folder } from '../system/ports.ts';
import {
  durationsOf,
  environmentOf,
  type ManifestEntry,
  manifestEntry,
  manifestFile,
  parseManifest,
  renderManifest,
} from './manifest.ts';
import type { BaselineSource } from './source.ts';

/**
 * Baselines as PNG files of the repository: `<folder>/<name>/<viewport>.png`. A manifest beside them, written with
 * them, tells how they were taken; it may be missing.
 */
export function directoryBaselines(folder: Folder): BaselineSource {
  const written = new Map<string, ManifestEntry>();
  const readManifest = async () => parseManifest(await folder.read(manifestFile).catch(() => undefined));
  let manifest: ReturnType<typeof readManifest> | undefined;
  return {
    description: `directory ${folder.path}`,
    prepare: async () => {},
    durations: async () => {
      manifest ??= readManifest();
      // Part of the commit that every job checks out.
      return { msById: durationsOf(await manifest), sameInEveryJob: true };
    },
    read: async (id) => {
      const png = await folder.read(`${id}.png`);
      if (png === undefined) {
        return undefined;
      }
      manifest ??= readManifest();
      const environment = environmentOf(await manifest, id, png);
      return { png, ...(environment === undefined ? {} : { environment }) };
    },
    list: async () => captureIdsOf(await folder.list()),
    write: async (id, baseline) => {
      await folder.write(`${id}.png`, baseline.png);
      const entry = manifestEntry(baseline);
      if (entry !== undefined) {
        written.set(id, entry);
      }
    },
    save: async () => {
      if (written.size > 0) {
        await folder.write(manifestFile, renderManifest(new Map([...(await readManifest()), ...written])));
      }
    },
    nameOf: (id) => `${folder.path}/${id}.png`,
    [Symbol.asyncDispose]: async () => {},
  };
}
