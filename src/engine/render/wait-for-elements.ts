import type { FoundElement } from '../in-page/api.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';
import { explainMissing } from './require-element.ts';

const everyMs = 50;
/** What making the rest ready and taking the picture usually needs of the page's time. */
export const reserveMs = 3_000;

/**
 * Waits until every selector of `wait-for` finds something visible, as long as the page's time allows.
 * @throws RenderFailure that names the first which does not.
 */
export async function waitForElements({ worlds, clock }: OpenPage, { settings }: RenderJob, leftMs: () => number): Promise<void> {
  const { waitFor = [] } = settings;
  for (const selector of waitFor) {
    if ((await worlds.run('findElement', selector)).kind === 'invalid') {
      throw refuse({ kind: 'invalid' }, selector);
    }
  }
  if (waitFor.length === 0) {
    return;
  }
  // What fades in is not to be seen at the first moment of its animation.
  await worlds.letAnimate(true);
  for (const selector of waitFor) {
    for (;;) {
      const found = await worlds.run('findElement', selector);
      if (found.kind === 'found' || found.kind === 'outside') {
        break;
      }
      if (leftMs() < reserveMs) {
        throw refuse(found, selector);
      }
      await clock.sleep(everyMs);
    }
  }
  await worlds.letAnimate(false);
}

function refuse(found: Exclude<FoundElement, { kind: 'found' }>, selector: string): RenderFailure {
  const { code, message, fix } = explainMissing(found, JSON.stringify(selector));
  return new RenderFailure(code, `wait-for: ${message}`, fix);
}
