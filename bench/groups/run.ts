/**
 * Lets every change of changes.ts happen to a site of ten pages in two viewports, captured by the built-in engine, and counts what a
 * reviewer has to decide. `npm run bench groups` prints the table of docs/groups.md, with `-- --write` it also puts it into the page.
 * With names of changes, as `-- banner font`, it tries these alone.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locateBundles } from '../../src/check/bundles.ts';
import { check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import type { Progress } from '../../src/progress/progress.ts';
import type { Report } from '../../src/results/model.ts';
import type { Log } from '../../src/system/ports.ts';
import { cases } from './changes.ts';
import { countDecisions, renderTable } from './decisions.ts';
import { pageNames, startSite } from './site.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error: console.error, startGroup() {}, endGroup() {} };
const noProgress: Progress = { start() {}, service() {}, done() {}, stop() {} };
const bundles = locateBundles(new URL('../../src/', import.meta.url));
const docs = fileURLToPath(new URL('../../docs/groups.md', import.meta.url));

const write = process.argv.includes('--write');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const tried = cases.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
if (tried.length === 0 || (write && chosen.length > 0)) {
  throw new Error(
    write ? 'The page holds every change: --write takes no names.' : `There is no change named ${chosen.join(', ')}.`,
  );
}

await using site = await startSite();
const folder = await mkdtemp(join(tmpdir(), 'groups-'));

async function run(inputs: Partial<Record<InputName, string>>): Promise<Report> {
  const values = new Map<InputName, string>(
    Object.entries({
      urls: pageNames.map((name) => `${name} = /${name}`).join('\n'),
      'base-url': site.url,
      engine: 'local',
      'full-page': 'true',
      viewports: '1280x800, mobile=390x844',
      ...inputs,
    }) as [InputName, string][],
  );
  const { report } = await check(
    { values, env: {}, fork: false, purpose: 'check' },
    { directory: folder, bundles, log: silent, progress: () => noProgress },
    new AbortController().signal,
  );
  return report;
}

await run({ 'update-baselines': 'true' });
const rows = [];
for (const one of tried) {
  site.show(one.change);
  const report = await run({});
  if (process.env['GROUPS_KEEP'] !== undefined) {
    await cp(join(folder, 'visual-capture'), join(process.env['GROUPS_KEEP'], one.name), { recursive: true });
  }
  rows.push({ case: one, decisions: countDecisions(report) });
}
await rm(folder, { recursive: true });

const table = renderTable(rows);
console.log(table);
if (write) {
  const text = await readFile(docs, 'utf8');
  await writeFile(
    docs,
    text.replace(
      /(<!-- decisions -->\n)[\s\S]*?(<!-- \/decisions -->)/,
      (_, from: string, to: string) => `${from}\n${table}\n${to}`,
    ),
  );
}
