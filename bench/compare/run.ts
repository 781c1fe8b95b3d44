/**
 * Measures every contestant on every set and prints the tables of docs/performance.md.
 *
 *     node run.ts [--rounds 5] [--set screens] [--encoding alike] [--only Capture,odiff]     in bench/compare, after npm ci and node corpus.ts
 *
 * Each round runs every contestant once, in turns, each in a process of its own; a figure is the median over the rounds of its
 * time divided by that of the floor in the same round. Memory is the largest resident size of the process and all that it
 * started, seen every 20 ms.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contestants } from './contestants/index.ts';
import { type CorpusSet, type Encoding, sets } from './sets.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    set: { type: 'string' },
    encoding: { type: 'string' },
    only: { type: 'string' },
  },
});

interface Measurement {
  readonly durationMs: number;
  readonly peakMb: number;
  readonly counts: readonly (number | null)[];
}

const names = Object.keys(contestants);
const [floor = ''] = names;
const [usual = ''] = names.filter((name) => name.includes('usual'));
const only = options.only?.split(',');
const taking = names.filter(
  (name) => [floor, usual].includes(name) || only === undefined || only.some((part) => name.includes(part)),
);

for (const set of sets.filter(({ name }) => options.set === undefined || name === options.set)) {
  for (const encoding of set.encodings.filter((each) => options.encoding === undefined || each === options.encoding)) {
    const rounds: Record<string, Measurement>[] = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      rounds.push(await runRound(set, encoding));
    }
    console.log(`\n### ${set.title}${set.encodings.length > 1 ? `, encoded ${encoding}` : ''}\n`);
    console.log(renderTable(rounds));
  }
}
console.log(`\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${options.rounds} rounds.`);

async function runRound(set: CorpusSet, encoding: Encoding): Promise<Record<string, Measurement>> {
  const round: Record<string, Measurement> = {};
  for (const name of taking) {
    round[name] = await measure(name, set, encoding);
  }
  return round;
}

async function measure(name: string, set: CorpusSet, encoding: Encoding): Promise<Measurement> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'measure.ts'), name, set.name, encoding], {
    // odiff gives up on a server that does not start within 5 seconds, but not in CI.
    env: { ...process.env, CI: '1', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(child.pid ?? 0));
  }, 20);
  let output = '';
  for await (const piece of child.stdout) {
    output += piece;
  }
  clearInterval(watch);
  const { durationMs, counts } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  return { durationMs, peakMb, counts };
}

/** Resident size of a process and of all below it, by Linux's /proc; 0 elsewhere. */
function residentMb(pid: number): number {
  try {
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return kilobytes / 1000 + children.reduce((sum, child) => sum + residentMb(child), 0);
  } catch {
    return 0;
  }
}

function renderTable(rounds: readonly Record<string, Measurement>[]): string {
  const rows = taking.map((name) => {
    const of = (value: (measurement: Measurement, round: Record<string, Measurement>) => number) =>
      median(rounds.flatMap((round) => (round[name] ? [value(round[name], round)] : [])));
    const ratio = of(({ durationMs }, round) => durationMs / (round[floor]?.durationMs ?? 1));
    const seconds = of(({ durationMs }) => durationMs / 1000);
    const megabytes = of(({ peakMb }) => peakMb);
    return `| ${name} | ${ratio.toFixed(2)} | ${seconds.toFixed(2)} s | ${megabytes.toFixed(0)} MB | ${exactness(rounds[0]?.[name], rounds[0]?.[usual])} |`;
  });
  return ['| | × the floor | time | peak memory | differing pixels |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** How the counts relate to those of pixelmatch. */
function exactness(of: Measurement | undefined, pixelmatch: Measurement | undefined): string {
  const total = (measurement: Measurement) => measurement.counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  if (of === undefined || pixelmatch === undefined || of.counts.every((count) => count === null || count === undefined)) {
    return '';
  }
  if (JSON.stringify(of.counts) === JSON.stringify(pixelmatch.counts)) {
    return 'exact';
  }
  return `${((total(of) / total(pixelmatch) - 1) * 100).toFixed(1)}%`;
}

/** Of an even number of values, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
