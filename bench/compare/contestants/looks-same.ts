import looksSame from 'looks-same';
import { compareEach, type Start } from './contestant.ts';

/** Its own metric (CIEDE2000), so it has no counts to compare. */
export const startLooksSame: Start = async () => ({
  compareAll: (pairs, diffFolder) =>
    compareEach(2, pairs, diffFolder, async ({ baseline, actual }, diff) => {
      const { equal } = await looksSame(baseline, actual);
      if (!equal) {
        await looksSame.createDiff({ reference: baseline, current: actual, diff, highlightColor: '#ff0000' });
      }
      return undefined;
    }),
  stop: async () => {},
});
