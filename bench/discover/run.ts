/**
 * 200 stories of a real Storybook, and a site of 300 pages by its sitemap, each taken end to end as a person would start it: by Visual
 * Capture from a config of a few lines, and by storycap and Playwright, with one browser and on one machine, in turns. First
 * `npm ci` in this folder, then `npm run bench discover`; `-- --rounds 3` sets how often, and with `--write` the tables go into
 * docs/discover.md. `BENCH_STORIES=20 BENCH_PAGES=20` takes fewer.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { preparePackagedChromium } from '../../src/engine/browser/packaged.ts';
import type { BrowserProgram } from '../../src/engine/browser/program.ts';
import { contestants, type Measurement } from './contestants.ts';
import { buildSite, buildStorybook, type Counts, fullCounts } from './sites.ts';
import { renderTable } from './table.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } },
});
const roundCount = Number(values.rounds);
const counts: Counts = {
  stories: Number(process.env['BENCH_STORIES'] ?? fullCounts.stories),
  pages: Number(process.env['BENCH_PAGES'] ?? fullCounts.pages),
};
if (![roundCount, counts.stories, counts.pages].every((count) => Number.isInteger(count) && count > 0)) {
  throw new Error('--rounds, BENCH_STORIES and BENCH_PAGES are whole numbers from 1.');
}
if (values.write && (counts.stories !== fullCounts.stories || counts.pages !== fullCounts.pages)) {
  throw new Error('docs/discover.md tells of the full counts: --write takes no BENCH_STORIES and BENCH_PAGES.');
}
if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  throw new Error('Storybook and the rivals are not installed: npm ci --prefix bench/discover');
}
const docs = join(import.meta.dirname, '../../docs/discover.md');

const browser = await preparePackagedChromium([import.meta.dirname]);
if (browser === undefined) {
  throw new Error('This bench needs the Chromium of @sparticuz/chromium, which there is for Linux (x64) alone.');
}
const work = await mkdtemp(join(tmpdir(), 'bench-discover-'));

/** A server of its own thread, so that what is measured here does not wait for it. */
async function startServer(folder: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const worker = new Worker(new URL('serve.ts', import.meta.url), { workerData: folder });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.once('message', resolve).once('error', reject);
  return { url: await promise, [Symbol.asyncDispose]: async () => void (await worker.terminate()) };
}

/** Everybody takes turns, so that what else the machine does meets all of them. */
async function measure(kind: keyof Counts, title: string, folder: string, browser: BrowserProgram): Promise<string> {
  await using server = await startServer(folder);
  const rows = contestants[kind].map((contestant) => ({ contestant, rounds: [] as Measurement[] }));
  for (let round = 0; round < roundCount; round += 1) {
    for (const { contestant, rounds } of rows) {
      const own = await mkdtemp(join(work, 'run-'));
      const measured = await contestant.measure({ siteUrl: server.url, browser, folder: own });
      console.error(`${kind}, round ${round + 1}, ${contestant.name}: ${(measured.tookMs / 1000).toFixed(1)} s`);
      rounds.push(measured);
      await rm(own, { recursive: true });
    }
  }
  return renderTable(title, counts[kind], rows);
}

const tables: string[] = [];
try {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`;
  const storybook = buildStorybook(work, counts.stories);
  tables.push(await measure('stories', `${counts.stories} stories of a Storybook`, storybook, browser));
  tables.push(await measure('pages', `${counts.pages} pages by a sitemap`, buildSite(work, counts.pages), browser));
  tables.push(`Medians over rounds (${roundCount}); ${machine}.\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}
console.log(tables.join('\n'));
if (values.write) {
  const text = await readFile(docs, 'utf8');
  await writeFile(
    docs,
    text.replace(
      /(<!-- measured -->\n)[\s\S]*?(<!-- \/measured -->)/,
      (_, from: string, to: string) => `${from}\n${tables.join('\n')}\n${to}`,
    ),
  );
}
