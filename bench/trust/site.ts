import type { ServerResponse } from 'node:http';
import { serve } from '../../test/helpers/serve.ts';
import { type Answer, cases, limits } from './cases.ts';

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** From now on every visit is one of the baseline, of which each page gets `baselineVisits`, or visits count from 1 again. */
  visit(what: 'baseline' | 'check'): void;
}

/** As `baseline-takes` is by default. */
const baselineVisits = 2;

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="260"><rect width="400" height="260" fill="#86efac"/><circle cx="200" cy="130" r="80" fill="#166534"/></svg>';

/** Serves every case at `/<name>`, and a sign-on page at another origin. */
export async function startSite(): Promise<Site> {
  const visits = new Map<string, number>();
  let before = 0;
  let last = Number.POSITIVE_INFINITY;
  const signOn = await serve((_, response) =>
    sendHtml(response, 200, '<h1>Sign in</h1><input placeholder="Name"><button>Next</button>'),
  );
  const server = await serve((request, response) => {
    const name = (request.url ?? '/').slice(1);
    if (name === 'picture.svg') {
      setTimeout(() => response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture), 300);
      return;
    }
    const found = [...cases, ...limits].find((one) => one.name === name);
    // Only a browser's visit counts, not the question whether there is a page.
    const isVisit = !String(request.headers['user-agent']).startsWith('visual-capture');
    const take = Math.min((visits.get(name) ?? before) + 1, last);
    if (isVisit) {
      visits.set(name, take);
    }
    if (found === undefined) {
      sendHtml(response, 404, 'No such case');
    } else {
      send(response, found.answer(take), signOn.url);
    }
  });
  return {
    url: server.url,
    visit: (what) => {
      visits.clear();
      before = what === 'check' ? 0 : -baselineVisits;
      last = what === 'check' ? Number.POSITIVE_INFINITY : 0;
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await signOn[Symbol.asyncDispose]();
    },
  };
}

function send(response: ServerResponse, answer: Answer, signOnUrl: string): void {
  switch (answer.kind) {
    case 'page':
      sendHtml(response, 200, answer.html);
      return;
    case 'error':
      sendHtml(response, answer.status, answer.html);
      return;
    case 'sign-on':
      response.writeHead(302, { location: `${signOnUrl}/sign-on` }).end();
  }
}

function sendHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}
