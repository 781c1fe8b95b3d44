import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve } from '../../helpers/serve.ts';

/** Html, a whole answer, or a function that writes one. */
export type Route =
  | string
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Site extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Host and path of every request, in order, e.g. `127.0.0.1:1234/a.png`. */
  readonly requests: readonly string[];
}

/** A web site on 127.0.0.1. A path without a route is 404. */
export async function startSite(routes: Readonly<Record<string, Route>>): Promise<Site> {
  const requests: string[] = [];
  const { url, ...served } = await serve((request, response) => {
    const path = request.url ?? '';
    requests.push(`${request.headers.host}${path}`);
    const route = routes[path] ?? routes[path.split('?', 1)[0] ?? ''] ?? { status: 404 };
    if (typeof route === 'function') {
      route(request, response);
      return;
    }
    const { status = 200, headers, body = '' } = typeof route === 'string' ? { body: `<!doctype html>${route}` } : route;
    response.writeHead(status, headers ?? { 'content-type': 'text/html; charset=utf-8' }).end(body);
  });
  return { ...served, origin: url, requests };
}

/** Answers so long after it was asked: long enough for a picture that does not wait to be taken before. */
export function late(contentType: string, body: string | Uint8Array, delayMs = 600): Route {
  return (_, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': contentType }).end(body), delayMs);
  };
}

/** Is asked, and never answers. */
export const never: Route = () => {};
