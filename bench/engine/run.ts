/**
 * 30 pages at two viewports, taken and compared by Visual Capture's built-in engine and by Playwright with the same
 * Chromium and a worker a core, beside the least that these pictures cost (floor.ts). First `npm ci` in this folder, then
 * `npm run bench engine`; `-- --rounds 3` sets how often, and with `--write` the tables go into docs/performance.md.
 * `BENCH_PAGES=5` takes fewer pages.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { preparePackagedChromium } from '../../src/engine/browser/packaged.ts';
import { type Contestant, contestants, type Measurement, type Stage } from './contestants.ts';
import { allPages, pageCount, type SiteKind } from './pages.ts';
import { startSite } from './site.ts';
import { type Results, renderTable } from './table.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } },
});
if (values.write && pageCount !== allPages) {
  throw new Error(`docs/performance.md tells of ${allPages} pages: --write takes no BENCH_PAGES.`);
}
const docs = join(import.meta.dirname, '../../docs/performance.md');

const browser = await preparePackagedChromium([import.meta.dirname]);
if (browser === undefined) {
  throw new Error('This bench needs the Chromium of @sparticuz/chromium, which there is for Linux (x64) alone.');
}
const fontPath = join(dirname(browser.path), 'fonts/Open_Sans/OpenSans-Regular.ttf');
const folder = await mkdtemp(join(tmpdir(), 'bench-engine-'));
const names = Object.keys(contestants) as (keyof typeof contestants)[];

/** Everybody takes turns, so that what else the machine does meets all of them. */
async function measure(stage: Stage): Promise<Results> {
  const rounds: Record<keyof typeof contestants, Measurement>[] = [];
  for (const contestant of Object.values<Contestant>(contestants)) {
    await contestant.prepare?.(stage);
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const entries: [string, Measurement][] = [];
    for (const name of names) {
      entries.push([name, await contestants[name].measure(stage)]);
      process.stderr.write('.');
    }
    rounds.push(Object.fromEntries(entries) as (typeof rounds)[number]);
  }
  return rounds;
}

const tables: string[] = [];
try {
  for (const kind of ['mixed', 'late'] as const satisfies readonly SiteKind[]) {
    await using site = await startSite(kind, fontPath);
    const results = await measure({ site: kind, siteUrl: site.url, browser, folder });
    const table = renderTable(kind, results);
    console.log(`\n${table}`);
    tables.push(table);
  }
} finally {
  await rm(folder, { recursive: true });
}
if (values.write) {
  const text = await readFile(docs, 'utf8');
  await writeFile(
    docs,
    text.replace(
      /(<!-- engine -->\n)[\s\S]*?(<!-- \/engine -->)/,
      (_, from: string, to: string) => `${from}\n${tables.join('\n')}\n${to}`,
    ),
  );
}
