import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { renderTriptych } from '../src/compare/triptych/triptych.ts';
import { makePictures } from '../src/publish/comment/pictures.ts';
import { renderHtml } from '../src/report/html/render-html.ts';
import { renderComment } from '../src/report/markdown/comment.ts';
import { launchBrowser } from '../test/helpers/browser.ts';
import { enlarge, makeReport, makeSample, type Sample } from './sample-report/sample.ts';

/**
 * Takes the pictures of the report page that the documentation shows, from a sample report, and writes the beginning of its
 * comment into the README, which GitHub shows as it shows comments.
 *
 * node scripts/report-screenshots.ts
 */

interface Shot {
  readonly name: string;
  /** Which of the two sample reports. */
  readonly report: 'sample' | 'large';
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly theme?: 'dark';
}

const desktop = { report: 'sample', width: 1280, height: 800 } as const;
const phone = { report: 'sample', width: 390, height: 844 } as const;

const shots: readonly Shot[] = [
  { ...desktop, name: 'report-overview-light', hash: '' },
  { ...desktop, name: 'report-overview-dark', hash: '', theme: 'dark' },
  { ...desktop, name: 'report-group', hash: '#teas/page-2/1280x800?group=g2' },
  { ...desktop, name: 'report-moved', hash: '#gardens/1280x800' },
  { ...phone, name: 'report-phone', hash: '' },
  { ...phone, name: 'report-phone-viewer', hash: '#teas/page-2/mobile?group=g1' },
  { ...desktop, name: 'report-1000-captures', report: 'large', hash: '' },
];

const target = join(import.meta.dirname, '../docs/images');

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const browser = await launchBrowser();
  try {
    const sample = await makeSample(browser);
    const large = enlarge(sample, 1000);
    const urls = {
      sample: await save(join(folder, 'sample.html'), await renderHtml(sample.report, sample.images)),
      large: await save(join(folder, 'large.html'), await renderHtml(large.report, large.images)),
    };
    await writeComment(sample);
    for (const shot of shots) {
      await take(browser, shot, urls[shot.report]);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

async function save(path: string, html: string): Promise<string> {
  await writeFile(path, html);
  return pathToFileURL(path).href;
}

/** Verdict, first change and the box for all of it; there is no run that its links could lead to. */
async function writeComment({ report: { captures, ...whole }, images }: Sample): Promise<void> {
  const report = { ...whole, ...makeReport(captures.filter(({ status }) => status !== 'failed')) };
  const [first] = await makePictures(report, images, renderTriptych);
  if (first === undefined) {
    throw new Error('Nothing changed in the sample.');
  }
  await writeFile(join(target, 'comment.png'), first.bytes);
  const comment = renderComment(report, {
    reportUrl: 'docs/report.md',
    artifactUrl: 'docs/report.md',
    runUrl: 'docs/pull-requests.md',
    commit: '',
    pullRequestHead: 'own',
    pictures: new Map([[first.id, { ...first, url: 'docs/images/comment.png' }]]),
    limit: Number.POSITIVE_INFINITY,
  });
  const blocks = comment.trim().split('\n\n');
  const isFirst = (block: string): boolean => block.includes(`<!-- box ${first.id} -->`);
  const isLegend = (block: string): boolean => block.startsWith('<sub>');
  const shown = [...blocks.slice(0, blocks.findIndex(isFirst) + 1), ...blocks.slice(-3, -2)].filter((block) => !isLegend(block));
  const readme = join(import.meta.dirname, '../README.md');
  const [before, after] = (await readFile(readme, 'utf8')).split(/<!-- comment -->[\s\S]*<!-- \/comment -->/);
  const quote = shown
    .join('\n\n')
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(`docs/report.md#?group=${first.id}`, 'docs/report.md')
    .replaceAll(/^/gm, '> ')
    .replaceAll(/ +$/gm, '');
  await writeFile(readme, `${before}<!-- comment -->\n${quote}\n<!-- /comment -->${after}`);
}

async function take(browser: Browser, { name, hash, width, height, theme }: Shot, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme ?? 'light' }]);
  await page.goto(url + hash);
  await page.waitForFunction("document.querySelector('[aria-busy], canvas.undrawn') === null");
  await page.waitForNetworkIdle();
  // What is in view is drawn, however long its pictures take to be decoded.
  await page.waitForFunction(
    "[...document.querySelectorAll('.overview:not([hidden]) canvas')].every((canvas) => canvas.getBoundingClientRect().top > innerHeight || !canvas.checkVisibility() || canvas.hasAttribute('data-drawn'))",
  );
  await page.screenshot({ path: join(target, `${name}.png`) });
  await page.close();
  console.log(`${name}.png`);
}

await main();
