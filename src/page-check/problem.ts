import { isLoopbackHost } from '../address/loopback.ts';
import type { PageProblem } from '../results/model.ts';

/** What a page answered to a plain request, after its redirects. */
export type PageAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly contentType: string | undefined;
      readonly etag?: string | undefined;
    }
  /** It leads to another site, which was not asked. */
  | { readonly kind: 'leaves'; readonly to: URL }
  | { readonly kind: 'endless'; readonly redirects: number }
  /** `passing`: it may well be there in a moment, as a preview is that wakes up. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly passing: boolean };

/** Content types that a browser shows as a page; one that is not told is guessed by the browser. */
const pageTypes = new Set(['text/html', 'application/xhtml+xml', 'image/svg+xml', 'text/xml', 'application/xml', 'text/plain']);

/**
 * What is wrong with a page; undefined: nothing that its answer to a plain request shows. `expectStatus`: the one that it
 * is to answer with, where that is none of a usual page.
 */
export function decidePageProblem(answer: PageAnswer, expectStatus?: number): PageProblem | undefined {
  switch (answer.kind) {
    case 'answer':
      // A limit on plain requests says nothing about the page.
      return answer.status === 429 && expectStatus === undefined
        ? undefined
        : (problemOfStatus(answer.status, expectStatus) ?? problemOfType(answer.contentType));
    case 'leaves':
      return foreignRedirect(answer.to);
    case 'endless':
      return { kind: 'endless_redirect', message: `The page was still redirecting after ${answer.redirects} redirects.` };
    case 'unreachable':
      return { kind: 'unreachable', message: `The page could not be reached: ${answer.reason}.` };
  }
}

/** Whether an answer has the status of a page, or the one that is expected of it. */
export function problemOfStatus(status: number, expectStatus: number | undefined): PageProblem | undefined {
  if (expectStatus !== undefined) {
    return status === expectStatus
      ? undefined
      : {
          kind: 'error_status',
          status,
          message: `The page answered with HTTP ${status}, while expect-status asks for ${expectStatus}.`,
        };
  }
  return status >= 400
    ? { kind: 'error_status', status, message: `The page answered with HTTP ${status}: what is captured is an error page.` }
    : undefined;
}

export function problemOfType(contentType: string | undefined): PageProblem | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' || pageTypes.has(type)
    ? undefined
    : { kind: 'not_a_page', message: `The page answered with the content type ${type}, which is no page.` };
}

export function foreignRedirect(to: URL): PageProblem {
  return {
    kind: 'foreign_redirect',
    message: `The page redirects to another site, ${to.origin}: what is captured is most likely a sign-on page.`,
  };
}

/**
 * Whether a redirect stays on the site: the same host, at most on its way to https or to or from `www.`. The names of
 * this machine are one host.
 */
export function staysOnSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) {
    return true;
  }
  const host = ({ hostname }: URL): string => (isLoopbackHost(hostname) ? 'localhost' : hostname.replace(/^www\./, ''));
  const secured = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return host(from) === host(to) && (secured || (from.protocol === to.protocol && from.port === to.port));
}
