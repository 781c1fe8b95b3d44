import type { Dress } from './api.ts';
import { elementsOf } from './find-element.ts';
import { allRoots } from './roots.ts';

/** Hidden parts keep hidden what says of itself that it is visible. */
const hidden = (selector: string): string => `:is(${selector}), :is(${selector}) * { visibility: hidden !important; }`;
const removed = (selector: string): string => `:is(${selector}) { display: none !important; }`;
const piercing = '>>>';

let sheet: CSSStyleSheet | undefined;

/**
 * Hides, removes and styles, in the document and every shadow tree; called again, also what came since. Styles that are
 * adopted need no consent of the page's content security policy. Returns the selector that is none, if one is.
 */
export function dress({ hide, remove, css }: Dress): string | undefined {
  const invalid = [...hide, ...remove].find((selector) => elementsOf(selector) === 'invalid');
  if (invalid !== undefined) {
    return invalid;
  }
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    const isPlain = (selector: string): boolean => !selector.includes(piercing);
    sheet.replaceSync([...hide.filter(isPlain).map(hidden), ...remove.filter(isPlain).map(removed), css].join('\n'));
  }
  for (const root of allRoots()) {
    if (!root.adoptedStyleSheets.includes(sheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
  }
  for (const element of pierced(hide)) {
    element.style.setProperty('visibility', 'hidden', 'important');
  }
  for (const element of pierced(remove)) {
    element.style.setProperty('display', 'none', 'important');
  }
  return undefined;
}

/** What selectors find that name the way into a shadow tree, which no style sheet can. */
function pierced(selectors: readonly string[]): HTMLElement[] {
  return selectors
    .filter((selector) => selector.includes(piercing))
    .flatMap((selector) => {
      const elements = elementsOf(selector);
      return elements === 'invalid' ? [] : elements.filter((element) => element instanceof HTMLElement);
    });
}
