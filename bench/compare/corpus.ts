/**
 * Makes the pictures that the comparison is measured on, once, into bench/compare/corpus: captures of generated pages by the
 * Chromium that npm pins. The baselines are those captures as they are ("alike"), and the same pixels as other encoders
 * write them ("differently"): a third each by Chromium's fast mode (filter "up" alone), by libvips without filters and by
 * libvips with adaptive filters.
 *
 *     npm ci && node corpus.ts          in bench/compare; takes about five minutes
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import puppeteer, { type Page } from 'puppeteer-core';
import sharp from 'sharp';
import { renderPage } from './pages.ts';
import { type CorpusSet, corpusFolder, isChanged, pathsOf, sets } from './sets.ts';

const browser = await puppeteer.launch({
  executablePath: await chromium.executablePath(),
  headless: 'shell',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const set of sets) {
  if (existsSync(join(corpusFolder, set.name))) {
    continue;
  }
  const unfinished: CorpusSet = { ...set, name: `${set.name}.unfinished` };
  for (let index = 0; index < set.pairs; index++) {
    await makePair(page, unfinished, index);
  }
  await rename(join(corpusFolder, unfinished.name), join(corpusFolder, set.name));
  console.log(set.title);
}
await browser.close();

async function makePair(page: Page, set: CorpusSet, index: number): Promise<void> {
  const { width, height, scale } = set;
  await page.setViewport({ width: width / scale, height: Math.min(height / scale, 1080), deviceScaleFactor: scale });
  // A section is at least 560 CSS pixels high.
  const plan = { seed: index + 1, sections: Math.ceil(height / scale / 560) + 1 };
  await page.setContent(renderPage({ ...plan, change: 'none' }));
  const unchanged = await capture(page, set);
  for (const encoding of set.encodings) {
    const { baseline } = pathsOf(set, encoding)[index] as { baseline: string };
    await write(baseline, encoding === 'alike' ? unchanged : await encodeDifferently(page, set, unchanged, index));
  }
  if (isChanged(set, index)) {
    await page.setContent(renderPage({ ...plan, change: set.change }));
  }
  await write(join(corpusFolder, set.name, 'actual', `${String(index).padStart(2, '0')}.png`), await capture(page, set));
}

async function capture(page: Page, { width, height, scale }: CorpusSet, optimizeForSpeed = false): Promise<Uint8Array> {
  return page.screenshot({
    captureBeyondViewport: true,
    optimizeForSpeed,
    clip: { x: 0, y: 0, width: width / scale, height: height / scale },
  });
}

async function encodeDifferently(page: Page, set: CorpusSet, png: Uint8Array, index: number): Promise<Uint8Array> {
  if (index % 3 === 0) {
    return capture(page, set, true);
  }
  return sharp(png, { limitInputPixels: false })
    .png({ compressionLevel: 9, adaptiveFiltering: index % 3 === 1 })
    .toBuffer();
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
