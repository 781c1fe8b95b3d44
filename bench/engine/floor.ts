/**
 * The least that the pictures cost: the same Chromium, one page a core, the load event, one picture each, and no waiting for
 * anything else. Started by run.ts with the site's address and the browser's path; prints how long the captures took.
 */
import { availableParallelism } from 'node:os';
import { launchBrowser } from '../../src/engine/browser/launch.ts';
import { pageCount, viewports } from './pages.ts';

const [siteUrl = '', path = ''] = process.argv.slice(2);
const log = { ...console, startGroup: console.group, endGroup: console.groupEnd };
const browser = await launchBrowser({ program: { path, env: {} }, proxyUrl: undefined, log });
const captures = Array.from({ length: pageCount }, (_, page) => viewports.map((viewport) => ({ page, viewport }))).flat();

const startMs = performance.now();
let next = 0;
async function work(): Promise<void> {
  for (let capture = captures[next++]; capture !== undefined; capture = captures[next++]) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(capture.viewport);
    await page.goto(`${siteUrl}/${capture.page}`, { waitUntil: 'load' });
    await page.screenshot({ fullPage: true });
    await context.close();
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(JSON.stringify({ capturesMs: performance.now() - startMs }));
await browser.close();
