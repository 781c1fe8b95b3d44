import { readFileSync, writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { compareEach, type Start } from './contestant.ts';

/** The example of pixelmatch's README. */
export const startUsualCode: Start = async () => ({
  compareAll: (pairs, diffFolder) =>
    compareEach(1, pairs, diffFolder, async ({ baseline, actual }, path) => {
      const [a, b] = [PNG.sync.read(readFileSync(baseline)), PNG.sync.read(readFileSync(actual))];
      const { width, height } = a;
      const diff = new PNG({ width, height });
      const count = pixelmatch(a.data, b.data, diff.data, width, height, { threshold: 0.1 });
      if (count > 0) {
        writeFileSync(path, PNG.sync.write(diff));
      }
      return count;
    }),
  stop: async () => {},
});
