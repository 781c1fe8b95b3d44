/**
 * One contestant on one set, in a process of its own: started by run.ts, prints one line of JSON.
 *
 *     node measure.ts <contestant> <set> <encoding>
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contestants } from './contestants/index.ts';
import { type Encoding, pathsOf, sets } from './sets.ts';

const [name = '', setName = '', encoding = 'alike'] = process.argv.slice(2);
const set = sets.find((candidate) => candidate.name === setName);
const start = contestants[name];
if (set === undefined || start === undefined) {
  throw new Error(`There is no ${name} or no ${setName}.`);
}

const diffFolder = mkdtempSync(join(tmpdir(), 'bench-compare-'));
const pairs = pathsOf(set, encoding as Encoding);
const contestant = await start();
// Once around with few pairs, so that code is loaded and files are in the system's cache.
await contestant.compareAll(pairs.slice(0, 4), diffFolder);
const startCpu = process.cpuUsage();
const startMs = performance.now();
const counts = await contestant.compareAll(pairs, diffFolder);
const durationMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(startCpu);
await contestant.stop();
rmSync(diffFolder, { recursive: true });
console.log(JSON.stringify({ durationMs, cpuMs: (user + system) / 1000, counts }));
process.exit();
