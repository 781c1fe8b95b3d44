import type { BrowserContext, CookieData } from 'puppeteer-core';
import { defined } from '../../basics/record.ts';
import type { RenderJob } from '../service/parse-request.ts';

/** What a browser keeps of a login. It is held in memory alone. */
export interface Session {
  /** Whose captures are given it. */
  readonly origins: readonly string[];
  readonly cookies: readonly CookieData[];
  /** `localStorage` of the page that the login ended at. */
  readonly storage: { readonly origin: string; readonly entries: Readonly<Record<string, string>> };
}

/** What the browser holds now, for captures of the origins. */
export async function readCookies(context: BrowserContext): Promise<readonly CookieData[]> {
  const cookies = await context.cookies();
  return cookies.map(({ name, value, domain, path, expires, httpOnly, secure, sameSite, partitionKey }) => ({
    name,
    value,
    domain,
    path,
    secure,
    ...defined({ httpOnly, sameSite, partitionKey }),
    // -1: until the browser is closed.
    ...(expires < 0 ? {} : { expires }),
  }));
}

/** The job as somebody who is signed in has it, if its page is one of those; its own cookies and entries count more. */
export async function signedIn(context: BrowserContext, job: RenderJob, session: Session | undefined): Promise<RenderJob> {
  if (session === undefined || job.page.kind === 'html') {
    return job;
  }
  const { origin } = new URL(job.page.url);
  if (!session.origins.includes(origin)) {
    return job;
  }
  await context.setCookie(...session.cookies);
  const { storage } = session;
  return storage.origin === origin
    ? { ...job, settings: { ...job.settings, storage: { ...storage.entries, ...job.settings.storage } } }
    : job;
}
