import type { BrowserContext, Page } from 'puppeteer-core';
import type { RenderJob } from '../service/parse-request.ts';

/** What pages may ask about the person in front of them; the same answer everywhere. */
const mediaFeatures = [
  { name: 'prefers-reduced-motion', value: 'reduce' },
  { name: 'prefers-color-scheme', value: 'light' },
] as const;

/** An empty page that looks at the world as every other one does: same size, time zone and preferences. */
export async function openPage(context: BrowserContext, viewport: RenderJob['viewport']): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  // An alert would stop the page until somebody closes it.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  await Promise.all([
    page.setViewport(viewport),
    page.emulateTimezone('UTC'),
    page.emulateMediaFeatures([...mediaFeatures]),
    stopAnimationClock(page),
  ]);
  return page;
}

/**
 * CSS, SVG and script-driven animations stay at their first moment, also where no script can reach them, as in closed
 * shadow trees. `settle` then brings those that have an end to it.
 */
async function stopAnimationClock(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Animation.setPlaybackRate', { playbackRate: 0 });
}

/** The page's renderer process ended by itself. */
export class PageCrashed extends Error {
  override readonly name = 'PageCrashed';
}

/** Rejects with `PageCrashed` when that happens; never resolves. */
export function crashOf(page: Page): Promise<never> {
  return new Promise((_, reject) => {
    page.once('error', (cause) => reject(new PageCrashed('the page crashed', { cause })));
  });
}
