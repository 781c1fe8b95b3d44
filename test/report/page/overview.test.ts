import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { makeCapture, makeReport } from '../support/reports.ts';
import { openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const { report, images } = smallReport();
const entries = '.card-title, .tile-name';
const captures = ['long 1280x800', 'pricing 1280x800', 'pricing mobile'];

test('the verdict comes first, then what failed with its fix, and what it cost comes last', async () => {
  await using opened = await openReport(browser, report, images);
  expect(await opened.text('h1')).toBe('1 failed, 3 changed, 1 added and 1 removed of 7 captures');
  expect(await opened.text('.verdict p')).toBe(
    'The check fails: 1 capture failed, 3 captures changed (fail-on: changed, failed).',
  );
  expect(await opened.text('.failure')).toMatch(
    /^render_timeout HTTP 504 broken\/1280x800 The page took too long to render.* Fix: Simplify the page/,
  );
  expect(await opened.text('.run-facts')).toContain('Credits 5 Sent 7 requests (1 retry)');
  expect(await opened.value('document.querySelector(".run-facts").getBoundingClientRect().top')).toBeGreaterThan(
    await opened.value<number>('document.querySelector(".list").getBoundingClientRect().bottom'),
  );
  expect(opened.problems).toEqual([]);
});

test('changes come first, the largest before the others, and what is equal is folded away', async () => {
  await using opened = await openReport(browser, report, images);
  expect(await opened.texts('.section h2')).toEqual(['Changes 3', 'Added 1', 'Removed 1', 'Failed 1', 'Unchanged 1']);
  expect(await opened.texts(entries)).toEqual(['pricing 1280x800', 'long 1280x800', 'pricing mobile', 'new', 'old', 'broken']);
  expect(await opened.texts('.card-facts')).toEqual(['3.05% · 2 regions', '0.22% · 2 regions', '0.10% · 1 region']);
  expect(await opened.value('document.querySelector(".card").getBoundingClientRect().bottom')).toBeLessThan(800);
});

test('names of one kind are ordered as a person counts', async () => {
  const pages = ['page-10', 'page-2', 'page-1'].map((name) => makeCapture(name, { status: 'added' }));
  await using opened = await openReport(browser, makeReport(pages), images);
  expect(await opened.texts('.tile-name')).toEqual(['page-1', 'page-2', 'page-10']);
});

describe('the filter', () => {
  test('by status: one, then two, then all again', async () => {
    await using opened = await openReport(browser, report, images);
    const chip = (name: string) => opened.page.locator(`.chip:has(.status-${name})`).click();
    await chip('changed');
    expect((await opened.texts(entries)).toSorted()).toEqual(captures);
    await chip('failed');
    expect((await opened.texts(entries)).toSorted()).toEqual(['broken', ...captures]);
    await chip('failed');
    await chip('changed');
    expect(await opened.texts(entries)).toHaveLength(6);
    await chip('unchanged');
    expect(await opened.texts(entries)).toEqual(['index']);
  });

  test('by viewport', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.page.select('select', 'mobile');
    expect(await opened.texts(entries)).toEqual(['pricing mobile']);
    await opened.page.select('select', '');
    expect(await opened.texts(entries)).toHaveLength(6);
  });

  test('by text, reached with a key, in names, URLs and errors', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.press('/');
    await opened.page.keyboard.type('example LON');
    expect(await opened.texts(entries)).toEqual(['long 1280x800']);
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
    expect(await opened.text('.notice')).toBe('This was the last one.');
  });
});

test('j and k walk over the captures, Enter opens one, and Back returns to it', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.press('j', 'j', 'k', 'Enter');
  await opened.page.waitForFunction('document.body.classList.contains("viewing")');
  expect(await opened.value('location.hash')).toBe('#pricing/1280x800');
  await opened.page.goBack();
  await opened.page.waitForFunction('!document.body.classList.contains("viewing")');
  expect(await opened.value('document.activeElement.getAttribute("href")')).toBe('#pricing/1280x800');
});

test('a card shows the page before and after around its largest change, with a box outside of it', async () => {
  await using opened = await openReport(browser, report, images);
  const pixel = (which: number, x: string, y: string) =>
    `(() => {
      const canvas = document.querySelectorAll('.card a[href="#pricing/1280x800"] canvas')[${which}];
      return canvas.getContext('2d').getImageData(${x}, ${y}, 1, 1).data.join();
    })()`;
  const middle = ['canvas.width / 2', 'canvas.height / 2'] as const;
  await opened.page.waitForFunction(`${pixel(1, ...middle)} === "200,30,30,255"`);
  await opened.page.waitForFunction(`${pixel(0, ...middle)} === "255,255,255,255"`);
  // The whole of the change is seen: its colour stands at its very edge, and the box beside it.
  const colours = await opened.value<string[]>(`(() => {
    const canvas = document.querySelectorAll('.card a[href="#pricing/1280x800"] canvas')[1];
    const row = canvas.getContext('2d').getImageData(0, canvas.height / 2, canvas.width, 1).data;
    return Array.from({ length: canvas.width }, (_, x) => row.slice(x * 4, x * 4 + 3).join());
  })()`);
  expect(colours.filter((colour) => colour === '200,30,30').length).toBeGreaterThanOrEqual(299 * 0.85);
  expect(colours.indexOf('214,0,108')).toBeLessThan(colours.indexOf('200,30,30') - 1);
});

test('the help tells every key, and single keys can be switched off', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.press('?');
  expect(await opened.texts('dialog[open] tr')).toHaveLength(29);
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
