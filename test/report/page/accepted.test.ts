import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { drawPng, imageSource } from '../support/pictures.ts';
import { withAccepted } from '../support/reports.ts';
import { type OpenReport, openReport } from './support/open-report.ts';

let browser: Browser;
let opened: OpenReport;
beforeAll(async () => {
  browser = await launchTestBrowser();
  const report = withAccepted();
  const paths = report.captures.flatMap(({ files }) => Object.values(files));
  const pictures = Object.fromEntries(paths.map((path) => [path, drawPng(208, 130)]));
  opened = await openReport(browser, report, imageSource(pictures, pictures));
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await browser.close();
});

test('the overview says how many captures match accepted pictures, and which', async () => {
  await opened.go('#');
  expect(await opened.text('.verdict p')).toBe(
    'The check fails: 1 capture changed (fail-on: changed, failed). 2 captures match accepted pictures that are not baselines yet.',
  );
  await opened.value('document.querySelector("details.folded:not([hidden])").open = true');
  expect(await opened.texts('.folded .tile-text')).toEqual([
    'index 1280x800 Unchanged',
    'pricing 1280x800 Unchanged as accepted',
    'pricing mobile Unchanged as accepted',
  ]);
});

test('the capture says what it was compared with in place of its baseline', async () => {
  await opened.go('#pricing/1280x800');
  await opened.value('document.querySelector(".figures").open = true');
  expect(await opened.text('.note p')).toBe('It matches an accepted picture that is not a baseline yet.');
  expect(await opened.text('.known')).toContain('Compared with an accepted picture that is not a baseline yet');
  await opened.go('#index/1280x800');
  expect(await opened.text('.note p')).toBe('It equals its baseline, within the allowed difference.');
  expect(await opened.text('.known')).not.toContain('accepted');
  expect(opened.problems).toEqual([]);
});
