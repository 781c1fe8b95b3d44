import type { CDPSession, Page } from 'puppeteer-core';
import { defined } from '../../basics/record.ts';
import type { Visitor } from '../in-page/api.ts';
import type { RenderJob } from '../service/parse-request.ts';

/** Who looks at a page about which nothing is said: the same everywhere. */
const anybody = { timezone: 'UTC', reducedMotion: true, colorScheme: 'light' } as const;

/** What the page's scripts are told. */
export function visitorOf({ page, settings }: RenderJob): Visitor {
  const { clockMs, random, storage } = settings;
  return {
    ...defined({ clockMs, random }),
    ...(storage === undefined || page.kind === 'html' ? {} : { storage: { origin: new URL(page.url).origin, entries: storage } }),
  };
}

/** Makes the browser answer as the job's visitor would have it: language, time zone, preferences, cookies. */
export async function beVisitor(page: Page, session: CDPSession, { page: shown, settings }: RenderJob): Promise<void> {
  const { timezone, reducedMotion, colorScheme } = { ...anybody, ...settings };
  const { locale, userAgent, touch = false, cookies = [] } = settings;
  await Promise.all([
    page.emulateTimezone(timezone),
    page.emulateMediaFeatures([
      { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
      { name: 'prefers-color-scheme', value: colorScheme },
    ]),
    ...(touch ? [session.send('Emulation.setTouchEmulationEnabled', { enabled: true })] : []),
    ...(locale === undefined ? [] : [session.send('Emulation.setLocaleOverride', { locale })]),
    ...(locale === undefined && userAgent === undefined
      ? []
      : [
          session.send('Emulation.setUserAgentOverride', {
            userAgent: userAgent ?? (await page.browser().userAgent()),
            ...defined({ acceptLanguage: locale }),
          }),
        ]),
    ...(cookies.length === 0 || shown.kind === 'html'
      ? []
      : [session.send('Network.setCookies', { cookies: cookies.map((cookie) => ({ ...cookie, url: shown.url })) })]),
  ]);
}
