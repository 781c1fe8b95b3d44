import type { Size } from '../../basics/geometry.ts';
import { findAll } from './roots.ts';

/** Where fixed and sticky parts were in the window that visitors have, by element. */
const noted = new Map<HTMLElement, { readonly position: string; readonly box: DOMRect; readonly height: string }>();

/** What is nearer to its place than this is there: fractions of a pixel come and go with a layout. */
const nearPx = 0.5;

export function notePinned(): void {
  noted.clear();
  for (const element of findAll<HTMLElement>('body *')) {
    const { position, height } = getComputedStyle(element);
    if ((position === 'fixed' || position === 'sticky') && element instanceof HTMLElement) {
      noted.set(element, { position, box: element.getBoundingClientRect(), height });
    }
  }
}

/** Whether the element goes with the window when the page is scrolled. */
export function isPinned(element: Element): boolean {
  return [...noted.keys()].some((pinned) => pinned.contains(element));
}

let isTall = false;

function withhold(event: Event): void {
  if (isTall) {
    event.stopImmediatePropagation();
  }
}

function withholdResizes(): void {
  for (const target of [window, window.visualViewport]) {
    target?.addEventListener('resize', withhold);
  }
}

// A window tells its listeners in the order in which they came: this one comes before those of the page.
withholdResizes();

/**
 * The window is about to be as tall as the page, so that everything is drawn. A viewport `<meta>` keeps the layout, and
 * with it viewport units and media queries, at the visitor's size (Chrome heeds it while it emulates a mobile window), and
 * the page is not told that its window was resized.
 */
export function keepLayoutOf({ width, height }: Size): void {
  isTall = true;
  withholdResizes();
  const meta = document.createElementNS('http://www.w3.org/1999/xhtml', 'meta') as HTMLMetaElement;
  meta.name = 'viewport';
  // The tallest window that Chrome then allows is `maximum-scale` times the layout's height.
  meta.content = `width=${width}, height=${height}, minimum-scale=1, maximum-scale=10`;
  (document.head ?? document.documentElement).append(meta);
}

/** Two rounds: margins that are `auto` change when an edge is set. */
export function pin(): boolean {
  const first = pinOnce();
  return pinOnce() || first;
}

function pinOnce(): boolean {
  let moved = false;
  for (const [element, { position, box, height }] of noted) {
    const now = element.getBoundingClientRect();
    const byPx = box.top - now.top;
    const grown = Math.abs(now.height - box.height) > nearPx;
    if (Math.abs(byPx) <= nearPx && !grown) {
      continue;
    }
    moved = true;
    const set = (property: string, value: string): void => element.style.setProperty(property, value, 'important');
    const style = getComputedStyle(element);
    if (position === 'sticky') {
      const top = style.position === 'relative' ? Number.parseFloat(style.top) || 0 : 0;
      set('position', 'relative');
      set('top', `${top + byPx}px`);
      set('bottom', 'auto');
      continue;
    }
    if (grown) {
      set('height', height);
    }
    set('top', `${(Number.parseFloat(style.top) || 0) + byPx}px`);
    set('bottom', 'auto');
  }
  return moved;
}
