import { formatPlural } from '../basics/format.ts';
import { describeReason } from '../results/describe-reason.ts';
import type { PageProblem } from '../results/model.ts';
import type { FailedResource, PageDocumentFacts, PageFacts } from '../results/page-facts.ts';
import { foreignRedirect, problemOfStatus, problemOfType, staysOnSite } from './problem.ts';

/** What a page is to be. */
export interface ExpectedPage {
  /** Absent: it is a document that was given as text. */
  readonly url?: string;
  /** Absent: that of a usual page. */
  readonly expectStatus?: number;
  /** False: the picture shows one element of it. */
  readonly whole: boolean;
}

/**
 * What is wrong with a page as the browser saw it that took its picture. Who the page is comes first, then what it shows,
 * then what is missing in it.
 */
export function decideBrowserProblem(facts: PageFacts, expected: ExpectedPage): PageProblem | undefined {
  return (
    problemOfDocument(facts.document, expected) ??
    problemOfErrorPage(facts, expected) ??
    problemOfResources(facts.failedResources, expected) ??
    problemOfFrames(facts.blankFrames, expected)
  );
}

function problemOfDocument(
  document: PageDocumentFacts | undefined,
  { url, expectStatus }: ExpectedPage,
): PageProblem | undefined {
  if (document === undefined || url === undefined) {
    return undefined;
  }
  const to = URL.canParse(document.url) ? new URL(document.url) : undefined;
  return to !== undefined && isOfWeb(to) && !staysOnSite(new URL(url), to)
    ? foreignRedirect(to)
    : (problemOfStatus(document.status, expectStatus) ?? problemOfType(document.contentType));
}

/** A page that makes its document itself, such as `blob:…`, is on no site. */
function isOfWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function problemOfErrorPage(
  { errorPage, exceptions }: PageFacts,
  { url, expectStatus = 200 }: ExpectedPage,
): PageProblem | undefined {
  // Whoever gives a document as text means it as it is, and whoever expects an error status its page.
  if (errorPage === undefined || url === undefined || expectStatus >= 400) {
    return undefined;
  }
  const words = errorPage.message ?? exceptions[0];
  return {
    kind: 'error_page',
    message: `The page shows an error of ${errorPage.shownBy}${words === undefined ? '' : `: ${words}`}${words?.endsWith('.') === true ? '' : '.'}`,
  };
}

function problemOfResources(resources: readonly FailedResource[], { whole }: ExpectedPage): PageProblem | undefined {
  // What the page itself gave up is missed by nobody.
  const failed = resources.filter(({ reason }) => reason !== 'net::ERR_ABORTED');
  // A style sheet is missing everywhere, a picture perhaps beside the element.
  const pictures = whole ? failed.filter(({ kind }) => kind === 'image') : [];
  const sheets = failed.filter(({ kind }) => kind === 'stylesheet');
  const [first] = [...sheets, ...pictures];
  if (first === undefined) {
    return undefined;
  }
  const counts = [
    ...(sheets.length === 0 ? [] : [formatPlural(sheets.length, 'style sheet')]),
    ...(pictures.length === 0 ? [] : [formatPlural(pictures.length, 'picture')]),
  ];
  const others = sheets.length + pictures.length > 1 ? ', and others' : '';
  return {
    kind: 'missing_resource',
    message: `${counts.join(' and ')} of the page did not load: ${first.url} (${describeReason(first)})${others}.`,
  };
}

function problemOfFrames(blankFrames: readonly string[], { whole }: ExpectedPage): PageProblem | undefined {
  const [first] = blankFrames;
  return first === undefined || !whole
    ? undefined
    : {
        kind: 'blank_frame',
        message: `${formatPlural(blankFrames.length, 'frame')} of the page ${blankFrames.length === 1 ? 'shows' : 'show'} nothing: ${first}${blankFrames.length === 1 ? '' : ', and others'}.`,
      };
}
