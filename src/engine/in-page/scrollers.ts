import type { GrownScroller } from './api.ts';
import { findVisible } from './find-element.ts';
import { ancestorsOf, findAll } from './roots.ts';
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
    ancestorsOf(element).filter(clips).forEach(grow);
    ancestorsOf(element).forEach(grow);
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

/** Makes an element as tall, and one that scrolls sideways as wide, as its content. */
function grow(element: Element): void {
  if (!(element instanceof HTMLElement)) {
    return;
  }
  const set = (property: string, value: string): void => element.style.setProperty(property, value, 'important');
  element.scrollTop = 0;
  if (element === document.documentElement || element === document.body) {
    if (clips(element)) {
      set('overflow', 'visible');
    }
    if (element.scrollHeight > element.clientHeight) {
      set('height', 'auto');
      set('max-height', 'none');
    }
    if (element.scrollHeight <= element.clientHeight) {
      return;
    }
  }
  const missing = element.scrollHeight - element.clientHeight;
  if (missing <= 0) {
    return;
  }
  const style = getComputedStyle(element);
  const edges =
    style.boxSizing === 'border-box'
      ? 0
      : ['paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth'].reduce(
          (sum, side) => sum + (Number.parseFloat(style[side as 'paddingTop']) || 0),
          0,
        );
  if (style.position === 'fixed') {
    set('position', 'absolute');
  }
  set('height', `${element.offsetHeight + missing - edges}px`);
  set('max-height', 'none');
  set('flex', 'none');
  set('bottom', 'auto');
}
