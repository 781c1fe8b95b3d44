import { defined } from '../basics/record.ts';
import type { CapturedImage } from '../capture/outcome.ts';
import { mayBeBlank } from '../compare/blank.ts';
import type { Comparer } from '../compare/comparer.ts';
import { decideBrowserProblem } from '../page-check/browser-problem.ts';
import type { PageChecker } from '../page-check/page-checker.ts';
import type { Capture, Source } from '../plan/capture.ts';
import type { CaptureFields, PageProblem } from '../results/model.ts';
import type { PageFacts, PageWarning } from '../results/page-facts.ts';

export interface PageProblemPorts {
  readonly comparer: Comparer;
  /** What a plain request to the page finds. Absent: no page is asked. */
  readonly checkPage?: PageChecker['check'];
}

/** Why a picture may not be of the page that is meant: what the page answered and shows, or that nothing is to be seen. */
export async function findPageProblem(
  capture: Capture,
  { bytes, format, size, page }: CapturedImage,
  ports: PageProblemPorts,
): Promise<PageProblem | undefined> {
  if (capture.pageCheck === undefined) {
    return undefined;
  }
  const answered = await findAnsweredProblem(capture, page, ports);
  if (answered !== undefined) {
    return answered;
  }
  // One element of a page may well be of one colour.
  const wholePage = capture.settings.selector === undefined && format === 'png';
  return wholePage && mayBeBlank(bytes.length, size) && (await ports.comparer.isBlank(bytes)) ? blank(page) : undefined;
}

/** What is wrong with the page of a capture by its answer. The browser that took the picture knows better than we do. */
export async function findAnsweredProblem(
  { page, settings, pageCheck }: Capture,
  facts: PageFacts | undefined,
  { checkPage }: PageProblemPorts,
): Promise<PageProblem | undefined> {
  const expectStatus = pageCheck?.expectStatus;
  const url = page.kind === 'url' ? page.url : undefined;
  const seen =
    facts === undefined
      ? undefined
      : decideBrowserProblem(facts, { ...defined({ url, expectStatus }), whole: settings.selector === undefined });
  const isAnswered = facts?.document !== undefined || url === undefined;
  return seen ?? (isAnswered ? undefined : await checkPage?.(url, expectStatus));
}

function blank(facts: PageFacts | undefined): PageProblem {
  const exception = facts?.exceptions[0];
  const because = exception === undefined ? '' : ` The page threw an exception: ${exception}`;
  return {
    kind: 'blank',
    message: `The picture shows nothing: nearly all of its pixels are of one and the same colour.${because}`,
  };
}

/** What the browser says about the picture besides, for people. */
export function tellPage(
  { maskSource }: Pick<Capture, 'maskSource'>,
  facts: PageFacts | undefined,
): Pick<CaptureFields, 'pageWarnings' | 'pageErrors'> {
  if (facts === undefined) {
    return {};
  }
  const { warnings, exceptions, consoleErrors, failedResources } = facts;
  return {
    ...(warnings.length === 0 ? {} : { pageWarnings: warnings.map((warning) => nameLine(warning, maskSource)) }),
    ...(exceptions.length + consoleErrors.length + failedResources.length === 0
      ? {}
      : { pageErrors: { exceptions, consoleErrors, failedResources } }),
  };
}

/** Only the line tells which of the masks is meant, where several targets have some. */
function nameLine(warning: PageWarning, source: Source | undefined): PageWarning {
  return warning.kind === 'unmatched-masks' ? { ...warning, ...defined({ source }) } : warning;
}
