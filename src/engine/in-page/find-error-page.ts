import type { ErrorPageRow } from '../error-pages.ts';
import type { PageDocument, PageElement, PageRoot } from './dom.ts';

declare const document: PageDocument;

/** What this function uses of an element besides what every one of this folder does. */
interface Shown extends PageElement {
  readonly textContent: string;
  readonly contentDocument?: PageRoot | null;
  getRootNode(): PageRoot;
  checkVisibility(options: { opacityProperty: true; visibilityProperty: true }): boolean;
}

/**
 * Runs in the page, so it refers to nothing outside itself. The first row of the table that fits what the page shows, with
 * the error in its words where it was found. What is invisible or has no size does not count.
 */
export function findErrorPage(rows: readonly ErrorPageRow[]): { shownBy: string; message?: string } | undefined {
  const rootsOf = (root: PageRoot): PageRoot[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : rootsOf(shadowRoot))),
  ];
  const isShown = (element: Shown): boolean => {
    // An overlay may be an element without a box of its own whose shadow tree covers the window.
    const boxes = [element, ...(element.shadowRoot?.querySelectorAll('*') ?? [])].map((one) => one.getBoundingClientRect());
    return (
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      boxes.some(({ width, height }) => width > 0 && height > 0)
    );
  };
  const asLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const findMessage = (element: Shown, selector: string): string => {
    const places = [element.shadowRoot, element.contentDocument, element.getRootNode(), document];
    for (const place of places) {
      const found = place?.querySelector(selector) as Shown | null | undefined;
      const text = asLine(found?.textContent ?? '');
      if (text !== '') {
        return text;
      }
    }
    return '';
  };

  const roots = rootsOf(document);
  const all = (selector: string): Shown[] => roots.flatMap((root) => [...root.querySelectorAll(selector)] as Shown[]);
  const apply = ({ shownBy, matches, withText, message }: ErrorPageRow): { shownBy: string; message?: string } | undefined => {
    const text = new RegExp(withText ?? '');
    const match = all(matches.join(', ')).find((element) => text.test(element.textContent) && isShown(element));
    if (match === undefined) {
      return undefined;
    }
    const quoted = asLine(text.exec(match.textContent)?.[1] ?? '');
    const words = quoted === '' && message !== undefined ? findMessage(match, message) : quoted;
    return words === '' ? { shownBy } : { shownBy, message: words };
  };
  for (const row of rows) {
    const found = apply(row);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
