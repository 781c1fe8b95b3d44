import type { Rect } from '../../basics/geometry.ts';
import type { CoveredElement, LocatedElement } from './api.ts';
import { findElement, findVisible } from './find-element.ts';
import { ancestorsOf, shadowRootOf } from './roots.ts';
import { describe } from './visible.ts';

export function locate(selector: string, block: 'nearest' | 'start'): LocatedElement {
  const element = findVisible(selector);
  if (element === undefined) {
    return notThere(selector);
  }
  return standing(element, block) ?? { kind: 'outside', matches: 1 };
}

export function locateForPointer(selector: string): LocatedElement | CoveredElement {
  const element = findVisible(selector);
  const nearest = locate(selector, 'nearest');
  if (element === undefined || nearest.kind !== 'located') {
    return nearest;
  }
  // What is fixed at an edge of the window covers less of its middle.
  const located = hitsAt(element, nearest.point) ? nearest : (standing(element, 'center') ?? nearest);
  const { x, y } = located.point;
  const hit = elementAt(x, y);
  if (hit === undefined || !reaches(hit, element)) {
    return { kind: 'covered', by: hit === undefined ? 'nothing that can be clicked' : describe(hit) };
  }
  return element.matches(':disabled') ? { kind: 'disabled' } : located;
}

export function findStanding(selector: string): LocatedElement {
  const element = findVisible(selector);
  const box = element === undefined ? undefined : boxIn(element);
  return box === undefined
    ? notThere(selector)
    : { kind: 'located', box, point: { x: box.x + box.width / 2, y: box.y + box.height / 2 } };
}

function notThere(selector: string): LocatedElement {
  const found = findElement(selector);
  return found.kind === 'found' ? { kind: 'missing' } : found;
}

/** Of a link over two lines the first: the middle of the whole may be beside it. */
function boxIn(element: Element): Rect | undefined {
  const rect = [...(firstBoxed(element)?.getClientRects() ?? [])].find(({ width, height }) => width > 0 && height > 0);
  return rect === undefined ? undefined : { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
}

/** Undefined: no scrolling brings it into the window. */
function standing(element: Element, block: ScrollLogicalPosition): Extract<LocatedElement, { kind: 'located' }> | undefined {
  firstBoxed(element)?.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
  const box = boxIn(element);
  if (box === undefined) {
    return undefined;
  }
  const { clientWidth, clientHeight } = document.documentElement;
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(clientWidth, box.x + box.width), Math.min(clientHeight, box.y + box.height)];
  return right <= left || bottom <= top
    ? undefined
    : { kind: 'located', box, point: { x: (left + right) / 2, y: (top + bottom) / 2 } };
}

/** An element of `display: contents` has no box, but its children do. */
function firstBoxed(element: Element): Element | undefined {
  return element.getClientRects().length > 0
    ? element
    : [...element.children].map(firstBoxed).find((child) => child !== undefined);
}

function hitsAt(element: Element, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const hit = elementAt(x, y);
  return hit !== undefined && reaches(hit, element);
}

/** The innermost element there, also in shadow trees. */
function elementAt(x: number, y: number): Element | undefined {
  let hit = document.elementFromPoint(x, y);
  for (let root = hit === null ? undefined : shadowRootOf(hit); root !== undefined; ) {
    const inner: Element | null = root.elementFromPoint(x, y);
    if (inner === null || inner === hit) {
      break;
    }
    hit = inner;
    root = shadowRootOf(inner);
  }
  return hit ?? undefined;
}

/** Whether a click on what is hit is one on the element: it is a part of it, or its label. */
function reaches(hit: Element, element: Element): boolean {
  return [hit, ...ancestorsOf(hit)].some(
    (one) => one === element || (one instanceof HTMLLabelElement && one.control === element),
  );
}
