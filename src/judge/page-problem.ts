import type { CapturedImage } from '../capture/outcome.ts';
import { mayBeBlank } from '../compare/blank.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../results/model.ts';

export interface PageProblemPorts {
  readonly comparer: Comparer;
  /** Default: off. */
  readonly pageCheck?: Inputs['pageCheck'];
  /** What a plain request to the page found. */
  readonly checkPage?: (url: string) => Promise<PageProblem | undefined>;
}

/** Why a picture may not be of the page that is meant: what the page answered, or that nothing is to be seen. */
export async function findPageProblem(
  { page, settings }: Capture,
  { bytes, format, size }: CapturedImage,
  { comparer, pageCheck = 'off', checkPage }: PageProblemPorts,
): Promise<PageProblem | undefined> {
  if (pageCheck === 'off') {
    return undefined;
  }
  const answered = page.kind === 'url' ? await checkPage?.(page.url) : undefined;
  // One element of a page may well be of one colour.
  const wholePage = settings.selector === undefined && format === 'png';
  return answered ?? (wholePage && mayBeBlank(bytes.length, size) && (await comparer.isBlank(bytes)) ? blank : undefined);
}

const blank: PageProblem = {
  kind: 'blank',
  message: `The picture shows nothing: nearly all of its pixels are of one and the same colour.`,
};
