import type { ErrorPageFacts } from '../../results/page-facts.ts';
import type { ErrorPageRow } from '../error-pages.ts';
import { findAll, shadowRootOf } from './roots.ts';
import { isShown } from './visible.ts';

/**
 * The first row of the table that fits what the page shows, with the error in its words where it was found. What is
 * invisible or has no size does not count.
 */
export function findErrorPage(rows: readonly ErrorPageRow[]): ErrorPageFacts | undefined {
  for (const row of rows) {
    const found = apply(row);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function apply({ shownBy, matches, withText, message }: ErrorPageRow): ErrorPageFacts | undefined {
  const text = new RegExp(withText ?? '');
  const match = findAll(matches.join(', ')).find((element) => text.test(element.textContent) && isToBeSeen(element));
  if (match === undefined) {
    return undefined;
  }
  const quoted = asLine(text.exec(match.textContent)?.[1] ?? '');
  const words = quoted === '' && message !== undefined ? findMessage(match, message) : quoted;
  return words === '' ? { shownBy } : { shownBy, message: words };
}

/** An overlay may be an element without a box of its own whose shadow tree covers the window. */
function isToBeSeen(element: Element): boolean {
  const boxes = [element, ...(shadowRootOf(element)?.querySelectorAll('*') ?? [])].map((one) => one.getBoundingClientRect());
  return isShown(element) && boxes.some(({ width, height }) => width > 0 && height > 0);
}

/** The text of the element that the selector finds: in the shadow tree or frame of the match, else around it. */
function findMessage(match: Element, selector: string): string {
  const frame = match instanceof HTMLIFrameElement ? match.contentDocument : undefined;
  const places = [shadowRootOf(match), frame, match.getRootNode() as Document | ShadowRoot, document];
  return places.map((place) => asLine(place?.querySelector(selector)?.textContent ?? '')).find((text) => text !== '') ?? '';
}

function asLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
