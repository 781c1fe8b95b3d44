import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { groupedReport } from './support/grouped-report.ts';
import { type OpenReport, openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
let axe: string;
beforeAll(async () => {
  browser = await launchTestBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(() => browser.close());

const { report, images } = smallReport();

const views: readonly (readonly [name: string, hash: string, keys: readonly string[]])[] = [
  ['overview', '#', []],
  ['help', '#', ['?']],
  ['side by side', '#pricing/1280x800', ['r']],
  ['slider', '#pricing/1280x800?mode=slider&region=1', []],
  ['onion skin', '#pricing/1280x800?mode=onion-skin', []],
  ['blink', '#pricing/1280x800?mode=blink', []],
  ['tall page', '#long/1280x800', []],
  ['failed', '#broken/1280x800', []],
  ['unchanged', '#index/1280x800', []],
  ['overview with a filter that finds nothing', '#', ['/', 'q', 'q', 'q']],
];

describe.each([
  ['light', 'desktop', { width: 1280, height: 800 }],
  ['dark', 'desktop', { width: 1280, height: 800 }],
  ['light', 'phone', { width: 390, height: 844 }],
  ['dark', 'phone', { width: 390, height: 844 }],
] as const)('%s, %s', (theme, _, size) => {
  let opened: OpenReport;
  beforeAll(async () => {
    opened = await openReport(browser, report, images, { theme, ...size });
    await opened.page.setBypassCSP(true);
    await opened.page.reload();
    await opened.page.evaluate(axe);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  test.each(views)('axe finds nothing in: %s', async (_name, hash, keys) => {
    await opened.go(hash);
    await opened.press(...keys);
    expect(await findings(opened)).toEqual([]);
    expect(await opened.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
    await opened.value('document.querySelector("dialog[open]")?.close()');
  });
});

test.each([
  ['light', { width: 1280, height: 800 }],
  ['dark', { width: 390, height: 844 }],
] as const)('axe finds nothing in shared changes either: %s', async (theme, size) => {
  const grouped = groupedReport();
  await using opened = await openReport(browser, grouped.report, grouped.images, { theme, ...size });
  await opened.page.setBypassCSP(true);
  await opened.page.reload();
  await opened.page.evaluate(axe);
  for (const [hash, keys] of [
    ['#', ['j', 'x', 'y']],
    ['#?group=g1', ['y']],
    ['#page-2/1280x800?region=1', []],
    ['#moved/1280x800', []],
  ] as const) {
    await opened.go(hash);
    await opened.press(...keys);
    expect(await findings(opened)).toEqual([]);
    expect(await opened.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
  }
});

test('a deep link puts the focus on the name of the capture, and it is read out', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.go('#pricing/1280x800');
  expect(await opened.value('document.activeElement.textContent')).toBe('Changed pricing');
});

/** What breaks a rule of WCAG 2.2 A or AA, or a good practice seriously. */
async function findings(opened: OpenReport): Promise<string[]> {
  const results = await opened.value<AxeResults>(
    'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
