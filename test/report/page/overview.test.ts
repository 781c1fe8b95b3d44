import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const { report, images } = smallReport();
const tiles = '.tile .tile-viewport';

test('the verdict comes first, then what failed with its fix, then what it cost', async () => {
  await using opened = await openReport(browser, report, images);
  expect(await opened.text('h1')).toBe('1 failed, 3 changed, 1 added and 1 removed of 7 captures');
  expect(await opened.text('.verdict p')).toBe(
    'The check fails: 1 capture failed, 3 captures changed (fail-on: changed, failed).',
  );
  expect(await opened.text('.failure')).toMatch(
    /^render_timeout HTTP 504 broken\/1280x800 The page took too long to render.* Fix: Simplify the page/,
  );
  expect(await opened.text('.run-facts')).toContain('Credits 5 Sent 7 requests (1 retry)');
  expect(opened.problems).toEqual([]);
});

test('failures come first, then changes by size, a target with all its viewports', async () => {
  await using opened = await openReport(browser, report, images);
  expect(await opened.texts('.section h2')).toEqual([
    'Failed 1 target',
    'Changed 2 targets',
    'Added 1 target',
    'Removed 1 target',
    'Unchanged 1 target',
  ]);
  expect(await opened.texts('.target h3')).toEqual(['broken', 'pricing', 'long', 'new', 'old', 'index']);
  expect(await opened.texts('.target:has(h3[title=pricing]) .tile')).toEqual([
    '1280x800 Changed 3.05% · 2 regions',
    'mobile Changed 0.10% · 1 region',
  ]);
});

describe('the filter', () => {
  test('by status: one, then two, then all again', async () => {
    await using opened = await openReport(browser, report, images);
    const chip = (name: string) => opened.page.locator(`.chip:has(.status-${name})`).click();
    await chip('changed');
    expect(await opened.texts('.target h3')).toEqual(['pricing', 'long']);
    await chip('failed');
    expect(await opened.texts('.target h3')).toEqual(['broken', 'pricing', 'long']);
    await chip('failed');
    await chip('changed');
    expect(await opened.texts('.target h3')).toHaveLength(6);
  });

  test('by viewport', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.page.select('select', 'mobile');
    expect(await opened.texts(tiles)).toEqual(['mobile']);
    await opened.page.select('select', '');
    expect(await opened.texts(tiles)).toHaveLength(7);
  });

  test('by text, reached with a key, in names, URLs and errors', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.press('/');
    await opened.page.keyboard.type('example LON');
    expect(await opened.texts('.target h3')).toEqual(['long']);
    await opened.page.keyboard.type('x');
    expect(await opened.text('.empty')).toBe('No capture matches the filter.');
    await opened.press('/');
    expect(await opened.value('document.querySelector("[type=search]").value')).toBe('example LONx/');
  });

  test('the viewer steps through what the filter shows', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.press('/');
    await opened.page.keyboard.type('pricing');
    await opened.go('#pricing/1280x800');
    expect(await opened.text('.position')).toBe('1 of 2');
    await opened.press('j', 'j');
    expect(await opened.text('.position')).toBe('2 of 2');
    expect(await opened.text('.notice')).toBe('This was the last capture.');
  });
});

test('j and k walk over the captures, Enter opens one, and Back returns to it', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.press('j', 'j', 'j', 'k', 'Enter');
  await opened.page.waitForFunction('document.body.classList.contains("viewing")');
  expect(await opened.value('location.hash')).toBe('#pricing/1280x800');
  await opened.page.goBack();
  await opened.page.waitForFunction('!document.body.classList.contains("viewing")');
  expect(await opened.value('document.activeElement.getAttribute("href")')).toBe('#pricing/1280x800');
});

test('a tile shows the page around its largest change, with a box', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.page.locator('.tile a[href="#pricing/1280x800"]').scroll();
  const middle =
    'document.querySelector(`.tile a[href="#pricing/1280x800"] canvas`).getContext("2d").getImageData(40, 40, 1, 1).data.join()';
  await opened.page.waitForFunction(`${middle} === "200,30,30,255"`);
});

test('the help tells every key, and single keys can be switched off', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.press('?');
  expect(await opened.texts('dialog[open] tr')).toHaveLength(24);
  await opened.page.locator('dialog input').click();
  await opened.press('Escape', '?');
  expect(await opened.value('document.querySelector("dialog[open]")')).toBeNull();
});

test('a run without findings says so and hides nothing', async () => {
  const passed = { ...report, captures: [] };
  await using opened = await openReport(browser, { ...passed, totals: { ...report.totals, captures: 0 } }, images);
  expect(await opened.text('h1')).toBe('Nothing was captured');
  expect(opened.problems).toEqual([]);
});
