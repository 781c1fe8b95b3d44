import type { Rect } from '../../basics/geometry.ts';
import type { MaskedElements, MeasuredMasks } from './api.ts';
import { boxOf, hasSize, matchesOf } from './find-element.ts';
import { ancestorsOf } from './roots.ts';
import { isShown } from './visible.ts';

/** Where everything is that the selectors find and that can be seen, in the document and all of its shadow trees. */
export function measureMasks(selectors: readonly string[]): MeasuredMasks {
  const { scale, offsetLeft, offsetTop } = visualViewport ?? { scale: 1, offsetLeft: 0, offsetTop: 0 };
  return { found: selectors.map(measure), window: { x: scrollX + offsetLeft, y: scrollY + offsetTop, scale } };
}

function measure(selector: string): MaskedElements | 'invalid' {
  const matches = matchesOf(selector);
  return matches === 'invalid'
    ? 'invalid'
    : { matches: matches.length, boxes: matches.filter(isShown).map(visiblePart).filter(hasSize) };
}

/** The box of an element without what the elements around it cut off, such as the slides of a carousel that are not shown. */
function visiblePart(element: Element): Rect {
  let box = boxOf(element);
  let { position } = getComputedStyle(element);
  for (const around of ancestorsOf(element)) {
    // What these cut off is cut off by the window.
    if (position === 'fixed' || around === document.body || around === document.documentElement) {
      break;
    }
    const style = getComputedStyle(around);
    // What is placed by an element further out is not cut off by one in between.
    if (position === 'absolute' && !placesOthers(style)) {
      continue;
    }
    if (cutsOff(style)) {
      box = overlapOf(box, boxOf(around));
    }
    position = style.position;
  }
  return box;
}

function placesOthers({ position, transform, filter, contain, display }: CSSStyleDeclaration): boolean {
  return position !== 'static' || transform !== 'none' || filter !== 'none' || contain !== 'none' || display === 'contents';
}

function cutsOff({ overflowX, overflowY, display }: CSSStyleDeclaration): boolean {
  return (overflowX !== 'visible' || overflowY !== 'visible') && display !== 'inline' && display !== 'contents';
}

function overlapOf(one: Rect, other: Rect): Rect {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const right = Math.min(one.x + one.width, other.x + other.width);
  const bottom = Math.min(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}
