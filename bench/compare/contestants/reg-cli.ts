import { once } from 'node:events';
import { dirname, join } from 'node:path';
import compareFolders from 'reg-cli';
import type { Start } from './contestant.ts';

/** Compares folders in processes of its own, which it starts anew each time; fewer than 20 pairs go to a single one. */
export function startRegCli(processes: number): Start {
  return async () => ({
    async compareAll(pairs, diffFolder) {
      const [first] = pairs;
      if (first === undefined) {
        return [];
      }
      const run = compareFolders({
        actualDir: dirname(first.actual),
        expectedDir: dirname(first.baseline),
        diffDir: diffFolder,
        json: join(diffFolder, 'reg.json'),
        report: join(diffFolder, 'reg.html'),
        matchingThreshold: 0.1,
        enableAntialias: true,
        ignoreChange: true,
        concurrency: processes,
      });
      await once(run, 'complete');
      return pairs.map(() => undefined);
    },
    stop: async () => {},
  });
}
