import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const { report, images } = smallReport();
const open = (hash: string) => openReport(browser, report, images, { hash });

test('a deep link opens a capture in its mode at its region', async () => {
  await using opened = await open('#pricing/1280x800?mode=onion-skin&region=2');
  expect(await opened.text('.capture-head h1')).toBe('Changed pricing');
  expect(await opened.value('document.querySelector(".stage").dataset.mode')).toBe('onion-skin');
  expect(await opened.text('.region-readout')).toBe('2 of 2');
  expect(await opened.value('document.title')).toBe(
    'pricing/1280x800 · 1 failed, 3 changed, 1 added and 1 removed of 7 captures · Visual Capture',
  );
});

test('the address follows what is looked at, so that it can be passed on', async () => {
  await using opened = await open('#pricing/1280x800');
  await opened.press('4', 'n');
  expect(await opened.value('location.hash')).toBe('#pricing/1280x800?mode=diff&region=1');
  await opened.press('j');
  expect(await opened.value('location.hash')).toBe('#long/1280x800?mode=diff');
  await opened.page.reload();
  await opened.settled();
  expect(await opened.text('.pane figcaption')).toBe('Difference');
});

test('a link to a capture that this report does not have leads to the overview and says so', async () => {
  await using opened = await open('#nothing/here');
  expect(await opened.text('.notice')).toBe('This report has no capture nothing/here.');
  expect(await opened.value('document.querySelectorAll(".tile, .card").length')).toBe(7);
});

test('a region that does not exist is no region', async () => {
  await using opened = await open('#pricing/1280x800?region=99');
  expect(await opened.text('.region-readout')).toBe('2 regions');
  await opened.press('n');
  expect(await opened.text('.region-readout')).toBe('1 of 2');
});

test('the viewports of a target lead to each other', async () => {
  await using opened = await open('#pricing/1280x800?mode=slider');
  expect(await opened.texts('.siblings a')).toEqual(['1280x800', 'mobile']);
  await opened.page.locator('.siblings a:not([aria-current])').click();
  await opened.page.waitForFunction('document.querySelector(".siblings [aria-current]").textContent === "mobile"');
  expect(await opened.value('location.hash')).toBe('#pricing/mobile?mode=slider');
});

test('going from capture to capture leaves no trail: Back leads out', async () => {
  await using opened = await open('');
  await opened.go('#pricing/1280x800');
  await opened.press('j', 'j', 'j');
  await opened.page.goBack();
  await opened.page.waitForFunction('!document.body.classList.contains("viewing")');
  expect(await opened.value('document.querySelectorAll(".tile, .card").length')).toBe(7);
});

test('the failures of the head lead to their captures', async () => {
  await using opened = await open('');
  await opened.page.locator('.failure .names a').click();
  await opened.page.waitForSelector('.note h2');
  expect(await opened.text('.note h2')).toBe('render_timeout HTTP 504');
});

test('Escape leads back to where the overview was scrolled to', async () => {
  await using opened = await open('');
  await opened.value('scrollTo(0, 300)');
  await opened.go('#pricing/1280x800');
  await opened.press('Escape');
  expect(await opened.value('scrollY')).toBe(300);
});
