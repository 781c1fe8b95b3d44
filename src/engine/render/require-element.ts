import type { Rect } from '../../basics/geometry.ts';
import type { FoundElement } from '../in-page/api.ts';
import type { OpenPage } from '../page/open-page.ts';
import { RenderFailure } from './failure.ts';

/** How late a selector's element may come after the page. */
const waitMs = 1_000;
const everyMs = 50;

/**
 * The box of the first visible element that the selector finds, in whole CSS pixels of the page. What it scrolls
 * in is made as tall as its content.
 * @throws RenderFailure when there is none, also after a moment.
 */
export async function requireElement({ worlds, clock }: OpenPage, selector: string): Promise<Rect> {
  const endMs = clock.nowMs() + waitMs;
  for (;;) {
    await worlds.run('growAround', selector);
    const found = await worlds.run('findElement', selector);
    if (found.kind === 'found') {
      return found.box;
    }
    if (found.kind === 'invalid' || clock.nowMs() >= endMs) {
      throw explainMissing(found, JSON.stringify(selector));
    }
    await clock.sleep(everyMs);
  }
}

/** Why a selector finds nothing to see. */
export function explainMissing(found: Exclude<FoundElement, { kind: 'found' }>, selector: string): RenderFailure {
  switch (found.kind) {
    case 'invalid':
      return new RenderFailure(
        'bad_request',
        `selector is not a CSS selector: ${selector}.`,
        'Correct it; document.querySelector in the browser’s console tells whether it is one.',
      );
    case 'missing':
      return new RenderFailure('selector_not_found', `No element matches ${selector}, also in open shadow roots.`);
    case 'hidden':
      return new RenderFailure('selector_not_found', `${matches(found.matches)} ${selector}, and a style hides all of them.`);
    case 'outside':
      return new RenderFailure(
        'selector_not_found',
        `${matches(found.matches)} ${selector}, and what matches lies beyond the edge of the page, where nobody can scroll to.`,
      );
    case 'empty':
      return new RenderFailure(
        'selector_not_found',
        `${matches(found.matches)} ${selector}, and what matches has no size, so there is nothing to see.`,
      );
  }
}

function matches(count: number): string {
  return count === 1 ? 'One element matches' : `${count} elements match`;
}
