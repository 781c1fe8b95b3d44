import type { Page } from 'puppeteer-core';
import { reasonOf } from '../../errors/user-error.ts';
import { RenderFailure } from './failure.ts';
import { DocumentReplaced } from './screenshot.ts';

/** What the driver and Chrome say when the document is replaced while they work in it. */
const replaced = /context was destroyed|cannot find context|detached|not attached to an active page|target navigated/i;

/** How often a page may go elsewhere by script. */
const maxNavigations = 5;

/**
 * Does the work in the page, and once more in the next one when the page goes elsewhere by script meanwhile.
 * @throws RenderFailure when it does not stay anywhere.
 */
export async function acrossNavigations<T>(page: Page, work: () => Promise<T>): Promise<T> {
  for (let navigations = 0; navigations <= maxNavigations; navigations += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DocumentReplaced || replaced.test(reasonOf(error)))) throw error;
      await loaded(page);
    }
  }
  throw new RenderFailure('bad_request', `The page went elsewhere by script more than ${maxNavigations} times.`);
}

/** Resolves when the current document is loaded; a document that is replaced on the way is left for the next try. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction('document.readyState === "complete"').catch(() => undefined);
}
