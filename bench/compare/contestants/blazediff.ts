import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compare, hasNativeBinding } from '@blazediff/bin';
import { compareEach, type Start } from './contestant.ts';

/** The native addon, which works on the thread that calls it. Its fastest mode draws no diff picture. */
export function startBlazediff({ draws }: { draws: boolean }): Start {
  return async () => {
    if (!hasNativeBinding()) {
      throw new Error('the addon is not there');
    }
    return {
      compareAll: (pairs, diffFolder) =>
        compareEach(1, pairs, diffFolder, async ({ baseline, actual }, diff) => {
          const result = await compare(baseline, actual, draws ? diff : undefined, { threshold: 0.1, antialiasing: true });
          return result.match ? 0 : result.diffCount;
        }),
      stop: async () => {},
    };
  };
}

/** The same on threads, which it does not come with. */
export function startBlazediffThreads(threads: number): Start {
  return async () => {
    const all = Array.from({ length: threads }, () => new Worker(new URL('./blazediff-thread.ts', import.meta.url)));
    const idle = [...all];
    return {
      compareAll: (pairs, diffFolder) =>
        compareEach(threads, pairs, diffFolder, async ({ baseline, actual }) => {
          const worker = idle.pop();
          if (worker === undefined) {
            throw new Error('more pairs at once than threads');
          }
          worker.postMessage({ baseline, actual });
          const [count] = (await once(worker, 'message')) as [number | undefined];
          idle.push(worker);
          return count;
        }),
      async stop() {
        await Promise.all(all.map((worker) => worker.terminate()));
      },
    };
  };
}
