import type { Folder } from '../ports.ts';
import type { BaselineSource } from './source.ts';

/** Baselines as PNG files of the repository: `<folder>/<name>/<viewport>.png`. */
export function directoryBaselines(folder: Folder): BaselineSource {
  return {
    description: `directory ${folder.path}`,
    read: (id) => folder.read(`${id}.png`),
    list: async () =>
      (await folder.list())
        .filter((path) => path.includes('/') && path.endsWith('.png'))
        .map((path) => path.slice(0, -'.png'.length)),
    write: (id, png) => folder.write(`${id}.png`, png),
    nameOf: (id) => `${folder.path}/${id}.png`,
  };
}
