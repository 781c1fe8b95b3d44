import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../../src/results/model.ts';
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

test('changes are marked as reviewed with one key each, and the marks outlive the page', async () => {
  await using opened = await open('#pricing/1280x800');
  await opened.press('x', 'x', 'x');
  expect(await opened.text('.capture-head h1')).toBe('Added new');
  await opened.press('Escape');
  expect(await opened.text('.review-progress')).toBe('3 of 6 reviewed');
  await opened.page.reload();
  await opened.settled();
  expect(await opened.texts('.reviewed-mark')).toHaveLength(3);
  await opened.go('#pricing/mobile');
  expect(await opened.value('document.querySelector(".action-reviewed").ariaPressed')).toBe('true');
  await opened.press('r', 'Escape');
  expect(await opened.text('.review-progress')).toBe('2 of 6 reviewed');
  expect(opened.problems).toEqual([]);
});

test('the accept command names the marked captures that can be accepted, and only those', async () => {
  await using opened = await open('');
  const devtools = await opened.page.createCDPSession();
  await devtools.send('Browser.grantPermissions', {
    permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
    browserContextId: opened.page.browserContext().id ?? '',
  });
  for (const id of ['pricing/1280x800', 'new/1280x800', 'broken/1280x800', 'index/1280x800']) {
    await opened.go(`#${id}`);
    await opened.press('y');
  }
  await opened.go('#long/1280x800');
  await opened.press('r', 'Escape');
  expect(await opened.text('.tray-text')).toBe('2 changes to be accepted, on 2 captures');
  await opened.page.locator('.tray button').click();
  await opened.page.waitForFunction('document.querySelector(".notice:not([hidden])")');
  expect(await opened.text('.notice')).toBe('Copied the command that accepts 2 captures.');
  expect(await opened.value('navigator.clipboard.readText()')).toBe('visual-capture accept pricing/1280x800 new/1280x800');
});

test('where the browser forbids copying, the command is shown to be copied by hand', async () => {
  await using opened = await open('#pricing/1280x800');
  await opened.value('navigator.clipboard.writeText = () => Promise.reject(new Error("no"))');
  await opened.press('y', 'c');
  await opened.page.waitForSelector('dialog[open] textarea');
  expect(await opened.value('document.querySelector("dialog[open] textarea").value')).toBe(
    'visual-capture accept pricing/1280x800',
  );
  expect(await opened.value('getSelection().toString()')).toBe('visual-capture accept pricing/1280x800');
});

test('with nothing marked, the key says what to do first', async () => {
  await using opened = await open('');
  await opened.press('c');
  await opened.page.waitForFunction('document.querySelector(".notice:not([hidden])")');
  expect(await opened.text('.notice')).toBe('Mark changes as to be accepted first, with the key y.');
});

test('where the baselines cannot be written to, there is no command to copy', async () => {
  const compared: Report = { ...report, run: { ...report.run, baseline: 'artifact shots', baselineKind: 'artifact' } };
  await using opened = await openReport(browser, compared, images, { hash: '#pricing/1280x800' });
  await opened.press('r', 'c');
  await opened.page.waitForFunction('document.querySelector(".notice:not([hidden])")');
  expect(await opened.text('.notice')).toBe(
    'What this run was compared with cannot be written to, so there is nothing to accept.',
  );
});

test('a page without storage works, its marks last as long as it is open', async () => {
  await using opened = await open('');
  await opened.page.evaluateOnNewDocument(
    `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })`,
  );
  await opened.page.reload();
  await opened.settled();
  await opened.go('#pricing/1280x800');
  await opened.press('x', 'Escape');
  expect(await opened.text('.review-progress')).toBe('1 of 6 reviewed');
  expect(opened.problems).toEqual([]);
});
