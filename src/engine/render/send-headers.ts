import type { HTTPRequest, Page } from 'puppeteer-core';

/** The headers that go with requests to a page's own origin. */
export type HeadersFor = (page: URL) => Readonly<Record<string, string>>;

/**
 * Sends the headers with every request of the page to its own origin, and with none to another, also not after a
 * redirect: they open a protected preview, which is nobody else's business.
 */
export async function sendHeaders(page: Page, url: URL, headersFor: HeadersFor): Promise<void> {
  const headers = headersFor(url);
  const names = Object.keys(headers);
  if (names.length === 0) {
    return;
  }
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    const others = Object.entries(request.headers()).filter(([name]) => !names.includes(name.toLowerCase()));
    const own = URL.canParse(request.url()) && new URL(request.url()).origin === url.origin ? headers : {};
    // A request that ended meanwhile needs no headers.
    request.continue({ headers: { ...Object.fromEntries(others), ...own } }).catch(() => undefined);
  });
}
