/**
 * Runs every scenario with our scheduler and with its rivals in virtual time and writes the tables into
 * docs/scheduler.md. `npm run bench scheduler`; with `-- --print` the tables go to the terminal instead.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, measure, ours, rivalContender } from './measure.ts';
import { type Result, renderTables } from './render.ts';
import { poolSizes, rivals } from './rivals.ts';
import { hardScenarios, type Scenario, scenarios } from './scenarios.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const document = join(import.meta.dirname, '../../docs/scheduler.md');
const begin = '<!-- measured: npm run bench scheduler -->';
const end = '<!-- end of measured -->';

async function result(scenario: Scenario, contender: string, run: Contender): Promise<Result> {
  const measurements = [];
  for (const seed of seeds) {
    measurements.push(await measure(scenario, seed, run));
  }
  process.stderr.write('.');
  return { scenario, contender, measurements };
}

const startedAt = performance.now();
const own: Result[] = [];
const others = new Map<string, Result[]>(rivals.map(({ name }) => [name, []]));
for (const scenario of scenarios) {
  own.push(await result(scenario, 'ours', ours));
  for (const rival of rivals) {
    for (const poolSize of poolSizes) {
      others.get(rival.name)?.push(await result(scenario, `pool of ${poolSize}`, rivalContender(rival, poolSize)));
    }
  }
}
const hard: Result[] = [];
for (const scenario of hardScenarios) {
  hard.push(await result(scenario, 'ours', ours));
}
const all = [...own, ...hard, ...[...others.values()].flat()];
const simulatedMs = all.flatMap(({ measurements }) => measurements).reduce((total, one) => total + one.simulatedMs, 0);
process.stderr.write(
  `\n${Math.round(simulatedMs / 3_600_000)} h of simulated time in ${Math.round((performance.now() - startedAt) / 1000)} s\n`,
);

const tables = renderTables(own, hard, others);
if (process.argv.includes('--print')) {
  process.stdout.write(`${tables}\n`);
} else {
  const text = await readFile(document, 'utf8');
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < 0) {
    throw new Error(`${document} has no place for the tables: the lines "${begin}" and "${end}"`);
  }
  await writeFile(document, `${text.slice(0, before + begin.length)}\n\n${tables}\n\n${text.slice(after)}`);
}
