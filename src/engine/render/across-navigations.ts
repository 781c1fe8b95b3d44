import type { Page } from 'puppeteer-core';
import { reasonOf } from '../../errors/user-error.ts';

/** How often a page may go elsewhere by script before it is taken as it is. */
const maxNavigations = 5;

/** Does the work in the page, and once more in the next one when the page goes elsewhere by script meanwhile. */
export async function acrossNavigations<T>(page: Page, work: () => Promise<T>): Promise<T> {
  for (let navigations = 0; ; navigations += 1) {
    try {
      return await work();
    } catch (error) {
      if (navigations === maxNavigations || !/context was destroyed|detached|Cannot find context/i.test(reasonOf(error)))
        throw error;
      await loaded(page);
    }
  }
}

/** Resolves when the current document is loaded; a document that is replaced on the way is left for the next try. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction('document.readyState === "complete"').catch(() => undefined);
}
