import type { BrowserContext, Page, ScreenshotOptions } from 'puppeteer-core';
import { measure } from '../in-page/measure.ts';
import { pictureSizeProblem } from '../limits.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { acrossNavigations } from './across-navigations.ts';
import { RenderFailure } from './failure.ts';
import { checkNotErrorPage, loadDocument, type RefusalOf } from './load-document.ts';
import { makeReady } from './make-ready.ts';
import { crashOf, openPage } from './open-page.ts';

/**
 * Renders the job in the context and takes its picture.
 * @returns the bytes of a PNG or JPEG: the viewport, the whole page or the element in device pixels.
 * @throws RenderFailure when the page cannot be had or is not as the job says; an error of the driver when the page or
 * the browser crashed.
 */
export async function takePicture(context: BrowserContext, job: RenderJob, refusalOf: RefusalOf): Promise<Uint8Array> {
  const page = await openPage(context, job.viewport);
  return Promise.race([crashOf(page), render(page, job, refusalOf)]);
}

async function render(page: Page, job: RenderJob, refusalOf: RefusalOf): Promise<Uint8Array> {
  await loadDocument(page, job, refusalOf);
  return acrossNavigations(page, async () => {
    await makeReady(page, job);
    checkNotErrorPage(page, job);
    return page.screenshot(await screenshotOptions(page, job));
  });
}

async function screenshotOptions(page: Page, job: RenderJob): Promise<ScreenshotOptions> {
  const options = { type: job.format, ...(job.quality === undefined ? {} : { quality: job.quality }) };
  if (!job.fullPage && job.selector === undefined) return options;
  const clip = await page.evaluate(measure, job.selector);
  const tooLarge = pictureSizeProblem(clip, job.viewport.deviceScaleFactor);
  if (tooLarge !== undefined) throw new RenderFailure('bad_request', `The picture would be too large: ${tooLarge}`);
  return { ...options, clip, captureBeyondViewport: true };
}
