import { startBlazediff, startBlazediffThreads } from './blazediff.ts';
import type { Start } from './contestant.ts';
import { startFloor } from './floor.ts';
import { startLooksSame } from './looks-same.ts';
import { startOdiffProcesses, startOdiffServers } from './odiff.ts';
import { startOurs, withoutShades, zlibWorker } from './ours.ts';
import { startRegCli } from './reg-cli.ts';
import { startUsualCode } from './usual-code.ts';

/** Who takes part, in the order of the table; the first is what the others are measured in. */
export const contestants: Readonly<Record<string, Start>> = {
  'the floor: inflating both files and comparing memory, one thread': startFloor,
  'pngjs + pixelmatch, the usual code': startUsualCode,
  'looks-same': startLooksSame,
  'reg-cli, two processes': startRegCli(2),
  'odiff, a process a pair, two at once': startOdiffProcesses,
  'odiff, two servers': startOdiffServers(2),
  '@blazediff/bin, native addon, with diff pictures': startBlazediff({ draws: true }),
  '@blazediff/bin, native addon, without': startBlazediff({ draws: false }),
  '@blazediff/bin, native addon, without, on two threads of ours': startBlazediffThreads(2),
  'Visual Capture, one worker': startOurs(1),
  'Visual Capture, two workers': startOurs(2),
  'Visual Capture, two workers, inflating by node:zlib': startOurs(2, { workerUrl: zlibWorker }),
  'Visual Capture, one worker, shades ignored': startOurs(1, { settings: withoutShades }),
};
