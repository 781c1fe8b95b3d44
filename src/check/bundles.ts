import { fileURLToPath } from 'node:url';

/** The parts that are loaded only when they are needed, each a bundle of its own under dist/. */
export interface Bundles {
  /** The built-in engine, which brings a browser driver along. */
  engine(): Promise<typeof import('../engine/index.ts')>;
  /** What downloads browsers. */
  browsers(): Promise<typeof import('../browsers/index.ts')>;
  /** The folder of this product's own code, from which its packages are found. */
  readonly folder: string;
  /** The script of the comparing workers. */
  readonly workerUrl: URL;
}

/** `root` is the folder that holds `engine/`, `browsers/` and `worker/`: src when run from source, dist when bundled. */
export function locateBundles(root: URL): Bundles {
  const extension = root.pathname.endsWith('/src/') ? 'ts' : 'js';
  const locate = (part: string): URL => new URL(`${part}/index.${extension}`, root);
  return {
    engine: () => import(/* webpackIgnore: true */ locate('engine').href),
    browsers: () => import(/* webpackIgnore: true */ locate('browsers').href),
    folder: fileURLToPath(root),
    workerUrl: locate('worker'),
  };
}
