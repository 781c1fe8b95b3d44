import type { Dispatcher } from 'undici';
import { decodePart } from '../address/decode-part.ts';
import { describeNetworkFault } from '../capture/network-fault.ts';
import { type PageAnswer, staysOnSite } from './problem.ts';

/** As many as browsers follow. */
const maxRedirects = 20;
/** Enough of a body for a small page to end in order, so that its connection can be used again. */
const bodyBytes = 64 * 1024;

/** What a server that is about to start does to a connection. */
const passingFaults: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

export interface VisitOptions {
  readonly dispatcherFor: (url: URL) => Dispatcher;
  readonly userAgent: string;
  /** Sent to the page's own origin and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Default: that of a page. */
  readonly accept?: string;
}

/** Asks for a page as a browser would, without scripts, and looks at no more of it than how it answers. */
export async function askPage(page: URL, options: VisitOptions): Promise<PageAnswer> {
  return await visit(page, options, async ({ statusCode, headers, body }) => {
    await body.dump({ limit: bodyBytes, signal: options.signal });
    const { 'content-type': contentType, etag } = headers;
    return { kind: 'answer', status: statusCode, contentType: firstHeader(contentType), etag: firstHeader(etag) };
  });
}

/** An answer that is no redirect. */
type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/**
 * Asks for an address and reads the answer: redirects within the site are followed by hand with the cookies they set; one
 * that leaves the site ends it, so nothing is ever sent elsewhere. No key is sent. `read` takes or ends the whole body; it
 * is told the address that answered.
 */
export async function visit<T extends { readonly kind: string }>(
  page: URL,
  options: VisitOptions,
  read: (response: Response, url: URL) => Promise<T>,
): Promise<T | Exclude<PageAnswer, { kind: 'answer' }>> {
  const cookies = new Map<string, string>();
  let url = page;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    try {
      const response = await askOnce(url, page, cookies, options);
      const to = redirectOf(response, url);
      if (to === undefined) {
        return await read(response, url);
      }
      await response.body.dump({ limit: bodyBytes, signal: options.signal });
      if (!staysOnSite(url, to)) {
        return { kind: 'leaves', to };
      }
      url = to;
    } catch (error) {
      if (options.signal.aborted) {
        return { kind: 'unreachable', reason: 'no answer in time', passing: true };
      }
      const fault = describeNetworkFault(error);
      return { kind: 'unreachable', reason: fault.detail, passing: passingFaults.has(fault.code) };
    }
  }
  return { kind: 'endless', redirects: maxRedirects };
}

async function askOnce(
  url: URL,
  page: URL,
  cookies: Map<string, string>,
  { dispatcherFor, userAgent, headers, signal, accept = 'text/html,application/xhtml+xml,*/*;q=0.8' }: VisitOptions,
): Promise<Response> {
  const response = await dispatcherFor(url).request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: {
      accept,
      'user-agent': userAgent,
      ...(url.origin === page.origin ? { ...headers, ...basicAuthorization(page) } : {}),
      ...(cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
    },
    signal,
  });
  keepCookies(response.headers['set-cookie'], cookies);
  return response;
}

function redirectOf({ statusCode, headers }: Response, url: URL): URL | undefined {
  const location = firstHeader(headers['location']);
  return statusCode >= 300 && statusCode < 400 && location !== undefined && URL.canParse(location, url.href)
    ? new URL(location, url.href)
    : undefined;
}

/** What a URL's user name and password mean, as browsers send it. */
function basicAuthorization({ username, password }: URL): { authorization?: string } {
  if (username === '' && password === '') {
    return {};
  }
  const pair = `${decodePart(username)}:${decodePart(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Names and values alone: within one check of one site nothing else about a cookie matters. */
function keepCookies(header: string | string[] | undefined, cookies: Map<string, string>): void {
  for (const line of [header ?? []].flat()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      cookies.set(name.trim(), value.trim());
    }
  }
}

/** The first of a header's values. */
export function firstHeader(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
