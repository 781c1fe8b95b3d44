/**
 * Measures how much memory a comparison takes at most, and that it does not grow with the number of pairs or the length of
 * the pages. Prints the table of docs/performance.md.
 *
 *     node memory.ts        in bench/compare, after npm ci and node corpus.ts
 *
 * The pairs of a set are compared over and over by a process of its own. Memory is the largest resident size that the system
 * saw of it (VmHWM, Linux alone), Node itself included.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createComparePool } from '../../src/compare/pool.ts';
import { compareEach } from './contestants/contestant.ts';
import { pathsOf, sets } from './sets.ts';

const cases = [
  { set: 'screens', pairs: 50 },
  { set: 'screens', pairs: 500 },
  { set: 'long', pairs: 10 },
  { set: 'long', pairs: 40 },
  { set: 'tall', pairs: 4 },
  { set: 'tall', pairs: 16 },
];
const workerCounts = [1, 2, 4];

const [setName, pairCount, workers] = process.argv.slice(2);
if (setName === undefined) {
  printTable();
} else {
  console.log(await peakMb(setName, Number(pairCount), Number(workers)));
}

function printTable(): void {
  console.log(`| pairs | ${workerCounts.map((count) => `${count} worker${count === 1 ? '' : 's'}`).join(' | ')} |`);
  console.log(`|---|${'---|'.repeat(workerCounts.length)}`);
  for (const { set, pairs } of cases) {
    const { width, height } = setOf(set);
    const peaks = workerCounts.map((count) => {
      const { stdout } = spawnSync(process.execPath, [import.meta.filename, set, String(pairs), String(count)]);
      return `${Number(stdout.toString()).toFixed(0)} MB`;
    });
    console.log(`| ${pairs} of ${width}×${height} | ${peaks.join(' | ')} |`);
  }
}

async function peakMb(name: string, pairCount: number, workers: number): Promise<number> {
  const paths = pathsOf(setOf(name), 'differently');
  const pairs = Array.from({ length: pairCount }, (_, index) => paths[index % paths.length] ?? paths[0]).filter((pair) => !!pair);
  await using pool = createComparePool({ workerUrl: new URL('../../src/worker/index.ts', import.meta.url), workers });
  const settings = { threshold: 0.1, includeAntiAliasing: false, mask: [] };
  await compareEach(workers + 1, pairs, '', async ({ baseline, actual }) => {
    const result = await pool.compare(async () => ({
      baseline: await readFile(baseline),
      actual: await readFile(actual),
      scale: 1,
      settings,
    }));
    return result.kind === 'compared' ? result.comparison.diffPixels : undefined;
  });
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN) / 1000;
}

function setOf(name: string): (typeof sets)[number] {
  const set = sets.find((candidate) => candidate.name === name);
  if (set === undefined) {
    throw new Error(`There is no set ${name}.`);
  }
  return set;
}
