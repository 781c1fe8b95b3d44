import { compare, ODiffServer } from 'odiff-bin';
import { compareEach, type Start } from './contestant.ts';

const options = { threshold: 0.1, antialiasing: true };

export function startOdiffServers(servers: number): Start {
  return async () => {
    const all = Array.from({ length: servers }, () => new ODiffServer());
    const idle = [...all];
    return {
      compareAll: (pairs, diffFolder) =>
        compareEach(servers, pairs, diffFolder, async ({ baseline, actual }, diff) => {
          const server = idle.pop();
          if (server === undefined) {
            throw new Error('more pairs at once than servers');
          }
          const result = await server.compare(baseline, actual, diff, options);
          idle.push(server);
          return diffPixels(result);
        }),
      async stop() {
        for (const server of all) {
          server.stop();
        }
      },
    };
  };
}

export const startOdiffProcesses: Start = async () => ({
  compareAll: (pairs, diffFolder) =>
    compareEach(2, pairs, diffFolder, async ({ baseline, actual }, diff) =>
      diffPixels(await compare(baseline, actual, diff, options)),
    ),
  stop: async () => {},
});

function diffPixels({ match, diffCount }: { match: boolean; diffCount?: number }): number | undefined {
  return match ? 0 : diffCount;
}
