import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderJunit } from '../../../src/report/junit.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { drawPng, imageSource } from '../support/pictures.ts';
import { everyStatus, hostile, makeCapture, makeReport } from '../support/reports.ts';
import { openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const report = hostile();
const images = imageSource(Object.fromEntries(report.captures.map(({ files }) => [files.actual ?? '', drawPng(40, 40)])));

describe('names, URLs and messages of an enemy', () => {
  test('are shown as text in the overview, nothing runs, the policy has nothing to report', async () => {
    await using opened = await openReport(browser, report, images);
    const names = await opened.texts('.card-title bdi:first-child, .tile-name');
    expect(names).toContain('<img src=x onerror=alert(1)>');
    expect(names).toContain('</script><script>alert(2)</script>');
    expect(names).toContain('\\u202egnp.live\\u202c');
    expect(names).toContain('x'.repeat(300));
    expect(await opened.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    expect(opened.problems).toEqual([]);
  });

  test('can be opened by their links, one after the other', async () => {
    await using opened = await openReport(browser, report, images);
    const links = await opened.value<string[]>(
      '[...document.querySelectorAll(".tile a, .card a")].map((link) => link.getAttribute("href"))',
    );
    expect(links).toHaveLength(7);
    for (const link of links) {
      await opened.go(link);
      expect(await opened.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    }
    expect(opened.problems).toEqual([]);
  });

  test('no URL but http leads anywhere', async () => {
    const javascript = makeReport([makeCapture('a', { url: 'javascript:alert(4)', status: 'added' })]);
    await using opened = await openReport(browser, javascript, images);
    await opened.go('#a/1280x800');
    await opened.value('document.querySelector(".figures").open = true');
    expect(await opened.texts('.facts a')).toEqual([]);
    expect(await opened.text('.facts bdi')).toBe('javascript:alert(4)');
  });

  test('junit.xml stays XML', async () => {
    await using opened = await openReport(browser, report, images);
    await opened.page.goto('about:blank');
    for (const xml of [renderJunit(report), renderJunit(everyStatus())]) {
      const parsed = await opened.value<{ error: string | null; cases: string[] }>(`(() => {
        const xml = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
        return { error: xml.querySelector('parsererror')?.textContent ?? null, cases: [...xml.querySelectorAll('testcase')].map((one) => one.getAttribute('classname')) };
      })()`);
      expect(parsed.error).toBeNull();
      expect(parsed.cases.length).toBeGreaterThan(6);
    }
  });
});

test('the page asks for nothing but itself and its own pictures, in every mode', async () => {
  const small = smallReport();
  await using opened = await openReport(browser, small.report, small.images, { hash: '#pricing/1280x800' });
  await opened.press('2', '3', '4', '5', '1', 'n', 'j', 'j', 'Escape', '?');
  const outside = opened.requests.filter(
    (url) => url !== opened.url && !url.startsWith('blob:') && !url.startsWith(`${opened.url}#`),
  );
  expect(outside).toEqual([]);
  expect(opened.problems).toEqual([]);
});

test('injected markup cannot run: the policy stops what the escaping would let through', async () => {
  await using opened = await openReport(browser, report, images);
  await opened.page.evaluate(`(() => {
    const script = document.createElement('script');
    try { script.textContent = 'window.owned = true'; document.body.append(script); } catch {}
    try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.owned = true">'); } catch {}
  })()`);
  expect(await opened.value('window.owned ?? "safe"')).toBe('safe');
});
