import type { PageProblem } from '../results/model.ts';

/** What a page answered to a plain request, after its redirects. */
export type PageAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string | undefined }
  /** It leads to another site, which was not asked. */
  | { readonly kind: 'leaves'; readonly to: URL }
  | { readonly kind: 'endless'; readonly redirects: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Content types that a browser shows as a page; one that is not told is guessed by the browser. */
const pageTypes = new Set(['text/html', 'application/xhtml+xml', 'image/svg+xml', 'text/xml', 'application/xml', 'text/plain']);

/** What is wrong with a page; undefined: nothing that its answer shows. */
export function decidePageProblem(answer: PageAnswer): PageProblem | undefined {
  switch (answer.kind) {
    case 'answer':
      return problemOfAnswer(answer.status, answer.contentType);
    case 'leaves':
      return {
        kind: 'foreign_redirect',
        message: `The page redirects to another site, ${answer.to.origin}: what is captured is most likely a sign-on page.`,
      };
    case 'endless':
      return { kind: 'endless_redirect', message: `The page was still redirecting after ${answer.redirects} redirects.` };
    case 'unreachable':
      return { kind: 'unreachable', message: `The page could not be reached: ${answer.reason}.` };
  }
}

function problemOfAnswer(status: number, contentType: string | undefined): PageProblem | undefined {
  // A limit on requests says nothing about the page.
  if (status >= 400 && status !== 429) {
    return { kind: 'error_status', status, message: `The page answered with HTTP ${status}: what is captured is an error page.` };
  }
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' || pageTypes.has(type) || status === 429
    ? undefined
    : { kind: 'not_a_page', message: `The page answered with the content type ${type}, which is no page.` };
}

/** Whether a redirect stays on the site: the same host, at most on its way to https or to or from `www.`. */
export function staysOnSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) {
    return true;
  }
  const host = ({ hostname }: URL): string => hostname.replace(/^www\./, '');
  const secured = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return host(from) === host(to) && (secured || (from.protocol === to.protocol && from.port === to.port));
}
