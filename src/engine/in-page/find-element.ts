import type { Rect } from '../../basics/geometry.ts';
import type { FoundElement } from './api.ts';
import { allRoots } from './roots.ts';
import { measurePage } from './scroll.ts';
import { isShown } from './visible.ts';

/** Separates what is in a shadow tree from its host, as in puppeteer's selectors. */
const piercing = '>>>';

/**
 * The first visible match, in the document or, where that has none, in its shadow trees. Its box is that of all that it
 * shows in whole pixels: an element of `display: contents` has the box of its children.
 */
export function findElement(selector: string): FoundElement {
  const matches = elementsOf(selector);
  if (matches === 'invalid') {
    return { kind: 'invalid' };
  }
  if (matches.length === 0) {
    return { kind: 'missing' };
  }
  const shown = matches.filter(isShown);
  const sized = shown.map(boxOf).filter(hasSize);
  const box = sized.map(withinPage).find(hasSize);
  if (box !== undefined) {
    return { kind: 'found', box };
  }
  if (shown.length === 0) {
    return { kind: 'hidden', matches: matches.length };
  }
  return { kind: sized.length === 0 ? 'empty' : 'outside', matches: matches.length };
}

/** The element that `findElement` finds; else the first that is to be seen once what it scrolls in is as tall as its content. */
export function findVisible(selector: string): Element | undefined {
  const matches = elementsOf(selector);
  const sized = matches === 'invalid' ? [] : matches.filter((element) => isShown(element) && hasSize(boxOf(element)));
  return sized.find((element) => hasSize(withinPage(boxOf(element)))) ?? sized[0];
}

export function hasSize({ width, height }: Rect): boolean {
  return width > 0 && height > 0;
}

/** The part of it that can be scrolled to. */
function withinPage(box: Rect): Rect {
  const { page } = measurePage();
  const x = Math.max(box.x, page.x);
  const y = Math.max(box.y, page.y);
  const right = Math.min(box.x + box.width, page.x + page.width);
  const bottom = Math.min(box.y + box.height, page.y + page.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** What the selector finds: in the document or, where that has none, in its shadow trees; below a shadow tree with `>>>`. */
export function elementsOf(selector: string): readonly Element[] | 'invalid' {
  try {
    if (selector.includes(piercing)) {
      return pierce(selector.split(piercing).map((part) => part.trim()));
    }
    const direct = [...document.querySelectorAll(selector)];
    return direct.length > 0 ? direct : allRoots().flatMap((root) => [...root.querySelectorAll(selector)]);
  } catch {
    return 'invalid';
  }
}

/** All that the selector finds, in the document and in its shadow trees; below a shadow tree with `>>>`. */
export function matchesOf(selector: string): readonly Element[] | 'invalid' {
  try {
    return pierce(selector.split(piercing).map((part) => part.trim()));
  } catch {
    return 'invalid';
  }
}

function pierce([first = '*', ...rest]: readonly string[]): Element[] {
  let found = allRoots().flatMap((root) => [...root.querySelectorAll(first)]);
  for (const part of rest) {
    found = found.flatMap((host) => (host.shadowRoot === null ? [] : [...host.shadowRoot.querySelectorAll(part)]));
  }
  return found;
}

/** In whole pixels of the page: those that it touches. */
export function boxOf(element: Element): Rect {
  const boxes =
    getComputedStyle(element).display === 'contents'
      ? [...element.children].map((child) => child.getBoundingClientRect())
      : [element.getBoundingClientRect()];
  const seen = boxes.filter(({ width, height }) => width > 0 && height > 0);
  if (seen.length === 0) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  const x = Math.floor(Math.min(...seen.map(({ left }) => left)) + scrollX);
  const y = Math.floor(Math.min(...seen.map(({ top }) => top)) + scrollY);
  const right = Math.ceil(Math.max(...seen.map(({ right }) => right)) + scrollX);
  const bottom = Math.ceil(Math.max(...seen.map(({ bottom }) => bottom)) + scrollY);
  return { x, y, width: right - x, height: bottom - y };
}
