import type { BrowserContext, Page } from 'puppeteer-core';
import type { Clock } from '../../system/ports.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { FrameWorlds } from './frame-worlds.ts';
import { NetworkLog } from './network-log.ts';
import { PageLog } from './page-log.ts';
import { beVisitor, visitorOf } from './visitor.ts';

/** A page, with what is known of it and the ways to work in it. */
export interface OpenPage {
  readonly page: Page;
  readonly worlds: FrameWorlds;
  readonly network: NetworkLog;
  readonly log: PageLog;
  readonly clock: Clock;
}

/** An empty page that looks at the world as the job says, and otherwise as every other one does. */
export async function openPage(context: BrowserContext, job: RenderJob, clock: Clock): Promise<OpenPage> {
  const { viewport } = job;
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  // An alert would stop the page until somebody closes it.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  // A window that the page opens would hide it, and hidden pages stop.
  page.on('popup', (popup) => void popup?.close().catch(() => undefined));
  const worlds = await FrameWorlds.open(page, clock, visitorOf(job));
  const { width: screenWidth, height: screenHeight } = viewport;
  await Promise.all([
    // Chrome takes a picture in the size that was set by the same session.
    worlds.session.send('Emulation.setDeviceMetricsOverride', {
      ...viewport,
      screenWidth,
      screenHeight,
      mobile: job.settings.mobile ?? false,
    }),
    beVisitor(page, worlds.session, job),
    // A service worker would answer in the place of the site, without the headers that open a protected preview.
    page.setBypassServiceWorker(true),
  ]);
  return { page, worlds, network: new NetworkLog(page, worlds.session), log: new PageLog(page), clock };
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
