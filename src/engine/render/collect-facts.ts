import { defined } from '../../basics/record.ts';
import type { PageFacts, PageWarning } from '../../results/page-facts.ts';
import { errorPages } from '../error-pages.ts';
import { findBlankFrames } from '../page/blank-frames.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { withoutQuery } from './load-document.ts';

/** What the browser has learned about the page that it shows. Addresses are told without queries, which carry tokens. */
export async function collectFacts(
  { page, worlds, network, log }: OpenPage,
  job: RenderJob,
  warnings: readonly PageWarning[],
): Promise<PageFacts> {
  const { document } = network;
  const notHeld = worlds.notHeld;
  const [brokenImages, errorPage, blankFrames] = await Promise.all([
    worlds.runInAll('brokenImages'),
    worlds.run('findErrorPage', errorPages),
    findBlankFrames(worlds),
  ]);
  const broken = new Set(brokenImages.flat());
  return {
    ...(document === undefined || job.page.kind === 'html' ? {} : { document: { ...document, url: withoutQuery(page.url()) } }),
    failedResources: network.failed.map((failed) => ({
      ...failed,
      // A script's tracking pixel is no picture of the page.
      kind: failed.kind === 'image' && !broken.has(failed.url) ? 'request' : failed.kind,
      url: withoutQuery(failed.url),
    })),
    exceptions: log.exceptions,
    consoleErrors: log.consoleErrors,
    ...defined({ errorPage }),
    blankFrames: blankFrames.map(withoutQuery),
    warnings: [...warnings, ...(notHeld.length === 0 ? [] : [{ kind: 'not-held', urls: notHeld } as const])].map((warning) =>
      'urls' in warning ? { ...warning, urls: warning.urls.map(withoutQuery) } : warning,
    ),
  };
}
