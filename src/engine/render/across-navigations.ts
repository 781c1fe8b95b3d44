import type { Page } from 'puppeteer-core';
import { reasonOf } from '../../errors/user-error.ts';
import { DocumentReplaced } from './screenshot.ts';

/** What the driver and Chrome say when the document is replaced while they work in it. */
const replaced = /context was destroyed|cannot find context|detached|not attached to an active page|target navigated/i;

/**
 * Does the work in the page, and again in the next one when the page goes elsewhere by script meanwhile. A page that
 * never stays is ended by the render budget.
 */
export async function acrossNavigations<T>(page: Page, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DocumentReplaced || replaced.test(reasonOf(error)))) {
        throw error;
      }
      await loaded(page);
    }
  }
}

/** Resolves when the current document is loaded; a document that is replaced on the way is left for the next try. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction('document.readyState === "complete"').catch(() => undefined);
}
