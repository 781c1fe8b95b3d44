import type { PageDocument, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;

/**
 * Runs in the page, so it refers to nothing outside itself. The place of an element, or of the whole page, in whole CSS
 * pixels of the page: those that the element touches.
 */
export function measure(selector: string | undefined): { x: number; y: number; width: number; height: number } {
  if (selector === undefined) {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: 0, y: 0, width: Math.max(scrollWidth, window.innerWidth), height: Math.max(scrollHeight, window.innerHeight) };
  }
  const box = document.querySelector(selector)?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 };
  const left = box.x + window.scrollX;
  const top = box.y + window.scrollY;
  const x = Math.max(0, Math.floor(left));
  const y = Math.max(0, Math.floor(top));
  return { x, y, width: Math.ceil(left + box.width) - x, height: Math.ceil(top + box.height) - y };
}
