/**
 * Takes every case of cases.ts with the built-in engine, lets Visual Capture and plain comparators judge it, and writes
 * the table of docs/trust.md. `npm run bench trust` prints it, with `-- --write` it also puts it into the page. With names
 * of cases, as `-- clock new-noise`, it takes these alone.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locateBundles } from '../../src/check/bundles.ts';
import { check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import type { Progress } from '../../src/progress/progress.ts';
import type { CaptureReport } from '../../src/results/model.ts';
import type { Log } from '../../src/system/ports.ts';
import * as all from './cases.ts';
import { rivals } from './rivals.ts';
import { startSite } from './site.ts';
import { type Row, renderCounts, renderTable } from './table.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error: console.error, startGroup() {}, endGroup() {} };
const noProgress: Progress = { start() {}, service() {}, done() {}, stop() {} };
const bundles = locateBundles(new URL('../../src/', import.meta.url));
const docs = fileURLToPath(new URL('../../docs/trust.md', import.meta.url));
const viewport = '1280x800';

const write = process.argv.includes('--write');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isChosen = ({ name }: all.Case): boolean => chosen.length === 0 || chosen.includes(name);
const cases = all.cases.filter(isChosen);
const limits = all.limits.filter(isChosen);
if (cases.length + limits.length === 0 || (write && chosen.length > 0)) {
  throw new Error(write ? 'The page holds every case: --write takes no names.' : `There is no case named ${chosen.join(', ')}.`);
}

await using site = await startSite();
const folder = await mkdtemp(join(tmpdir(), 'trust-'));

/** The config file with every case, by line. */
const config = [
  'targets:',
  ...[...cases, ...limits].flatMap(({ name, settings = {} }) => [
    `  - url: /${name}`,
    ...Object.entries(settings).map(([setting, value]) => `    ${setting}: ${value}`),
  ]),
].join('\n');

/** Runs the check over all cases in a folder of its own. */
async function run(name: string, inputs: Partial<Record<InputName, string>>): Promise<readonly CaptureReport[]> {
  const values = new Map<InputName, string>(
    Object.entries({
      'base-url': site.url,
      engine: 'local',
      'full-page': 'true',
      viewports: viewport,
      ...inputs,
    }) as [InputName, string][],
  );
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'visual-capture.yml'), `${config}\n`);
  const { report } = await check(
    { values, env: {}, fork: false, purpose: 'check' },
    { directory: join(folder, name), bundles, log: silent, progress: () => noProgress },
    new AbortController().signal,
  );
  return report.captures;
}

// What others compare: the baseline as it was, and the first picture of the check.
site.visit('baseline');
await run('rivals', { 'page-check': 'off', 'update-baselines': 'true' });
site.visit('check');
await run('rivals', { baseline: 'none', 'page-check': 'off' });

site.visit('baseline');
await run('ours', { 'update-baselines': 'true' });
site.visit('check');
const ours = await run('ours', {});

async function judge(one: all.Case): Promise<Row> {
  const id = `${one.name}/${viewport}`;
  const capture = ours.find((found) => found.id === id);
  if (capture === undefined) {
    throw new Error(`There is no capture of ${one.name}.`);
  }
  const baseline = join(folder, 'rivals/visual-baselines', `${id}.png`);
  const actual = join(folder, 'rivals/visual-capture/actual', `${id}.png`);
  return { case: one, capture, rivals: await Promise.all(Object.values(rivals).map((flags) => flags(baseline, actual))) };
}

const names = Object.keys(rivals);
const judged = await Promise.all(cases.map(judge));
const tables = {
  corpus: `${renderTable(judged, names)}\n${renderCounts(judged, names)}`,
  limits: renderTable(await Promise.all(limits.map(judge)), names),
};
await rm(folder, { recursive: true });

console.log(Object.values(tables).join('\n'));
if (write) {
  let text = await readFile(docs, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    text = text.replace(
      new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_, from: string, to: string) => `${from}\n${table}\n${to}`,
    );
  }
  await writeFile(docs, text);
}
