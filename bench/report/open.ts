import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { enlarge, makeSample } from '../../scripts/sample-report/sample.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { launchBrowser } from '../../test/helpers/browser.ts';

/**
 * How long a report page takes to be written and to open, for growing runs; each capture has pictures of its own.
 *
 * npm run bench report
 */

const runs = [
  { captures: 100, limitBytes: 50_000_000 },
  { captures: 1000, limitBytes: 50_000_000 },
  { captures: 5000, limitBytes: 50_000_000 },
] as const;

interface Opened {
  /** From the navigation to the overview standing there, in ms. */
  readonly overviewMs: number;
  /** To the first picture in a tile. */
  readonly firstPictureMs: number;
  /** To the end of the file. */
  readonly loadMs: number;
}

async function main(): Promise<void> {
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'report-bench-'));
  try {
    const sample = await makeSample(browser);
    console.log('| captures | page | written in | overview stands | first picture | all read |\n|--:|--:|--:|--:|--:|--:|');
    for (const { captures, limitBytes } of runs) {
      const large = enlarge(sample, captures);
      const startMs = performance.now();
      const html = await renderHtml(large.report, large.images, { limitBytes });
      const writtenMs = performance.now() - startMs;
      const path = join(folder, `${captures}.html`);
      await writeFile(path, html);
      const opened = await best(5, () => open(browser, pathToFileURL(path).href));
      const size = `${(html.length / 1e6).toFixed(1)} MB`;
      console.log(
        `| ${captures} | ${size} | ${seconds(writtenMs)} | ${seconds(opened.overviewMs)} | ${seconds(opened.firstPictureMs)} | ${seconds(opened.loadMs)} |`,
      );
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

async function open(browser: Browser, url: string): Promise<Opened> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.evaluateOnNewDocument(`
    new MutationObserver(() => {
      if (window.overviewMs === undefined && document.querySelector('.tile') !== null) {
        requestAnimationFrame(() => setTimeout(() => { window.overviewMs ??= performance.now(); }));
      }
      if (window.firstPictureMs === undefined && document.querySelector('canvas[data-drawn]') !== null) {
        window.firstPictureMs = performance.now();
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-drawn'] });
  `);
  await page.goto(url);
  await page.waitForFunction('window.overviewMs !== undefined && window.firstPictureMs !== undefined');
  const opened = (await page.evaluate(
    '({ overviewMs, firstPictureMs, loadMs: performance.getEntriesByType("navigation")[0].loadEventEnd })',
  )) as Opened;
  await page.close();
  return opened;
}

/** The fastest of several times, since other work on the machine only ever makes it slower. */
async function best(times: number, measure: () => Promise<Opened>): Promise<Opened> {
  const all: Opened[] = [];
  for (let time = 0; time < times; time++) {
    all.push(await measure());
  }
  const least = (key: keyof Opened): number => Math.min(...all.map((one) => one[key]));
  return { overviewMs: least('overviewMs'), firstPictureMs: least('firstPictureMs'), loadMs: least('loadMs') };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

await main();
