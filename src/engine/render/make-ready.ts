import type { Frame, Page } from 'puppeteer-core';
import { awaitContent, type ContentOptions } from '../in-page/await-content.ts';
import { findElement } from '../in-page/find-element.ts';
import { holdStill } from '../in-page/hold-still.ts';
import { scrollThrough } from '../in-page/scroll-through.ts';

import { engineLimits } from '../limits.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';
import { waitForIdle } from './network-idle.ts';

/** How long each step may take; after it the page is taken as it is. */
const stepMs = 5_000;
/** How late a selector's element may come after the page. */
const selectorWaitMs = 1_000;
/** Brings a loaded page to the state that it is captured in: everything there, nothing moving, scrolled to the top. */
export async function makeReady(page: Page, { selector, fullPage, viewport, waitUntil }: RenderJob): Promise<void> {
  if (selector !== undefined) {
    await requireElement(page, selector);
  } else if (fullPage) {
    const maxPx = engineLimits.pictureSidePx / viewport.deviceScaleFactor;
    await page.evaluate(scrollThrough, { maxPx, maxMs: stepMs });
    await waitForIdle(page, waitUntil);
  }
  const wanted = fullPage || selector !== undefined ? 'all' : 'in view';
  const pictures = waitUntil === 'domcontentloaded' ? 'none' : wanted;
  const main = page.mainFrame();
  // A frame whose document was refused has no URL, and never answers.
  const others = page.frames().filter((frame) => frame !== main && frame.url() !== '');
  await Promise.all([
    settle(main, pictures),
    // Frames come and go, and one that is gone does not move any more.
    ...others.map((frame) => settle(frame, pictures).catch(() => undefined)),
  ]);
}

async function settle(frame: Frame, pictures: ContentOptions['pictures']): Promise<void> {
  await frame.evaluate(awaitContent, { maxWaitMs: stepMs, pictures });
  await frame.evaluate(holdStill, stepMs);
}

async function requireElement(page: Page, selector: string): Promise<void> {
  const shown = JSON.stringify(selector);
  const result = await page.evaluate(findElement, { selector, maxWaitMs: selectorWaitMs });
  switch (result) {
    case 'found':
      return;
    case 'invalid':
      throw new RenderFailure('bad_request', `selector is not a CSS selector: ${shown}.`);
    case 'missing':
      throw new RenderFailure('selector_not_found', `No element matches ${shown}.`);
    case 'without size':
      throw new RenderFailure('selector_not_found', `The element that matches ${shown} has no size, so there is nothing to see.`);
    default:
      result satisfies never;
  }
}
