import type { HTTPRequest, Page } from 'puppeteer-core';
import { reasonOf } from '../../errors/user-error.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';
import { waitForIdle } from './network-idle.ts';

/** Why the address guard refused a host; undefined when it did not. */
export type RefusalOf = (hostname: string) => string | undefined;

/**
 * Loads the job's document and waits as its `waitUntil` says. A page that answers with an error status is a page too.
 * @throws RenderFailure when there is no document to show.
 */
export async function loadDocument(page: Page, job: RenderJob, refusalOf: RefusalOf): Promise<void> {
  if (job.page.kind === 'html') {
    await page.setContent(job.page.html, { waitUntil: job.waitUntil === 'domcontentloaded' ? 'domcontentloaded' : 'load' });
    await waitForIdle(page, job.waitUntil);
    return;
  }
  // Redirects count: the address that could not be had is the last one that was asked for.
  let lastUrl = job.page.url;
  const follow = (request: HTTPRequest): void => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      lastUrl = request.url();
    }
  };
  page.on('request', follow);
  try {
    await page.goto(job.page.url, { waitUntil: job.waitUntil });
  } catch (error) {
    throw explainLoad(error, lastUrl, refusalOf);
  } finally {
    page.off('request', follow);
  }
}

function explainLoad(error: unknown, url: string, refusalOf: RefusalOf): unknown {
  const code = /net::(ERR_\w+)/.exec(reasonOf(error))?.[1];
  if (code === undefined) {
    return error;
  }
  const refused = refusalOf(new URL(url).hostname);
  if (refused !== undefined) {
    return new RenderFailure('bad_request', `The page leads to an address that is not public: ${refused}.`);
  }
  if (code === 'ERR_ABORTED') {
    return new RenderFailure('bad_request', `${withoutQuery(url)} is no page: it is a download, or has no content.`);
  }
  return new RenderFailure('bad_request', `${withoutQuery(url)} could not be loaded (${code}).`);
}

/** A URL for a message. Queries carry the tokens that open protected previews. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** A page that goes elsewhere by script may end up at Chrome's own error page, which is no capture. */
export function checkNotErrorPage(page: Page, job: RenderJob): void {
  if (!page.url().startsWith('chrome-error:')) {
    return;
  }
  const from = job.page.kind === 'url' ? withoutQuery(job.page.url) : 'The document';
  throw new RenderFailure('bad_request', `${from} leads to a page that could not be loaded.`);
}
