import { readFile, writeFile } from 'node:fs/promises';
import { createComparePool } from '../../../src/compare/pool.ts';
import type { CompareSettings } from '../../../src/plan/capture.ts';
import { compareEach, type Start } from './contestant.ts';

const withShades = { threshold: 0.1, includeAntiAliasing: false, mask: [], shades: 'warn' } as const;

/** `shades: ignore`. */
export const withoutShades = { threshold: 0.1, includeAntiAliasing: false, mask: [] } as const;

const ourWorker = new URL('../../../src/worker/index.ts', import.meta.url);

/** The same, inflating by node:zlib. */
export const zlibWorker = new URL('./zlib-worker.ts', import.meta.url);

interface Options {
  readonly workerUrl?: URL;
  readonly settings?: CompareSettings;
}

export function startOurs(workers: number, { workerUrl = ourWorker, settings = withShades }: Options = {}): Start {
  return async () => {
    const pool = createComparePool({ workerUrl, workers });
    return {
      compareAll: (pairs, diffFolder) =>
        compareEach(workers + 1, pairs, diffFolder, async ({ baseline, actual }, diff) => {
          const result = await pool.compare(async () => {
            const [a, b] = await Promise.all([readFile(baseline), readFile(actual)]);
            return { baseline: a, actual: b, scale: 1, settings };
          });
          if (result.kind !== 'compared') {
            throw new Error(result.reason);
          }
          const png = result.picture && (await pool.draw(result.picture, []));
          if (png !== undefined) {
            await writeFile(diff, png);
          }
          return result.comparison.diffPixels;
        }),
      stop: async () => pool[Symbol.asyncDispose](),
    };
  };
}
