import type { IncomingMessage, ServerResponse } from 'node:http';
import { discover } from '../../src/discover/discover.ts';
import { openWeb } from '../../src/discover/web.ts';
import type { DiscoverChoice } from '../../src/plan/discovery.ts';
import { systemClock } from '../../src/system/clock.ts';
import { type Served, serve } from '../helpers/serve.ts';

type Answer = string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void);

export interface DiscoverySite extends Served {
  /** What was asked for, in order, but for the first question of each run, which wakes the preview. */
  readonly asked: readonly string[];
  readonly requests: readonly IncomingMessage[];
}

const typeOf = (path: string): string =>
  path.endsWith('.xml')
    ? 'application/xml'
    : path.endsWith('.txt')
      ? 'text/plain'
      : path.endsWith('.json')
        ? 'application/json'
        : 'text/html';

/** A web server with these answers by path and query; all else is 404. */
export async function startDiscoverySite(answers: Readonly<Record<string, Answer>>): Promise<DiscoverySite> {
  const requests: IncomingMessage[] = [];
  const served = await serve((request, response) => {
    requests.push(request);
    const path = request.url ?? '/';
    const answer = answers[path] ?? answers[path.split('?', 1)[0] ?? ''];
    if (typeof answer === 'function') {
      answer(request, response);
      return;
    }
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': typeOf(path.split('?', 1)[0] ?? '') });
    response.end(answer ?? 'Not found');
  });
  return {
    ...served,
    requests,
    get asked() {
      return requests.slice(1).map(({ url = '' }) => url);
    },
  };
}

/** What is found at the site, with real requests. */
export async function find(
  choice: Partial<DiscoverChoice>,
  base: string | undefined,
  headers: Readonly<Record<string, string>> = {},
) {
  await using web = openWeb({
    clock: systemClock,
    userAgent: 'visual-capture/test',
    headers: { values: headers, origins: base === undefined ? [] : [new URL(base).origin] },
    acceptCertificatesOf: () => false,
    onWaiting: () => {},
    signal: new AbortController().signal,
  });
  const found = await discover(
    { include: [], exclude: [], max: 500, ...choice },
    base === undefined ? undefined : new URL(base),
    {
      web,
      secrets: [],
    },
  );
  return {
    ...found,
    urls: found.found.map(({ url }) => url),
    reasons: found.leftOut.map(({ what, reason }) => [what, reason.kind]),
  };
}

export function urlset(...urls: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;
}

export function sitemapIndex(...urls: readonly string[]): string {
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<sitemap><loc>${url}</loc></sitemap>`).join('')}</sitemapindex>`;
}

export const page = (body: string, head = ''): string => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
