import type { Size } from '../../basics/geometry.ts';
import { findAll } from './roots.ts';

/** Where fixed and sticky parts were in the window that visitors have, by element. */
const noted = new Map<HTMLElement, Noted>();

interface Noted {
  readonly position: string;
  readonly box: DOMRect;
  readonly width: string;
  readonly height: string;
}

/** What is nearer to its place than this is there: fractions of a pixel come and go with a layout. */
const nearPx = 0.5;

export function notePinned(): void {
  noted.clear();
  for (const element of findAll<HTMLElement>('body *')) {
    const { position, width, height } = getComputedStyle(element);
    if ((position === 'fixed' || position === 'sticky') && element instanceof HTMLElement) {
      noted.set(element, { position, box: element.getBoundingClientRect(), width, height });
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
  meta.name = 'viewport';
  // The tallest window that Chrome then allows is `maximum-scale` times the layout's height.
  meta.content = `width=${width}, height=${height}, minimum-scale=1, maximum-scale=10`;
  if (!meta.isConnected) {
    (document.head ?? document.documentElement).append(meta);
  }
}

const meta = document.createElementNS('http://www.w3.org/1999/xhtml', 'meta') as HTMLMetaElement;

/** Enough to see a change by: what depends on the height of the window is seldom the last thing of a page. */
const hashedElements = 5000;

export function hashLayout(): number {
  let hash = 0;
  const elements = [...document.querySelectorAll('body *')].slice(0, hashedElements).filter((element) => !isPinned(element));
  for (const element of elements) {
    const { top, height } = element.getBoundingClientRect();
    hash = (Math.imul(hash, 31) + Math.round(top + scrollY) * 7 + Math.round(height)) | 0;
  }
  return hash;
}

/** Two rounds: margins that are `auto` change when an edge is set. */
export function pin(): boolean {
  const first = pinAll();
  return pinAll() || first;
}

function pinAll(): boolean {
  const moved = [...noted].flatMap(([element, note]) => [pinAlong('y', element, note), pinAlong('x', element, note)]);
  return moved.includes(true);
}

const axes = {
  x: { start: 'left', end: 'right', size: 'width' },
  y: { start: 'top', end: 'bottom', size: 'height' },
} as const;

/** Brings an element back along one axis; whether it had moved or grown. */
function pinAlong(axis: keyof typeof axes, element: HTMLElement, { position, box, width, height }: Noted): boolean {
  const { start, end, size } = axes[axis];
  const now = element.getBoundingClientRect();
  const byPx = box[start] - now[start];
  const isGrown = Math.abs(now[size] - box[size]) > nearPx;
  if (Math.abs(byPx) <= nearPx && !isGrown) {
    return false;
  }
  const set = (property: string, value: string): void => element.style.setProperty(property, value, 'important');
  const style = getComputedStyle(element);
  if (position === 'sticky') {
    const from = style.position === 'relative' ? Number.parseFloat(style[start]) || 0 : 0;
    set('position', 'relative');
    set(start, `${from + byPx}px`);
  } else {
    if (isGrown) {
      set(size, { width, height }[size]);
    }
    set(start, `${(Number.parseFloat(style[start]) || 0) + byPx}px`);
  }
  set(end, 'auto');
  return true;
}
