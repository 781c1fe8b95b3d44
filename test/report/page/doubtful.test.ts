import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaptureReport } from '../../../src/results/model.ts';
import { pathsOf, takePath } from '../../../src/results/output-paths.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { drawPng, imageSource } from '../support/pictures.ts';
import { doubtful, makeReport } from '../support/reports.ts';
import { type OpenReport, openReport } from './support/open-report.ts';

let browser: Browser;
let opened: OpenReport;
const kinds = ['actual', 'baseline', 'diff'] as const;
const maskedAt = (x: number) => [{ selector: '.ad', boxes: [{ x, y: 60, width: 30, height: 40 }] }];
const masked = { masks: maskedAt(10), baselineMasks: maskedAt(200) };
const report = makeReport(
  doubtful().captures.map((capture) => {
    const files = Object.fromEntries(kinds.map((kind) => [kind, `${kind}/${capture.id}.png`]));
    const more: { readonly [Name in string]?: CaptureReport['files'] } = {
      news: { aligned: `aligned/${capture.id}.png` },
      ticker: { takes: [takePath(capture.id, 1), takePath(capture.id, 2)] },
    };
    const masks = capture.name === 'news' ? masked : {};
    return { ...capture, ...masks, files: { ...files, ...more[capture.name] } };
  }),
);
const paths = report.captures.flatMap(({ files }) => pathsOf(files));

beforeAll(async () => {
  browser = await launchTestBrowser();
  opened = await openReport(browser, report, imageSource(Object.fromEntries(paths.map((path) => [path, drawPng(1280, 800)]))));
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await browser.close();
});

test('what makes captures less trustworthy is told before the captures', async () => {
  await opened.go('#');
  await opened.value('document.querySelectorAll("details").forEach((folded) => { folded.open = true; })');
  expect(await opened.texts('.warning')).toEqual([
    'May not be the intended page account/1280x800 It was redirected to https://login.example/, which is another origin. Such a picture is never taken as a baseline. Open the capture',
    'Captured in a different environment than the baseline 2 captures Environment changed: browser was Chrome 152.0.1, is Chrome 153.0.2. Differences may come from that and not from the page. pricing/1280x800 index/1280x800',
    'A shade changed 2 captures #f0eff5 became #e0dfe5, #2563eb became #1d4ed8: plain areas that changed by less than the threshold sees, so they count as unchanged. Accept the pictures if that is meant. With shades: fail it would be a change, with shades: ignore nobody looks. shop/1280x800 theme/1280x800',
    'Flaky ticker/1280x800 The page differed between two takes of this run. Open the capture',
    expect.stringMatching(/^About the picture feed\/1280x800 The page threw an uncaught exception/),
    expect.stringMatching(/^About the picture feed\/1280x800 1 resource of the page did not load/),
    expect.stringMatching(/^About the picture feed\/1280x800 The page grew/),
    expect.stringMatching(/^About the picture feed\/1280x800 This machine has no font/),
  ]);
  expect(await opened.texts('.card-facts, .tile-notes')).toEqual([
    '0.42% · 1 region',
    '0.42% · 1 region · environment changed',
    'a shade changed',
    'a shade changed',
    'doubtful page',
    '2 notes about the picture',
    'environment changed',
    'unstable in 1 place',
  ]);
});

test('a moved page is explained, and shown with both pages laid on each other', async () => {
  await opened.go('#news/1280x800?mode=diff');
  expect(await opened.text('.explanation')).toBe('The page below y=1,240 moved down by 3 px; 2 blocks differ besides.');
  expect(await opened.texts('.pane figcaption')).toEqual(['Difference', 'Difference, rows laid on each other again']);
  expect(
    await opened.value('[...document.querySelectorAll(".pane")].map((pane) => pane.querySelectorAll(".region").length)'),
  ).toEqual([1, 0]);
});

test('the takes that differ are shown beside each other, with the places where they do', async () => {
  await opened.go('#ticker/1280x800?mode=takes');
  expect(await opened.texts('.pane figcaption')).toEqual(['Take 1 of 2 that differ', 'Take 2 of 2 that differ']);
  expect(await opened.value('document.querySelectorAll(".pane .region-unstable").length')).toBe(2);
  await opened.go('#news/1280x800?mode=takes');
  expect(await opened.texts('.toolbar button')).not.toContain('Takes');
  expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture', 'Difference, rows laid on each other again']);
});

test('shades are boxed, gone to and shown as colours beside each other, though the capture is unchanged', async () => {
  await opened.go('#shop/1280x800?region=2');
  expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture']);
  expect(await opened.value('document.querySelectorAll(".pane:first-child .region-shade").length')).toBe(3);
  expect(await opened.value('document.querySelector(".pane .region.current").style.top')).toBe('500px');
  expect(await opened.text('.region-readout')).toBe('2 of 3');
  expect(await opened.text('.explanation')).toMatch(
    /^A shade changed over 62\.5% of the picture, .* That alone is no difference\.$/,
  );
  expect((await opened.texts('.facts dd')).filter((text) => text.startsWith('#'))).toEqual([
    '#f0eff5 → #e0dfe5',
    '#2563eb → #1d4ed8',
  ]);
  expect(await opened.value('getComputedStyle(document.querySelectorAll(".swatch")[1]).backgroundImage')).toBe(
    'linear-gradient(90deg, rgb(37, 99, 235) 50%, rgb(29, 78, 216) 50%)',
  );
});

test('what a page reported is listed beside its picture', async () => {
  await opened.go('#feed/1280x800');
  await opened.value('document.querySelector(".figures").open = true');
  expect(await opened.texts('.explanation')).toHaveLength(4);
  expect(await opened.text('.page-errors summary')).toBe('The page reported 3 errors');
  await opened.value('document.querySelector(".page-errors").open = true');
  expect(await opened.texts('.page-errors li')).toEqual([
    'Uncaught: TypeError: x is undefined',
    'Did not load: font https://preview.example/a.woff2 (HTTP 404)',
    'Console: Failed to load resource',
  ]);
});

test('what selectors mask is hatched on each picture, where it is and where it was in the baseline', async () => {
  await opened.go('#news/1280x800');
  expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture', 'Difference, rows laid on each other again']);
  expect(
    await opened.value('[...document.querySelectorAll(".pane:first-child .region-masked")].map(({ style }) => style.left)'),
  ).toEqual(['10px', '200px']);
  expect(await opened.value('document.querySelectorAll(".region-masked").length')).toBe(4);
  expect(await opened.value('getComputedStyle(document.querySelector(".region-masked")).backgroundImage')).toContain(
    'repeating-linear-gradient',
  );
});

test('what does not hold still is marked apart from what changed, though the capture is unchanged', async () => {
  await opened.go('#ticker/1280x800?mode=slider');
  expect(await opened.value('document.querySelectorAll(".region-unstable").length')).toBe(1);
  expect(await opened.value('document.querySelectorAll(".region").length')).toBe(0);
  expect(opened.problems).toEqual([]);
});
