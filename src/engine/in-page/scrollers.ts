import type { GrownScroller } from './api.ts';
import { findVisible } from './find-element.ts';
import { ancestorsOf, findAll, parentOf } from './roots.ts';
import { describe, isVisible } from './visible.ts';

/** An element that takes less of the window than this is a part of the page, not what the page scrolls in. */
const smallestShare = 0.4;

/** Grows the element that scrolls in the window's place: an app's `<main>`, or the body of a page whose root is cut. */
export function growScroller(): GrownScroller {
  const root = document.documentElement;
  if (root.scrollHeight > innerHeight + 1) {
    return { kind: 'none' };
  }
  const [scroller] = findAll<HTMLElement>('*')
    .filter((element) => scrolls(element) && isVisible(element) && areaOf(element) >= innerWidth * innerHeight * smallestShare)
    .sort((one, other) => areaOf(other) - areaOf(one));
  if (scroller === undefined) {
    return { kind: 'none' };
  }
  const wanted = root.scrollHeight - scroller.clientHeight + scroller.scrollHeight;
  grow(scroller);
  ancestorsOf(scroller).forEach(grow);
  // A pixel for each fraction on the way.
  return root.scrollHeight >= wanted - 2 ? { kind: 'grown' } : { kind: 'stays', element: describe(scroller) };
}

export function growAround(selector: string): void {
  const element = findVisible(selector);
  if (element !== undefined) {
    ancestorsOf(element).forEach(grow);
    ancestorsOf(element).filter(clips).forEach(widen);
  }
}

function scrolls(element: Element): boolean {
  const { overflowY } = getComputedStyle(element);
  return (overflowY === 'auto' || overflowY === 'scroll') && element.scrollHeight > element.clientHeight + 1;
}

function clips(element: Element): boolean {
  return getComputedStyle(element).overflowY !== 'visible' || getComputedStyle(element).overflowX !== 'visible';
}

function areaOf({ clientWidth, clientHeight }: Element): number {
  return clientWidth * clientHeight;
}

/** Makes an element as tall as its content. */
function grow(element: Element): void {
  if (!(element instanceof HTMLElement)) {
    return;
  }
  const set = (property: string, value: string): void => element.style.setProperty(property, value, 'important');
  element.scrollTop = 0;
  if (element === document.documentElement || element === document.body) {
    set('overflow', 'visible');
    if (element.scrollHeight > element.clientHeight) {
      set('height', 'auto');
      set('max-height', 'none');
    }
    return;
  }
  const missing = element.scrollHeight - element.clientHeight;
  if (missing <= 0) {
    return;
  }
  const style = getComputedStyle(element);
  set('height', `${element.offsetHeight + missing - edgesOf(style)}px`);
  set('max-height', 'none');
  set('bottom', 'auto');
  if (style.position === 'fixed') {
    set('position', 'absolute');
  }
  const parent = parentOf(element);
  if (parent !== undefined && getComputedStyle(parent).flexDirection.startsWith('column')) {
    // There the container decides the height, and takes what it lacks from the others.
    set('flex', 'none');
    for (const sibling of parent.children) {
      if (sibling instanceof HTMLElement) {
        sibling.style.setProperty('flex-shrink', '0', 'important');
      }
    }
  }
}

/** Makes an element that cuts its content off at the side as wide as that. */
function widen(element: Element): void {
  if (element instanceof HTMLElement && element !== document.documentElement && element.scrollWidth > element.clientWidth) {
    element.style.setProperty('box-sizing', 'border-box', 'important');
    element.style.setProperty('width', `${element.offsetWidth + element.scrollWidth - element.clientWidth}px`, 'important');
    element.style.setProperty('max-width', 'none', 'important');
  }
}

/** What of an element's height its `height` does not count. */
function edgesOf({ boxSizing, paddingTop, paddingBottom, borderTopWidth, borderBottomWidth }: CSSStyleDeclaration): number {
  const edges = [paddingTop, paddingBottom, borderTopWidth, borderBottomWidth];
  return boxSizing === 'border-box' ? 0 : edges.reduce((sum, edge) => sum + (Number.parseFloat(edge) || 0), 0);
}
