import type { BrowserContext, Page } from 'puppeteer-core';
import { defined } from '../../basics/record.ts';
import { measure } from '../in-page/measure.ts';
import { pictureSizeProblem } from '../limits.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { acrossNavigations } from './across-navigations.ts';
import { RenderFailure } from './failure.ts';
import { checkNotErrorPage, loadDocument, type RefusalOf } from './load-document.ts';
import { makeReady } from './make-ready.ts';
import { crashOf, type OpenPage, openPage } from './open-page.ts';
import { type ScreenshotOptions, screenshot } from './screenshot.ts';
import { type HeadersFor, sendHeaders } from './send-headers.ts';

export interface PageRules {
  readonly refusalOf: RefusalOf;
  readonly headersFor: HeadersFor;
}

/**
 * Renders the job in the context and takes its picture.
 * @returns the bytes of a PNG or JPEG: the viewport, the whole page or the element in device pixels.
 * @throws RenderFailure when the page cannot be had or is not as the job says; PageCrashed; an error of the driver when
 * the browser is gone.
 */
export async function takePicture(
  context: BrowserContext,
  job: RenderJob,
  { refusalOf, headersFor }: PageRules,
): Promise<Uint8Array> {
  const opened = await openPage(context, job.viewport);
  if (job.page.kind === 'url') {
    await sendHeaders(opened.page, new URL(job.page.url), headersFor);
  }
  return Promise.race([crashOf(opened.page), render(opened, job, refusalOf)]);
}

async function render({ page, session }: OpenPage, job: RenderJob, refusalOf: RefusalOf): Promise<Uint8Array> {
  await loadDocument(page, job, refusalOf);
  return acrossNavigations(page, async () => {
    await makeReady(page, job);
    const picture = await screenshot(session, {
      format: job.format,
      ...defined({ quality: job.quality }),
      ...(await clipOf(page, job)),
    });
    checkNotErrorPage(page, job);
    return picture;
  });
}

/** The part of the page that the job asks for; nothing when that is the viewport. */
async function clipOf(page: Page, job: RenderJob): Promise<Pick<ScreenshotOptions, 'clip'>> {
  if (!job.fullPage && job.selector === undefined) {
    return {};
  }
  const clip = await page.evaluate(measure, job.selector);
  const tooLarge = pictureSizeProblem(clip, job.viewport.deviceScaleFactor);
  if (tooLarge !== undefined) {
    throw new RenderFailure('bad_request', `The picture would be too large: ${tooLarge}`);
  }
  return { clip };
}
