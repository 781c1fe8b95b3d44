import { requireNode } from './system/require-node.js';

requireNode();
const { listenForStop } = await import('./system/stop-signal.ts');
const stop = listenForStop(({ code, detail }) => {
  const what = code === 'cancelled' ? 'The step was cancelled' : 'The step was ended by a fault of Visual Capture';
  // Its own words for the workflow command: the package for them is not loaded yet.
  console.log(`::error title=Visual Capture::${what} (${detail.replace(/[\r\n%]+/g, ' ')}), and something did not end in time.`);
});
const { runAction } = await import('./step/index.ts');
await runAction(stop);
