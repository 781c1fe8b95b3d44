/**
 * Runs every scenario with our scheduler and with its rivals in virtual time and writes the tables into
 * docs/scheduler.md. `npm run bench scheduler`; with `-- --print` the tables go to the terminal instead.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, measure, ours, rivalContender } from './measure.ts';
import { type Measured, type Result, renderTables } from './render.ts';
import { poolSizes, rivals } from './rivals.ts';
import { hardScenarios, type Scenario, scenarios } from './scenarios.ts';
import { worlds } from './worlds.ts';

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
const measured: Measured = { scenarios: [], hard: [], worlds: [], rivals: new Map(rivals.map(({ name }) => [name, []])) };
for (const scenario of [...scenarios, ...worlds]) {
  const own = scenarios.includes(scenario) ? measured.scenarios : measured.worlds;
  own.push(await result(scenario, 'ours', ours));
  for (const rival of rivals) {
    for (const poolSize of poolSizes) {
      const contender = rivalContender(rival, poolSize);
      measured.rivals.get(rival.name)?.push(await result(scenario, `pool of ${poolSize}`, contender));
    }
  }
}
for (const scenario of hardScenarios) {
  measured.hard.push(await result(scenario, 'ours', ours));
}
const all = [...measured.scenarios, ...measured.worlds, ...measured.hard, ...[...measured.rivals.values()].flat()];
const simulatedMs = all.flatMap(({ measurements }) => measurements).reduce((total, one) => total + one.simulatedMs, 0);
process.stderr.write(
  `\n${Math.round(simulatedMs / 3_600_000)} h of simulated time in ${Math.round((performance.now() - startedAt) / 1000)} s\n`,
);

const tables = renderTables(measured);
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
