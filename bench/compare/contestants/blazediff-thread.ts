import { parentPort } from 'node:worker_threads';
import { compare } from '@blazediff/bin';

parentPort?.on('message', async ({ baseline, actual }: { baseline: string; actual: string }) => {
  const result = await compare(baseline, actual, undefined, { threshold: 0.1, antialiasing: true });
  parentPort?.postMessage(result.match ? 0 : result.diffCount);
});
