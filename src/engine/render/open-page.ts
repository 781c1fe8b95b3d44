import type { BrowserContext, CDPSession, Page } from 'puppeteer-core';
import type { RenderJob } from '../service/parse-request.ts';

/** A page and a line of our own to it, for what the driver has no method for. */
export interface OpenPage {
  readonly page: Page;
  readonly session: CDPSession;
}

/** What pages may ask about the person in front of them; the same answer everywhere. */
const mediaFeatures = [
  { name: 'prefers-reduced-motion', value: 'reduce' },
  { name: 'prefers-color-scheme', value: 'light' },
] as const;

/** An empty page that looks at the world as every other one does: same size, time zone and preferences. */
export async function openPage(context: BrowserContext, viewport: RenderJob['viewport']): Promise<OpenPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  // An alert would stop the page until somebody closes it.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  const [session] = await Promise.all([
    openSession(page, viewport),
    page.emulateTimezone('UTC'),
    page.emulateMediaFeatures([...mediaFeatures]),
  ]);
  return { page, session };
}

async function openSession(page: Page, viewport: RenderJob['viewport']): Promise<CDPSession> {
  const session = await page.createCDPSession();
  await Promise.all([
    session.send('Page.enable'),
    // Chrome takes a picture in the size that was set by the same session.
    session.send('Emulation.setDeviceMetricsOverride', { ...viewport, mobile: false }),
    // The animation clock stands still from the start: CSS animations and those by script stay at their first moment,
    // also where nothing else can reach them, as in closed shadow trees. `holdStill` puts those with an end there.
    session.send('Animation.setPlaybackRate', { playbackRate: 0 }),
  ]);
  return session;
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
