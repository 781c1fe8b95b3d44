// npm run bench NAME [options]: shows what the docs say of speed and memory, measured on this machine.
import { oldestNodeForSources, requireNode } from '../src/system/require-node.js';

requireNode(oldestNodeForSources);

const benches = new Map([
  ['baselines', './baselines/clone-size.ts'],
  ['compare', './compare/run.ts'],
  ['compare-memory', './compare/memory.ts'],
  ['discover', './discover/run.ts'],
  ['engine', './engine/run.ts'],
  ['fuzz', './fuzz/run.ts'],
  ['groups', './groups/run.ts'],
  ['groups-speed', './groups/speed.ts'],
  ['report', './report/open.ts'],
  ['scheduler', './scheduler/run.ts'],
  ['start', './start/run.ts'],
  ['trust', './trust/run.ts'],
]);
const [name = ''] = process.argv.splice(2, 1);
const bench = benches.get(name);
if (bench === undefined) {
  console.error(`Usage: npm run bench NAME. There are: ${[...benches.keys()].join(', ')}.`);
  process.exit(2);
}
await import(bench);
